from __future__ import annotations

import io
from xml.etree import ElementTree

import pytest
from PIL import Image

from recorder.snapshot import Snapshot
from recorder.take import Box, Browser, Step, Take
from storycast.drift import (
    Change,
    Drift,
    FalseSentence,
    Kind,
    Weight,
    as_junit,
    as_lines,
    as_markdown,
    render_report,
)
from storycast.drift.model import Place


class _Taken:
    """A take of one step whose every picture is white."""

    take = Take(
        storyboard="board",
        title="A <b>board</b>",
        language="en",
        viewport=(640, 360),
        scale=1,
        browser=Browser(name="chrome", version="1"),
        steps=(Step(number=1, scene="", title="Open & look", prose=""),),
    )

    def snapshot(self, name: str) -> Snapshot | None:
        raise AssertionError(name)

    def picture(self, name: str) -> bytes:
        out = io.BytesIO()
        Image.new("RGB", (640, 360), "white" if name == "a" else "black").save(out, "PNG")
        return out.getvalue()


def _change(weight: Weight, sentence: str = "The button “<i>” is gone.") -> Change:
    return Change(
        kind=Kind.REMOVED,
        weight=weight,
        sentence=sentence,
        step=1,
        also=(2,),
        place=Place(role="button", name="<i>", before=Box(x=10, y=20, width=100, height=30)),
        shots=("a", "b"),
    )


_FALSE = FalseSentence(
    step=1, cell=2, line=3, sentence="Press <i>.", name="<i>", now="*j*", corrected="Press *j*."
)
_DRIFT = Drift(
    board="board",
    steps=2,
    changes=(_change(Weight.BREAKS), _change(Weight.BELOW_NOTICE, "Nobody sees this.")),
    false_sentences=(_FALSE,),
    told=("Step 9 is new in the storyboard.",),
)
_CALM = Drift(board="board", steps=2, changes=(_change(Weight.BELOW_NOTICE),))


def test_lines_tell_the_heaviest_and_leave_out_what_nobody_notices() -> None:
    lines = list(as_lines(_DRIFT))
    assert lines[0] == "board: 1 change, 1 sentence now false"
    assert "storyboard: Step 9" in lines[1]
    assert lines[-1].endswith("[removed, breaks the guide]")
    assert not any("Nobody" in line for line in lines)
    assert list(as_lines(_CALM)) == ["board: no drift in 2 steps"]


def test_markdown_is_escaped() -> None:
    text = as_markdown(_DRIFT)
    assert "The button “\\<i\\>” is gone." in text
    assert "write: Press \\*j\\*." in text
    assert "(also in steps 2)" in text
    assert as_markdown(_CALM) == "**board**: no drift in 2 steps.\n"


def test_junit_has_a_test_for_each_step() -> None:
    suite = ElementTree.fromstring(as_junit(_DRIFT))  # noqa: S314 - it is ours
    assert (suite.get("tests"), suite.get("failures")) == ("2", "1")
    cases = suite.findall("testcase")
    assert [case.get("name") for case in cases] == ["step 1", "step 2"]
    failure = cases[0].find("failure")
    assert failure is not None
    assert "False now: Press <i>." in str(failure.text)
    assert ElementTree.fromstring(as_junit(_CALM)).get("failures") == "0"  # noqa: S314


def test_page_needs_nothing_beside_it_and_escapes_all() -> None:
    page = render_report(_DRIFT, _Taken(), _Taken())
    assert "A &lt;b&gt;board&lt;/b&gt;" in page
    assert "<i>" not in page
    assert page.count("data:image/webp") == 2
    assert 'src="http' not in page
    assert "left:1.09%;top:4.72%;width:16.56%;height:10.0%" in page
    assert page == render_report(_DRIFT, _Taken(), _Taken())


def test_page_of_nothing_says_so() -> None:
    assert "Nothing has changed that anybody would notice." in render_report(
        _CALM, _Taken(), _Taken()
    )


@pytest.mark.parametrize("drift", [_DRIFT, _CALM])
def test_report_is_read_back_as_it_was(drift: Drift) -> None:
    assert Drift.model_validate_json(drift.model_dump_json()) == drift

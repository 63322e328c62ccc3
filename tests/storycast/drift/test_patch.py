from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from recorder.take import Action, ActionKind, Box, Locator, Moment, Step, Target
from storycast.drift import Change, Drift, FalseSentence, Kind, Weight
from storycast.drift.model import Place
from storycast.drift.patch import propose_patch

if TYPE_CHECKING:
    import pytest

_CELLS = [
    {
        "cell_type": "markdown",
        "metadata": {},
        "source": ["# Keep\n", "\n", "Select **Keep** “now”."],
    },
    {"cell_type": "code", "metadata": {}, "source": ['find(By.LINK_TEXT, "Keep").click()  # Keep']},
    {"cell_type": "markdown", "metadata": {}, "source": "**Keep** it."},
]


def _notebook(path: Path) -> Path:
    text = json.dumps({"cells": _CELLS, "nbformat": 4}, indent=1, ensure_ascii=False)
    path.write_text(text, encoding="utf-8")
    return path


def _drift(*cells: int) -> Drift:
    place = Place(role="link", name="Keep")
    change = Change(
        kind=Kind.RENAMED, weight=Weight.BREAKS, sentence="", step=1, place=place,
        before="Keep", after='Save "it"',
    )  # fmt: skip
    false = tuple(
        FalseSentence(
            step=1, cell=cell, line=1, sentence="", name="Keep", now='Save "it"', corrected="x"
        )
        for cell in cells
    )
    return Drift(board="b", steps=1, changes=(change,), false_sentences=false)


def _clicked(by: str) -> Step:
    moment = Moment(shot="", snapshot="", address="/", title="")
    target = Target(
        box=Box(x=0, y=0, width=1, height=1), role="link", name="Keep", text="Keep", tag="a",
        cursor="auto", locator=Locator(by=by, value="Keep"),
    )  # fmt: skip
    action = Action(kind=ActionKind.CLICK, cell=1, target=target, after=moment)
    return Step(number=1, scene="", title="", prose="", cells=(1,), actions=(action,))


def _changed(patch: str) -> list[str]:
    return [
        line for line in patch.splitlines() if line[:1] in "+-" and line[:3] not in ("+++", "---")
    ]


def test_names_in_the_cells_that_are_false_are_corrected(tmp_path: Path) -> None:
    patch = propose_patch(_notebook(tmp_path / "b.ipynb"), _drift(1), ())
    assert [line.strip("+-, ") for line in _changed(patch)] == [
        '"Select **Keep** “now”."',
        '"Select **Save \\"it\\"** “now”."',
    ]


def test_locator_by_text_follows(tmp_path: Path) -> None:
    patch = propose_patch(_notebook(tmp_path / "b.ipynb"), _drift(), (_clicked("link text"),))
    added = [line for line in _changed(patch) if line.startswith("+")]
    assert len(added) == 1
    assert "# Keep" in added[0]
    assert not propose_patch(tmp_path / "b.ipynb", _drift(), (_clicked("id"),))


def test_patch_names_the_notebook_as_it_is_seen_from_the_working_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "boards").mkdir()
    path = _notebook(tmp_path / "boards" / "b.ipynb")
    monkeypatch.chdir(tmp_path)
    for given in (path, path.relative_to(tmp_path)):
        assert propose_patch(given, _drift(1), ()).startswith("--- a/boards/b.ipynb\n")


def test_source_in_one_piece_is_corrected_too(tmp_path: Path) -> None:
    patch = propose_patch(_notebook(tmp_path / "b.ipynb"), _drift(3), ())
    assert len(_changed(patch)) == 2
    assert "No newline at end of file" not in patch


def test_nothing_to_propose_is_no_patch(tmp_path: Path) -> None:
    assert propose_patch(_notebook(tmp_path / "b.ipynb"), Drift(board="b", steps=1), ()) == ""

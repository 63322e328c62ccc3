from __future__ import annotations

import pytest

from storycast.verify.caption import check_captions, find_faults, parse_timed_text
from storycast.verify.claim import Text, parse_webvtt

_FRAME_MS = 1000 / 30
_GOOD = Text(1000, 3000, ("Open the task list", "in your browser."))


def _faults(*texts: Text) -> list[str]:
    return [reading.text for reading in find_faults(texts, frame_ms=_FRAME_MS)]


def test_caption_within_the_rules_has_no_fault() -> None:
    assert _faults(_GOOD, Text(3080, 4080, ("It is empty.",))) == []


@pytest.mark.parametrize(
    ("caption", "says"),
    [
        (Text(0, 6900, ("a" * 43,)), "has a line of 43 characters"),
        (Text(0, 6900, ("選" * 22,)), "has a line of 44 characters"),
        (Text(0, 6900, ("a", "b", "c")), "has 3 lines"),
        (Text(0, 1000, ("a" * 21,)), "asks to read 21.0 characters a second"),
        (Text(0, 800, ("a",)), "stands for 800 ms only"),
        (Text(0, 7100, ("a",)), "stands for 7.1 s"),
    ],
)
def test_each_rule_has_its_fault(caption: Text, says: str) -> None:
    (fault,) = _faults(caption)
    assert fault.endswith(says)


@pytest.mark.parametrize(
    ("start_ms", "says"),
    [(2900, "overlaps the one before"), (3050, "follows too soon")],
)
def test_captions_keep_two_frames_apart(start_ms: int, says: str) -> None:
    (fault,) = _faults(_GOOD, Text(start_ms, start_ms + 1000, ("It is empty.",)))
    assert fault == f"“It is empty.” {says}"


def test_what_is_on_the_edge_is_within_the_rules() -> None:
    assert _faults(Text(0, 1000, ("a" * 20,)), Text(1066.667, 1900, ("a" * 10,))) == []


def test_webvtt_is_read_as_a_reader_sees_it() -> None:
    text = "WEBVTT\nKind: captions\n\n1\n00:00:01.000 --> 01:00:03.500 line:0\nA &amp; B\n&lt;i>\n"
    assert parse_webvtt(text) == (Text(1000, 3603500, ("A & B", "<i>")),)


def test_timed_text_is_its_length_and_its_letters() -> None:
    assert parse_timed_text(b"\x00\x05A\xc3\xa4\nB" + b"\x00\x00\x00\x0cstyl????") == ("Aä", "B")
    assert parse_timed_text(b"\x00\x00") == ()


def test_other_words_inside_than_beside_are_a_fault() -> None:
    other = Text(1000, 3000, ("Open the task list", "in another browser."))
    checks = {check.name: check for check in check_captions([_GOOD], [other], frame_ms=_FRAME_MS)}
    assert checks["captions"].ok
    assert not checks["captions-inside"].ok
    assert "“Open the task list in your browser.”" in checks["captions-inside"].sentence


def test_captions_that_are_missing_inside_are_a_fault() -> None:
    checks = {check.name: check for check in check_captions([_GOOD], [], frame_ms=_FRAME_MS)}
    assert checks["captions-inside"].sentence == (
        "The film has 0 captions, and the file beside it 1."
    )


def test_film_without_captions_has_no_fault() -> None:
    assert all(check.ok for check in check_captions(None, [], frame_ms=_FRAME_MS))
    assert all(check.ok for check in check_captions([], [], frame_ms=_FRAME_MS))

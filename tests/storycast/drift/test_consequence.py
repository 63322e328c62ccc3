from __future__ import annotations

from recorder.take import Browser, Take
from storycast.drift import Change, FalseSentence, Kind, Weight, find_consequences, tell_origin
from storycast.drift.model import Place


def _change(weight: Weight, *steps: int) -> Change:
    place = Place(role="button", name="Keep")
    return Change(
        kind=Kind.RENAMED, weight=weight, sentence="", step=steps[0], also=steps[1:], place=place
    )


def _false(sentence: str) -> FalseSentence:
    return FalseSentence(step=1, cell=1, line=1, sentence=sentence, name="", now="", corrected="")


def test_pictures_sentences_and_editions_are_made_again() -> None:
    changes = [_change(Weight.SHOWS, 4, 6), _change(Weight.BREAKS, 2), _change(Weight.ELSEWHERE, 5)]
    found = find_consequences(changes, [_false("One."), _false("One.")], ["notes", "notes/de"])
    assert (found.pictures, found.cues) == ((2, 4, 6), ("One.",))
    assert found.sentence == (
        "To be made again: the pictures of steps 2, 4 and 6; sound and captions of 1 sentence; "
        "film and guide of notes and notes/de."
    )


def test_what_nobody_sees_has_no_consequences() -> None:
    found = find_consequences([_change(Weight.BELOW_NOTICE, 1)], [], ["notes"])
    assert (found.editions, found.sentence) == ((), "")


def _take(version: str, browser: str, *fonts: str) -> Take:
    return Take(
        storyboard="notes", title="", language="en", viewport=(1280, 720), scale=2,
        browser=Browser(name="chrome", version=browser, fonts=fonts), application=version, steps=(),
    )  # fmt: skip


def test_other_origins_are_told() -> None:
    old, new = _take("4.2", "155", "DejaVu Sans 1"), _take("5.2", "156", "DejaVu Sans 2")
    assert list(tell_origin(old, new)) == [
        "The application's version is 5.2, which was 4.2.",
        "The fonts are DejaVu Sans 2, and were DejaVu Sans 1: text may look different for that.",
    ]
    assert list(tell_origin(old, old)) == []


def test_baseline_that_tells_no_fonts_is_not_held_against_any() -> None:
    assert list(tell_origin(_take("", "155"), _take("", "155", "DejaVu Sans 2"))) == []

"""Other styles are told where they are seen."""

from __future__ import annotations

from recorder.take import Box
from storycast.drift.comparison.appearance import keep_drawn
from storycast.drift.comparison.difference import Difference
from storycast.drift.model import Kind

from .sketch import SIZE, draw, node, sketch

_FILE = Box(x=20, y=20, width=60, height=30)
_ELSEWHERE = Box(x=200, y=200, width=60, height=30)


def _kept(kind: Kind, box: Box, was: int, is_now: int) -> list[Difference]:
    place = (box.x, box.y, box.width, box.height)
    old, new = (sketch(node("link", "File", place))[1] for _ in range(2))
    found = Difference(kind, old, new, "color")
    # What differs elsewhere makes the pictures two.
    before, after = draw({box: was, _ELSEWHERE: 0}), draw({box: is_now, _ELSEWHERE: 90})
    return keep_drawn([found], before, after, viewport=SIZE)


def test_other_style_that_is_not_drawn_is_not_told() -> None:
    assert _kept(Kind.RESTYLED, _FILE, 80, 80) == []


def test_other_style_that_is_drawn_is_told() -> None:
    assert len(_kept(Kind.RESTYLED, _FILE, 80, 81)) == 1


def test_other_style_of_several_that_is_drawn_of_one_is_told() -> None:
    old, new = (sketch(node("cell", "", (20, 20, 60, 30)))[1] for _ in range(2))
    other = sketch(node("cell", "Author", (100, 20, 60, 30)))[1]
    found = Difference(Kind.RESTYLED, old, new, "font-size", along=(other,))
    before, after = draw({other.box: 0}), draw({other.box: 90})
    assert keep_drawn([found], before, after, viewport=SIZE) == [found]


def test_what_is_not_seen_whole_is_told() -> None:
    assert len(_kept(Kind.RESTYLED, Box(x=380, y=20, width=60, height=30), 80, 80)) == 1


def test_what_is_no_style_is_told() -> None:
    assert len(_kept(Kind.RENAMED, _FILE, 80, 80)) == 1

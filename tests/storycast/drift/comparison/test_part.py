from __future__ import annotations

from collections.abc import Mapping, Sequence

from recorder.snapshot import Node
from recorder.take import Box
from storycast.drift.comparison.finder import find_differences
from storycast.drift.comparison.match import match
from storycast.drift.comparison.part import find_part_differences
from storycast.drift.comparison.words import tell
from storycast.drift.model import Kind

from .sketch import SIZE, draw, node, sketch

_FIRST = node("button", "Cut", (10, 40, 40, 20))


def _told(
    before: Sequence[Node],
    after: Sequence[Node],
    shades: tuple[Mapping[Box, int], Mapping[Box, int]] = ({}, {}),
    masks: Sequence[Box] = (),
) -> list[str]:
    was, is_now = sketch(*before), sketch(*after)
    pairs = match(was, is_now)
    every = find_differences(was, is_now, pairs)
    found = [each for each in every if each.kind in (Kind.ADDED, Kind.REMOVED)]
    sights = (was, draw(shades[0])), (is_now, draw(shades[1]))
    told = find_part_differences(*sights, found, pairs, viewport=SIZE, masks=masks)
    return [tell(each) for each in told]


def _icon(left: float, top: float, size: float) -> Node:
    return node("button", "Theme", (left, top, size, size))


def test_larger_icon_is_told_wherever_it_stands() -> None:
    told = _told([_icon(100, 40, 16)], [_icon(140, 80, 24)])
    assert told == ["The button “Theme” is larger: 24 by 24 pixels, which were 16 by 16."]


def test_icon_that_has_only_more_room_is_not_told() -> None:
    assert _told([_icon(100, 40, 24)], [_icon(100, 40, 25)]) == []


def test_narrower_field_is_told() -> None:
    before, after = (node("textbox", "Filter", (10, 40, wide, 20)) for wide in (300, 150))
    assert _told([before], [after]) == [
        "The text field “Filter” is smaller: 150 by 20 pixels, which were 300 by 20."
    ]


def test_field_that_makes_room_is_not_told() -> None:
    before, after = (node("textbox", "Filter", (10, 40, wide, 20)) for wide in (300, 200))
    beside = node("button", "Search the shelf", (220, 40, 90, 20))
    assert _told([before], [after, beside]) == []


def test_control_that_stands_apart_is_told() -> None:
    before, after = (node("button", "Copy", (left, 40, 40, 20)) for left in (50, 64))
    group = node("group", "Edit", (0, 30, 400, 40))
    inner = [each.model_copy(update={"depth": 2}) for each in (_FIRST, before, after)]
    told = _told([group, inner[0], inner[1]], [group, inner[0], inner[2]])
    assert told == ["The button “Copy” has moved to the right by 14 pixels."]


def test_other_drawing_is_told_where_the_page_has_moved() -> None:
    before, after = _icon(100, 40, 24), _icon(100, 90, 24)
    shades = {before.box: 0}, {after.box: 160}
    assert _told([before], [after], shades) == ["The button “Theme” looks different."]


def test_same_drawing_elsewhere_is_not_told() -> None:
    before, after = _icon(100, 40, 24), _icon(100, 90, 24)
    assert _told([before], [after], ({before.box: 0}, {after.box: 0})) == []


def test_masked_drawing_is_not_told() -> None:
    before, after = _icon(100, 40, 24), _icon(100, 90, 24)
    shades = {before.box: 0}, {after.box: 160}
    assert _told([before], [after], shades, masks=[after.box]) == []


def test_what_lies_under_something_new_is_not_told() -> None:
    icon, over = _icon(100, 40, 24), node("button", "Tour", (90, 30, 60, 60))
    assert _told([icon], [icon, over], ({icon.box: 0}, {over.box: 160})) == []

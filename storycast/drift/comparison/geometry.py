"""Geometry: how far and by how much an element is moved and resized."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import TypeAlias

from recorder.take import Box
from storycast.drift.comparison.element import Element

__all__ = [
    "UNSEEN_PX",
    "Pair",
    "Shift",
    "alike",
    "area",
    "distance",
    "growth",
    "is_above",
    "is_level",
    "is_moved",
    "is_resized",
    "longest_rising",
    "ratio",
    "shift",
]

UNSEEN_PX = 2.0
"""So far something may move, and so much grow, unseen."""

Pair: TypeAlias = tuple[Element, Element]
"""An element as it was, and as it is now."""

Shift: TypeAlias = tuple[float, float]
"""How far to the right and down."""


def distance(old: Element, new: Element) -> float:
    """How far its middle has moved, in the direction in which it moved farther."""
    right, down = shift(old, new)
    wider, higher = growth(old, new)
    return max(abs(right + wider / 2), abs(down + higher / 2))


def is_level(one: Box, other: Box) -> bool:
    """Whether two boxes share a line of the page."""
    return one.y < other.y + other.height and other.y < one.y + one.height


def is_above(one: Box, other: Box) -> bool:
    """Whether two boxes share a column of the page."""
    return one.x < other.x + other.width and other.x < one.x + one.width


def area(box: Box) -> float:
    """How much room a box takes, in square pixels."""
    return box.width * box.height


def growth(old: Element, new: Element) -> tuple[float, float]:
    """How much wider and higher it is."""
    return new.box.width - old.box.width, new.box.height - old.box.height


def is_resized(old: Element, new: Element) -> bool:
    """Whether anybody could see that it is larger or smaller."""
    return max(map(abs, growth(old, new))) > UNSEEN_PX


def is_moved(old: Element, new: Element) -> bool:
    """Whether anybody could see that it stands elsewhere."""
    return max(map(abs, shift(old, new))) > UNSEEN_PX


def shift(old: Element, new: Element) -> Shift:
    """How far to the right, and down, it has moved."""
    return new.box.x - old.box.x, new.box.y - old.box.y


def alike(one: Shift | None, other: Shift) -> bool:
    """Whether two movements are the same to the eye."""
    return one is not None and (
        abs(one[0] - other[0]) <= UNSEEN_PX and abs(one[1] - other[1]) <= UNSEEN_PX
    )


def ratio(old: Element, new: Element) -> float:
    """How many times as large, or as small, it is in one direction."""
    wide = new.box.width / old.box.width
    high = new.box.height / old.box.height
    return max(wide, 1 / wide, high, 1 / high)


def longest_rising(numbers: Sequence[int]) -> set[int]:
    """The places of the longest rising part of ``numbers``."""
    ends: list[int] = []
    last: list[int] = []
    before: dict[int, int | None] = {}
    for place, number in enumerate(numbers):
        at = bisect_left(ends, number)
        before[place] = last[at - 1] if at else None
        ends[at : at + 1] = [number]
        last[at : at + 1] = [place]
    found: set[int] = set()
    link = last[-1] if last else None
    while link is not None:
        found.add(link)
        link = before[link]
    return found

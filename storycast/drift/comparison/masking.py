"""Masking: which differences lie in areas that must not be compared."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from recorder.take import Box, Point

if TYPE_CHECKING:
    from storycast.drift.comparison.difference import Difference
    from storycast.drift.comparison.element import Element

__all__ = ["is_masked"]


def is_masked(difference: Difference, masks: Sequence[Box]) -> bool:
    """Whether ``masks`` hide what a difference is about, before and now.

    A mask hides what has its middle in it, and a text that begins in it and is larger: such a text
    is scrolled, or cut off, by what the mask lies over.
    """
    elements = [each for each in (difference.old, difference.new) if each is not None]
    return bool(elements) and all(any(_hides(mask, each) for mask in masks) for each in elements)


def _hides(mask: Box, element: Element) -> bool:
    box = element.box
    if mask.holds(box.centre):
        return True
    is_larger = box.width > mask.width or box.height > mask.height
    return element.role == "text" and is_larger and mask.holds(Point(x=box.x, y=box.y))

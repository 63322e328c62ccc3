"""Masking: which differences lie in areas that must not be compared."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from recorder.take import Box

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
    if _holds(mask, box.x + box.width / 2, box.y + box.height / 2):
        return True
    is_larger = box.width > mask.width or box.height > mask.height
    return element.role == "text" and is_larger and _holds(mask, box.x, box.y)


def _holds(box: Box, x: float, y: float) -> bool:
    return box.x <= x <= box.x + box.width and box.y <= y <= box.y + box.height

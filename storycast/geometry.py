"""Boxes: how rectangles of the page are joined, widened and cut."""

from __future__ import annotations

from recorder.take import Box

__all__ = ["holds_box", "join_boxes", "pad_box", "within"]


def join_boxes(one: Box | None, other: Box) -> Box:
    """The smallest box that holds ``one``, where there is one, and ``other``."""
    if one is None:
        return other
    left, top = min(one.x, other.x), min(one.y, other.y)
    right = max(one.x + one.width, other.x + other.width)
    bottom = max(one.y + one.height, other.y + other.height)
    return Box(x=left, y=top, width=right - left, height=bottom - top)


def pad_box(box: Box, margin: float) -> Box:
    """``box`` with ``margin`` CSS pixels more on every side."""
    return Box(
        x=box.x - margin,
        y=box.y - margin,
        width=box.width + 2 * margin,
        height=box.height + 2 * margin,
    )


def holds_box(outer: Box, inner: Box) -> bool:
    """Whether all of ``inner`` lies in ``outer``."""
    return (
        inner.x >= outer.x
        and inner.y >= outer.y
        and inner.x + inner.width <= outer.x + outer.width
        and inner.y + inner.height <= outer.y + outer.height
    )


def within(box: Box, size: tuple[float, float]) -> Box | None:
    """The part of ``box`` that is seen on a screen of ``size``; None where nothing is."""
    left, top = max(box.x, 0.0), max(box.y, 0.0)
    right, bottom = min(box.x + box.width, size[0]), min(box.y + box.height, size[1])
    if right <= left or bottom <= top:
        return None
    return Box(x=left, y=top, width=right - left, height=bottom - top)

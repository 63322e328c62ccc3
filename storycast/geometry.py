"""Geometry: how boxes on a page lie to each other, and are joined, widened and cut.

All lengths are CSS pixels.
"""

from __future__ import annotations

from recorder.take import Box

__all__ = [
    "adjoins",
    "area",
    "holds_box",
    "join_boxes",
    "likeness",
    "overlaps",
    "pad_box",
    "shared_area",
    "within",
]

_NEAR = 12.0
"""Between what opened something and what it opened, or less."""


def join_boxes(one: Box | None, other: Box) -> Box:
    """The smallest box that holds ``one``, where there is one, and ``other``."""
    if one is None:
        return other
    left, top = min(one.x, other.x), min(one.y, other.y)
    right, bottom = max(_right(one), _right(other)), max(_bottom(one), _bottom(other))
    return Box(x=left, y=top, width=right - left, height=bottom - top)


def overlaps(one: Box, other: Box) -> bool:
    """Whether the boxes lie over each other; edges that only touch do not."""
    return (
        one.x < other.x + other.width
        and other.x < one.x + one.width
        and one.y < other.y + other.height
        and other.y < one.y + one.height
    )


def pad_box(box: Box, margin: float) -> Box:
    """``box`` with ``margin`` more on every side."""
    return Box(
        x=box.x - margin,
        y=box.y - margin,
        width=box.width + 2 * margin,
        height=box.height + 2 * margin,
    )


def within(box: Box, size: tuple[float, float]) -> Box | None:
    """The part of ``box`` that is seen on a screen of ``size``; None where nothing is."""
    left, top = max(box.x, 0.0), max(box.y, 0.0)
    right, bottom = min(_right(box), size[0]), min(_bottom(box), size[1])
    if right <= left or bottom <= top:
        return None
    return Box(x=left, y=top, width=right - left, height=bottom - top)


def area(box: Box) -> float:
    """How much room a box takes."""
    return box.width * box.height


def shared_area(one: Box, other: Box) -> float:
    """How much room both take."""
    width = min(_right(one), _right(other)) - max(one.x, other.x)
    height = min(_bottom(one), _bottom(other)) - max(one.y, other.y)
    return max(width, 0) * max(height, 0)


def likeness(one: Box, other: Box) -> float:
    """How much of what two boxes cover they share, 0 to 1."""
    shared = shared_area(one, other)
    return shared / (area(one) + area(other) - shared) if shared else 0.0


def holds_box(outer: Box, inner: Box, *, slack: float = 0.0) -> bool:
    """Whether all of ``inner`` lies in ``outer``, or reaches out by no more than ``slack``."""
    return (
        outer.x - slack <= inner.x
        and outer.y - slack <= inner.y
        and _right(outer) + slack >= _right(inner)
        and _bottom(outer) + slack >= _bottom(inner)
    )


def adjoins(opener: Box, opened: Box) -> bool:
    """Whether ``opened`` hangs from ``opener`` or stands on it, or is level at one of its sides."""
    lined = min(abs(opened.x - opener.x), abs(_right(opened) - _right(opener))) <= _NEAR
    hangs = min(abs(opened.y - _bottom(opener)), abs(_bottom(opened) - opener.y)) <= _NEAR
    level = abs(opened.y - opener.y) <= _NEAR
    beside = min(abs(opened.x - _right(opener)), abs(_right(opened) - opener.x)) <= _NEAR
    return (lined and hangs) or (level and beside)


def _right(box: Box) -> float:
    return box.x + box.width


def _bottom(box: Box) -> float:
    return box.y + box.height

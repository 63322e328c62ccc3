"""Geometry: how boxes on a page lie to each other; all lengths are CSS pixels."""

from __future__ import annotations

from recorder.take import Box

__all__ = ["adjoins", "area", "holds", "likeness", "shared_area"]

_SLACK = 2.0
"""By which a box may reach out of what holds it: borders, and rounding."""

_NEAR = 12.0
"""Between what opened something and what it opened, or less."""


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


def holds(outer: Box, inner: Box) -> bool:
    """Whether ``inner`` lies in ``outer``."""
    return (
        outer.x - _SLACK <= inner.x
        and outer.y - _SLACK <= inner.y
        and _right(outer) + _SLACK >= _right(inner)
        and _bottom(outer) + _SLACK >= _bottom(inner)
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

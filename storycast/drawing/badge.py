"""The badge: a number in a disc, on the upper left corner of what it counts."""

from __future__ import annotations

from functools import lru_cache

from recorder.take import Box
from storycast.drawing.layer import Area, Easel, Frame, Layer, lay
from storycast.drawing.shape import Rectangle, rectangle_in, rounded, shadow
from storycast.drawing.text import Lettering, ink_box, write
from storycast.look import Look

__all__ = ["draw_badge"]

_RIM = 1.5  # of the casing's width
_LETTER = 1.2  # the number's size, in radii
_WIDEST = 1.4


def draw_badge(
    frame: Frame, corner_box: Box, number: str, *, scale: float, look: Look, strength: float = 1.0
) -> None:
    """Draw ``number`` in a disc on the upper left corner of the ring around ``corner_box``.

    It is wholly inside the frame. Without a number there is no badge.
    """
    target = rectangle_in(frame, corner_box, scale)
    if target is None or not number:
        return
    badge = _badge(number, scale, look)
    side = badge.area.right
    centre = [corner - look.ring_padding * scale for corner in target[:2]]
    room = (frame.shape[1] - side, frame.shape[0] - side)
    left, top = (
        max(0, min(round(middle - side / 2), most))
        for middle, most in zip(centre, room, strict=True)
    )
    lay(frame, badge.moved(left, top), strength)


@lru_cache(maxsize=64)
def _badge(number: str, scale: float, look: Look) -> Layer:
    """Draw a badge on a square at 0, 0."""
    radius = look.badge_radius * scale
    room = 2 * scale  # for its shadow
    side = round(2 * (radius + room))
    middle = side / 2
    easel = Easel(Area(0, 0, side, side))
    disc = rounded(easel.area, _disc(middle, radius), radius)
    easel.coat((0, 0, 0), shadow(disc, drop=0.6 * scale, blur=0.9 * scale, strength=0.35))
    easel.coat(look.casing_colour, disc)
    inner = radius - _RIM * look.casing_width * scale
    easel.coat(look.ring_colour, rounded(easel.area, _disc(middle, inner), inner))
    lettering = Lettering(look.font, _LETTER * radius, bold=True)
    left, _, right, _ = ink_box(number, lettering)
    if right - left > _WIDEST * radius:
        size = lettering.size * _WIDEST * radius / (right - left)
        lettering = Lettering(look.font, size, bold=True)
    left, top, right, bottom = ink_box(number, lettering)
    place = (middle - (left + right) / 2, middle - (top + bottom) / 2)
    write(easel, number, place, lettering, colour=look.badge_text)
    return easel.layer()


def _disc(middle: float, radius: float) -> Rectangle:
    return (middle - radius, middle - radius, middle + radius, middle + radius)

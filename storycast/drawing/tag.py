"""The name tag: whose screen is seen, as a pill in a corner, or large in the middle."""

from __future__ import annotations

import math
from functools import lru_cache

from storycast.drawing.layer import Area, Easel, Frame, Layer, lay
from storycast.drawing.shape import rounded, shadow
from storycast.drawing.text import Lettering, shorten, width, write
from storycast.look import Look
from storycast.people import ink_on, read_colour
from storycast.timeline import Corner, Person

__all__ = ["TAG_HEIGHT", "draw_call", "draw_tag"]

_HIGH = 1080.0  # the measures below are pixels of a frame that is this high
TAG_HEIGHT = 44.0
_EDGE = 20.0
_CALL = 2.2  # how much larger a call is
_CALL_PLACE = 0.4  # of the frame's height
_LETTER, _FOOT = 0.56, 0.7  # of a tag's height
_SIDE = 0.5
_RIM = 2.0
_SHADOW = 6.0
_WIDEST = 0.27  # of the frame's width, its letters


def draw_tag(
    frame: Frame, person: Person, corner: Corner, *, look: Look, unit: float | None = None
) -> None:
    """Draw the tag of ``person`` in a ``corner`` of ``frame``.

    ``unit`` is how many of the frame's pixels make one of a film that is 1080 high.
    """
    unit = unit or frame.shape[0] / _HIGH
    tag = _tag(person, unit, frame.shape[1] * _WIDEST, look.font)
    edge = round((_EDGE - _SHADOW) * unit)
    left, top = edge, edge
    if corner in (Corner.TOP_RIGHT, Corner.BOTTOM_RIGHT):
        left = frame.shape[1] - edge - tag.area.right
    if corner in (Corner.BOTTOM_LEFT, Corner.BOTTOM_RIGHT):
        top = frame.shape[0] - edge - tag.area.bottom
    lay(frame, tag.moved(left, top))


def draw_call(frame: Frame, person: Person, *, look: Look, strength: float) -> None:
    """Draw the name of ``person`` large: it is their turn. ``strength`` is 0 (unseen) to 1."""
    tag = _tag(person, _CALL * frame.shape[0] / _HIGH, frame.shape[1] * 0.8, look.font)
    left = (frame.shape[1] - tag.area.right) // 2
    lay(frame, tag.moved(left, round(frame.shape[0] * _CALL_PLACE)), strength)


@lru_cache(maxsize=32)
def _tag(person: Person, unit: float, room: float, font: str) -> Layer:
    """A tag at 0, 0, with room for its shadow."""
    high, margin = TAG_HEIGHT * unit, _SHADOW * unit
    lettering = Lettering(font, _LETTER * high, bold=True)
    name = shorten(" ".join(person.name.split()), lettering, room)
    wide = width(name, lettering) + 2 * _SIDE * high
    easel = Easel(Area(0, 0, math.ceil(wide + 2 * margin), math.ceil(high + 2 * margin)))
    box = (margin, margin, margin + wide, margin + high)
    pill = rounded(easel.area, box, high / 2)
    easel.coat((0, 0, 0), shadow(pill, drop=unit, blur=2 * unit, strength=0.4))
    easel.coat((255, 255, 255), pill)
    rim = _RIM * unit
    inner = (box[0] + rim, box[1] + rim, box[2] - rim, box[3] - rim)
    colour = read_colour(person.colour)
    easel.coat(colour, rounded(easel.area, inner, high / 2 - rim))
    place = (margin + _SIDE * high, margin + _FOOT * high)
    write(easel, name, place, lettering, colour=ink_on(colour))
    return easel.layer()

"""Captions that are part of the picture, for players that show none."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache

from storycast.drawing.layer import Area, Easel, Frame, Layer, lay
from storycast.drawing.shape import rounded
from storycast.drawing.text import Lettering, width, write
from storycast.look import Look
from storycast.timeline import CaptionPlace

__all__ = ["draw_caption"]

_HIGH = 1080.0  # the measures below are pixels of a frame that is this high
_LETTER = 44.0
_LINE = 60.0
_EDGES = {CaptionPlace.LOW: 54.0, CaptionPlace.HIGH: 54.0, CaptionPlace.RAISED: 196.0}
"""From the box to the frame's edge: the lower one, but of what stands high."""

_SIDE, _END = 22.0, 12.0  # from the text to the box's sides, and to its upper and lower end
_RADIUS = 10.0
_STRENGTH = 0.82
_TEXT = (255, 255, 255)
_BOX = (16, 18, 22)
_ROOM = 0.94


def draw_caption(frame: Frame, lines: Sequence[str], place: CaptionPlace, *, look: Look) -> None:
    """Draw ``lines`` in the middle of the film's width, at ``place``.

    They are as large as the film's height asks for, and smaller where they would not fit.
    """
    if not lines:
        return
    unit = frame.shape[0] / _HIGH
    layer = _caption(tuple(lines), unit, frame.shape[1] * _ROOM, look.font)
    edge = round(_EDGES[place] * unit)
    is_high = place is CaptionPlace.HIGH
    top = edge if is_high else frame.shape[0] - edge - layer.area.bottom
    lay(frame, layer.moved((frame.shape[1] - layer.area.right) // 2, top))


@lru_cache(maxsize=32)
def _caption(lines: tuple[str, ...], unit: float, room: float, font: str) -> Layer:
    lettering = Lettering(font, _LETTER * unit)
    widest = max(width(line, lettering) for line in lines) + 2 * _SIDE * unit
    if widest > room:
        return _caption(lines, unit * room / widest * 0.99, room, font)
    high = (len(lines) * _LINE + 2 * _END) * unit
    easel = Easel(Area(0, 0, math.ceil(widest), math.ceil(high)))
    box = rounded(easel.area, (0, 0, widest, high), _RADIUS * unit)
    easel.coat(_BOX, box * _STRENGTH)
    for number, line in enumerate(lines):
        left = (widest - width(line, lettering)) / 2
        foot = (_END + (number + 0.74) * _LINE) * unit
        write(easel, line, (left, foot), lettering, colour=_TEXT)
    return easel.layer()

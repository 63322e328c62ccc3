"""Drawing: what is laid over a clean shot (ring, pointer, ripple), in film and guide alike.

A frame is a numpy array of ``uint8``, height by width by 3, red first. Places are CSS pixels and
``scale`` is how many of the frame's pixels make one. Only the pixels that change are touched;
what lies outside of the frame is left out.
"""

from __future__ import annotations

import math

import numpy as np

from recorder.take import Point
from storycast.drawing.layer import Area, Frame, Layer, cover_within, distance, lay, paint
from storycast.drawing.pointer import pointer_layer
from storycast.look import Look
from storycast.timeline import CursorShape, PressKind

__all__ = ["Frame", "draw_pointer", "draw_press"]

_Rectangle = tuple[float, float, float, float]  # left, top, right, bottom, in pixels


def draw_pointer(
    frame: Frame, point: Point, shape: CursorShape, *, scale: float, look: Look
) -> None:
    """Draw the pointer so that the spot with which it presses lies at ``point``."""
    lay(frame, pointer_layer((point.x * scale, point.y * scale), shape, scale=scale, look=look))


def draw_press(
    frame: Frame, point: Point, kind: PressKind, *, progress: float, scale: float, look: Look
) -> None:
    """Draw the ripple of a press at ``point``: one, two for a double press, square for a menu's.

    ``progress`` runs from 0 (pressed) to 1 (gone).
    """
    reach = look.ripple_radius * scale
    for start, length in _RIPPLES[kind]:
        part = (progress - start) / length
        if 0 <= part < 1:
            grown = reach * (0.2 + 0.8 * (1 - (1 - part) ** 3))
            corner = grown * _CORNERS[kind]
            ripple = _ripple((point.x * scale, point.y * scale), grown, corner, look)
            lay(frame, ripple, 1 - part**2)


_RIPPLES = {
    PressKind.SINGLE: ((0.0, 1.0),),
    PressKind.DOUBLE: ((0.0, 0.65), (0.35, 0.65)),
    PressKind.CONTEXT: ((0.0, 1.0),),
}
"""When each ripple starts and how long it lasts, in parts of the whole."""

_CORNERS = {PressKind.SINGLE: 1.0, PressKind.DOUBLE: 1.0, PressKind.CONTEXT: 0.28}
"""How round a ripple is: 1 is a circle."""


def _ripple(centre: tuple[float, float], reach: float, corner: float, look: Look) -> Layer:
    """Return a ripple that has grown to ``reach`` pixels: a line with a paler inside."""
    line = look.ripple_width * reach / look.ripple_radius
    rim = math.ceil(reach + 2 * line)
    column, row = math.floor(centre[0]), math.floor(centre[1])
    area = Area(column - rim, row - rim, column + rim + 1, row + rim + 1)
    far = distance(area, centre, (reach, reach), corner)
    coats = (
        (look.casing_colour, 0.5 * cover_within(np.abs(far) - line)),
        (look.ripple_colour, 0.22 * cover_within(far)),
        (look.ripple_colour, 0.95 * cover_within(np.abs(far) - line / 2)),
    )
    return paint(area, coats)

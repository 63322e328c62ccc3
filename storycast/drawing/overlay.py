"""Drawing: what is laid over a clean shot (ring, pointer, ripple), in film and guide alike.

A frame is a numpy array of ``uint8``, height by width by 3, red first. Places are CSS pixels and
``scale`` is how many of the frame's pixels make one. Only the pixels that change are touched;
what lies outside of the frame is left out.
"""

from __future__ import annotations

import math
from functools import lru_cache
from pathlib import Path

import cv2
import numpy as np

from recorder.take import Box, Point
from storycast.drawing.layer import Area, Frame, Layer, Plane, cover_within, distance, lay, paint
from storycast.drawing.pointer import pointer_layer
from storycast.errors import FilmError
from storycast.look import Colour, Look
from storycast.timeline import CursorShape, PressKind

__all__ = ["Frame", "draw_mark", "draw_pointer", "draw_press", "load_shot"]

_Rectangle = tuple[float, float, float, float]  # left, top, right, bottom, in pixels


def load_shot(path: Path) -> Frame:
    """Read a shot as it was taken.

    Raises ``FilmError`` where it is missing or is no picture.
    """
    try:
        packed = np.frombuffer(path.read_bytes(), np.uint8)
    except OSError as error:
        raise FilmError(
            f"The take has no shot {path}: {error.strerror}.", "Record the storyboard again."
        ) from error
    picture = cv2.imdecode(packed, cv2.IMREAD_COLOR_RGB) if packed.size else None
    if picture is None:
        raise FilmError(f"The shot {path} is no picture.", "Record the storyboard again.")
    return np.asarray(picture, np.uint8)


def draw_mark(frame: Frame, box: Box, *, scale: float, look: Look, strength: float = 1.0) -> None:
    """Draw a rounded ring with a soft halo around ``box``.

    Where ``box`` reaches over the frame's edge, the ring runs just inside of it. A box without
    size, or wholly outside of the frame, has no ring. ``strength`` is 0 (unseen) to 1.
    """
    height, width = frame.shape[:2]
    left, top = box.x * scale, box.y * scale
    right, bottom = left + box.width * scale, top + box.height * scale
    seen = right > left and bottom > top and left < width and top < height
    if not seen or right <= 0 or bottom <= 0:
        return
    pad = look.ring_padding * scale
    rim = (look.ring_width / 2 + look.casing_width) * scale
    ring = (
        max(left - pad, rim),
        max(top - pad, rim),
        min(right + pad, width - rim),
        min(bottom + pad, height - rim),
    )
    if ring[0] < ring[2] and ring[1] < ring[3]:
        for layer in _ring(ring, (width, height), scale, look):
            lay(frame, layer, strength)


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


@lru_cache(maxsize=32)
def _ring(
    ring: _Rectangle, frame_size: tuple[int, int], scale: float, look: Look
) -> tuple[Layer, ...]:
    """Return the ring whose middle line is ``ring``, as layers of the strips that it touches."""
    left, top, right, bottom = ring
    centre = ((left + right) / 2, (top + bottom) / 2)
    half = ((right - left) / 2, (bottom - top) / 2)
    radius = min(look.ring_radius * scale, *half)
    layers = []
    for area in _strips(ring, _reach(look) * scale, radius):
        seen = area.within(Area(0, 0, *frame_size))
        if not seen.empty:
            far = distance(seen, centre, half, radius)
            layers.append(paint(seen, _coats(far, scale, look)))
    return tuple(layers)


def _reach(look: Look) -> float:
    return look.ring_width / 2 + max(look.halo_width, look.casing_width)


def _strips(ring: _Rectangle, reach: float, radius: float) -> tuple[Area, ...]:
    """Cut what a ring touches into four strips around the hole in its middle."""
    left, top, right, bottom = ring
    outer = Area(
        math.floor(left - reach),
        math.floor(top - reach),
        math.ceil(right + reach),
        math.ceil(bottom + reach),
    )
    inset = reach + radius
    hole = Area(
        math.ceil(left + inset),
        math.ceil(top + inset),
        math.floor(right - inset),
        math.floor(bottom - inset),
    )
    if hole.empty:
        return (outer,)
    return (
        Area(outer.left, outer.top, outer.right, hole.top),
        Area(outer.left, hole.top, hole.left, hole.bottom),
        Area(hole.right, hole.top, outer.right, hole.bottom),
        Area(outer.left, hole.bottom, outer.right, outer.bottom),
    )


def _coats(far: Plane, scale: float, look: Look) -> tuple[tuple[Colour, Plane], ...]:
    """Return halo, casing and ring for pixels that lie ``far`` from the ring's middle line."""
    half = look.ring_width * scale / 2
    beyond = np.clip((far - half) / (look.halo_width * scale), 0, 1)
    halo = look.halo_strength * (1 - beyond) ** 2 * (far > 0)
    casing = cover_within(np.abs(far) - half - look.casing_width * scale)
    return (
        (look.ring_colour, halo),
        (look.casing_colour, casing * np.float32(0.9)),
        (look.ring_colour, cover_within(np.abs(far) - half)),
    )

"""The pointer: its three shapes, drawn large and made small, so that every edge is smooth."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np

from storycast.drawing.layer import Area, Layer, Plane, paint
from storycast.look import Look
from storycast.timeline import CursorShape

__all__ = ["pointer_layer"]

_Place = tuple[float, float]
_Line = tuple[_Place, _Place, float]  # from, to, half of its thickness

_FINE = 8  # a sprite is drawn this many times too large
_STEPS = 8  # places between two pixels at which a sprite is kept
_UNITS = 20.0  # the shapes below are this high; (0, 0) is the spot that presses
_OUTLINE = 1.0
_ROUND = 0.25  # how round its corners are
_MARGIN = 5.0  # room for outline and shadow
_SHADOW_DROP = 0.9
_SHADOW_BLUR = 1.1
_SHADOW_COVER = 0.38

_ARROW: tuple[_Place, ...] = (
    (0.8, 1.0), (0.8, 17.0), (4.7, 13.5), (7.4, 19.6), (10.2, 18.4), (7.6, 12.5), (12.6, 12.1),
)  # fmt: skip
_PALM: tuple[_Place, ...] = (
    (-2.0, 9.0), (10.4, 8.5), (10.4, 13.0), (8.8, 16.4), (8.6, 19.0), (-0.6, 19.0), (-0.8, 16.6),
    (-2.6, 14.2),
)  # fmt: skip
_HAND: tuple[_Line, ...] = (
    ((0.3, 1.7), (0.3, 12.0), 1.75),
    ((3.8, 7.2), (3.8, 12.0), 1.7),
    ((6.6, 7.9), (6.6, 12.0), 1.6),
    ((9.1, 9.0), (9.1, 12.5), 1.45),
    ((-4.4, 10.0), (-0.9, 14.2), 1.6),
)
_KNUCKLES: tuple[_Line, ...] = (
    ((2.15, 7.0), (2.15, 11.0), 0.3),
    ((5.25, 8.2), (5.25, 11.0), 0.3),
    ((7.95, 9.2), (7.95, 11.0), 0.3),
)
_BEAM: tuple[_Line, ...] = (
    ((0.0, -8.6), (0.0, 8.6), 0.45),
    ((-0.2, -8.6), (-2.6, -9.2), 0.45),
    ((0.2, -8.6), (2.6, -9.2), 0.45),
    ((-0.2, 8.6), (-2.6, 9.2), 0.45),
    ((0.2, 8.6), (2.6, 9.2), 0.45),
)


def pointer_layer(point: _Place, shape: CursorShape, *, scale: float, look: Look) -> Layer:
    """Return the pointer as a layer; it presses at ``point``, in pixels of the frame."""
    unit = look.pointer_height * scale / _UNITS
    column, row = (int(np.floor(place * _STEPS + 0.5)) for place in point)
    sprite = _sprite(shape, unit, (column % _STEPS, row % _STEPS), look)
    left, top = column // _STEPS + sprite.area.left, row // _STEPS + sprite.area.top
    return sprite.moved(left - sprite.area.left, top - sprite.area.top)


@lru_cache(maxsize=256)
def _sprite(shape: CursorShape, unit: float, step: tuple[int, int], look: Look) -> Layer:
    """Draw a shape whose pressing spot lies ``step`` eighths of a pixel after its origin."""
    reach = int(np.ceil((_UNITS + _MARGIN) * unit))
    near = int(np.ceil((_UNITS / 2 + _MARGIN) * unit))
    area = Area(-near, -near, reach, reach)
    canvas = _Canvas(area, unit, step)
    wide, narrow = canvas.plane(shape, _OUTLINE + _ROUND), canvas.plane(shape, _ROUND)
    coats = [
        (look.pointer_outline, _shadow(wide, unit)),
        (look.pointer_outline, wide),
        (look.pointer_colour, narrow),
    ]
    if shape is CursorShape.HAND:
        coats.append((look.pointer_outline, canvas.lines(_KNUCKLES)))
    return paint(area, coats)


def _shadow(plane: Plane, unit: float) -> Plane:
    """Return what a shape throws below itself."""
    drop = np.array([[1, 0, 0], [0, 1, _SHADOW_DROP * unit]], np.float32)
    fallen = cv2.warpAffine(plane, drop, (plane.shape[1], plane.shape[0]))
    blurred = cv2.GaussianBlur(fallen, (0, 0), _SHADOW_BLUR * unit)
    return np.asarray(blurred * _SHADOW_COVER, np.float32)


@dataclass(frozen=True)
class _Canvas:
    """Where a sprite is drawn: ``unit`` pixels for each of the shapes' units."""

    area: Area
    unit: float
    step: tuple[int, int]

    def plane(self, shape: CursorShape, outline: float) -> Plane:
        """Draw a shape with ``outline`` units more all around."""
        if shape is CursorShape.ARROW:
            return self._draw((_ARROW,), (), outline)
        if shape is CursorShape.HAND:
            return self._draw((_PALM,), _HAND, outline)
        return self._draw((), _BEAM, outline)

    def lines(self, lines: tuple[_Line, ...]) -> Plane:
        """Draw lines with round ends."""
        return self._draw((), lines, 0.0)

    def _draw(
        self, polygons: tuple[tuple[_Place, ...], ...], lines: tuple[_Line, ...], outline: float
    ) -> Plane:
        width, height = self.area.right - self.area.left, self.area.bottom - self.area.top
        fine = np.zeros((height * _FINE, width * _FINE), np.uint8)
        for polygon in polygons:
            corners = np.array([self._fine(corner) for corner in polygon], np.int32)
            cv2.fillPoly(fine, [corners], 255)
            if outline:
                cv2.polylines(
                    fine, [corners], isClosed=True, color=255, thickness=self._thick(outline)
                )
        for start, end, radius in lines:
            cv2.line(fine, self._fine(start), self._fine(end), 255, self._thick(radius + outline))
        small = cv2.resize(fine, (width, height), interpolation=cv2.INTER_AREA)
        return np.asarray(small / 255, np.float32)

    def _fine(self, place: _Place) -> tuple[int, int]:
        """Where a place of the shapes lies on the large drawing."""
        x = (place[0] * self.unit + self.step[0] / _STEPS - self.area.left) * _FINE
        y = (place[1] * self.unit + self.step[1] / _STEPS - self.area.top) * _FINE
        return round(x), round(y)

    def _thick(self, radius: float) -> int:
        return max(1, round(2 * radius * self.unit * _FINE))

"""Shapes: planes that layers are painted from, and how they come and go."""

from __future__ import annotations

import math
from collections.abc import Sequence

import cv2
import numpy as np

from recorder.take import Box
from storycast.drawing.layer import Area, Frame, Plane, cover_within, distance

__all__ = ["Rectangle", "around", "outline", "presence", "rectangle_in", "rounded", "shadow"]

Rectangle = tuple[float, float, float, float]
"""Left, top, right and bottom, in pixels."""

_FINE = 8  # outlines are drawn this many times too large


def rectangle_in(frame: Frame, box: Box, scale: float) -> Rectangle | None:
    """Return where ``box`` lies on ``frame``; None where it has no size or is not in it."""
    height, width = frame.shape[:2]
    left, top = box.x * scale, box.y * scale
    right, bottom = left + box.width * scale, top + box.height * scale
    seen = right > left and bottom > top and left < width and top < height
    return (left, top, right, bottom) if seen and right > 0 and bottom > 0 else None


def around(rectangle: Rectangle, reach: float) -> Area:
    """Return the whole pixels that lie within ``reach`` of ``rectangle``."""
    left, top, right, bottom = rectangle
    return Area(
        math.floor(left - reach),
        math.floor(top - reach),
        math.ceil(right + reach),
        math.ceil(bottom + reach),
    )


def rounded(area: Area, rectangle: Rectangle, radius: float) -> Plane:
    """Return a rounded rectangle."""
    left, top, right, bottom = rectangle
    half = (max(right - left, 0) / 2, max(bottom - top, 0) / 2)
    centre = ((left + right) / 2, (top + bottom) / 2)
    return cover_within(distance(area, centre, half, min(radius, *half)))


def shadow(plane: Plane, *, drop: float, blur: float, strength: float) -> Plane:
    """Return what a shape throws ``drop`` pixels below itself; ``blur`` is a deviation."""
    fall = np.array([[1, 0, 0], [0, 1, drop]], np.float32)
    fallen = cv2.warpAffine(plane, fall, (plane.shape[1], plane.shape[0]))
    return np.asarray(cv2.GaussianBlur(fallen, (0, 0), blur) * strength, np.float32)


def outline(
    area: Area, lines: Sequence[Sequence[tuple[float, float]]], radius: float, *, filled: bool
) -> Plane:
    """Return lines with round ends and corners, ``radius`` thick on both sides.

    Where they are ``filled``, each is closed and so is its inside.
    """
    width, height = area.right - area.left, area.bottom - area.top
    fine = np.zeros((height * _FINE, width * _FINE), np.uint8)
    thickness = max(1, round(2 * radius * _FINE))
    for line in lines:
        places = [((x - area.left) * _FINE, (y - area.top) * _FINE) for x, y in line]
        corners = np.array([(round(x), round(y)) for x, y in places], np.int32)
        if filled:
            cv2.fillPoly(fine, [corners], 255)
        cv2.polylines(fine, [corners], isClosed=filled, color=255, thickness=thickness)
    small = cv2.resize(fine, (width, height), interpolation=cv2.INTER_AREA)
    return np.asarray(small / np.float32(255), np.float32)


def presence(at_ms: float, start_ms: float, end_ms: float, fade_ms: float) -> float:
    """How much is seen, 0 to 1, of what fades in at ``start_ms`` and has faded by ``end_ms``."""
    part = min(max(min(at_ms - start_ms, end_ms - at_ms) / fade_ms, 0.0), 1.0)
    return part * part * (3 - 2 * part)

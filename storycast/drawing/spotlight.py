"""The spotlight: all of the page is dimmed but what is spoken of."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import cv2
import numpy as np

from recorder.take import Box
from storycast.drawing.layer import Area, Frame, Layer, cover_within, darken, distance, lay
from storycast.drawing.shape import Rectangle, around, rectangle_in
from storycast.look import Look

__all__ = ["draw_spotlights"]

_RIM = 0.6  # how bright a spotlight's edge is, which parts it from dark pages
_RIM_WIDTH = 1.5

_Hole = tuple[Rectangle, float]  # where it is, and how open against the most open one


def draw_spotlights(
    frame: Frame, boxes_with_strength: Sequence[tuple[Box, float]], *, scale: float, look: Look
) -> None:
    """Dim all of ``frame`` but the boxes, as much as the strongest of them asks for.

    Boxes without size, or wholly outside of the frame, dim nothing.
    """
    placed = [(rectangle_in(frame, box, scale), part) for box, part in boxes_with_strength]
    lit = [(place, min(part, 1.0)) for place, part in placed if place is not None and part > 0]
    if not lit:
        return
    most = max(part for _, part in lit)
    keep = 255 - round(255 * look.spotlight_strength * most)
    holes = tuple((place, part / most) for place, part in lit)
    height, width = frame.shape[:2]
    light = _light(holes, (width, height), scale, look, keep)
    area = light.area
    lay(frame, light)
    for dark in (
        frame[: area.top],
        frame[area.top : area.bottom, : area.left],
        frame[area.top : area.bottom, area.right :],
        frame[area.bottom :],
    ):
        darken(dark, keep)


@lru_cache(maxsize=16)
def _light(
    holes: tuple[_Hole, ...], size: tuple[int, int], scale: float, look: Look, keep: int
) -> Layer:
    """Return what covers all pixels that are neither wholly dark nor outside of the frame."""
    soft = max(look.spotlight_softness * scale, 0.01)
    pad = look.ring_padding * scale
    wholes = [around(place, pad + soft) for place, _ in holes]
    area = Area(
        min(whole.left for whole in wholes),
        min(whole.top for whole in wholes),
        max(whole.right for whole in wholes),
        max(whole.bottom for whole in wholes),
    ).within(Area(0, 0, *size))
    open_part = np.zeros((area.bottom - area.top, area.right - area.left), np.float32)
    rim = np.zeros_like(open_part)
    for (left, top, right, bottom), part in holes:
        half = ((right - left) / 2 + pad, (bottom - top) / 2 + pad)
        radius = min(look.ring_radius * scale, *half)
        far = distance(area, ((left + right) / 2, (top + bottom) / 2), half, radius)
        lit = np.clip(1 - far / soft, 0, 1)
        np.maximum(open_part, part * lit * lit * (3 - 2 * lit), out=open_part)
        line = cover_within(np.abs(far) - _RIM_WIDTH / 2 * scale)
        np.maximum(rim, part * _RIM * (1 - keep / 255) * line, out=rim)
    kept = ((keep + (255 - keep) * open_part) * (1 - rim) + 0.5).astype(np.uint8)
    light = (255 * rim + 0.5).astype(np.uint8)
    return Layer(area, _grey(light), _grey(kept))


def _grey(plane: Frame) -> Frame:
    return np.asarray(cv2.merge([plane] * 3), np.uint8)

"""The ring: a rounded line with a soft halo around a box."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np

from recorder.take import Box
from storycast.drawing.layer import Area, Frame, Layer, Plane, cover_within, distance, lay, paint
from storycast.drawing.shape import Rectangle, rectangle_in
from storycast.look import Colour, Look

__all__ = ["draw_ring"]


def draw_ring(frame: Frame, box: Box, *, scale: float, look: Look, strength: float) -> None:
    """Draw a ring around ``box``; where it reaches over the frame's edge, just inside of it."""
    target = rectangle_in(frame, box, scale)
    if target is None:
        return
    height, width = frame.shape[:2]
    left, top, right, bottom = target
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


@lru_cache(maxsize=32)
def _ring(
    ring: Rectangle, frame_size: tuple[int, int], scale: float, look: Look
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


def _strips(ring: Rectangle, reach: float, radius: float) -> tuple[Area, ...]:
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

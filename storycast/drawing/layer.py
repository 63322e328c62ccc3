"""Layers: translucent pictures that are laid over a frame, and the shapes they are made from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from storycast.look import Colour

__all__ = ["Area", "Frame", "Layer", "Plane", "cover_within", "distance", "lay", "paint"]

Frame = NDArray[np.uint8]
"""A picture: height by width by 3, red first."""

Plane = NDArray[np.float32]
"""One number for each of an area's pixels: height by width."""


@dataclass(frozen=True)
class Area:
    """A rectangle of whole pixels; ``right`` and ``bottom`` lie just outside."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def empty(self) -> bool:
        """Whether there is no pixel in it."""
        return self.right <= self.left or self.bottom <= self.top

    def within(self, other: Area) -> Area:
        """The part of it that also lies in ``other``."""
        return Area(
            max(self.left, other.left),
            max(self.top, other.top),
            min(self.right, other.right),
            min(self.bottom, other.bottom),
        )


@dataclass(frozen=True, eq=False)
class Layer:
    """A translucent picture at a place.

    ``cover`` (height by width by 1) is how much each pixel hides of what lies below, 0 to 1;
    ``colour`` (height by width by 3) is already multiplied by it.
    """

    area: Area
    colour: NDArray[np.float32]
    cover: NDArray[np.float32]


def paint(area: Area, coats: Iterable[tuple[Colour, Plane]]) -> Layer:
    """Make a layer of ``coats``, the lowest first: each a colour and how much it covers."""
    height, width = area.bottom - area.top, area.right - area.left
    colour = np.zeros((height, width, 3), np.float32)
    cover = np.zeros((height, width, 1), np.float32)
    for pigment, plane in coats:
        amount = plane[..., None]
        colour = colour * (1 - amount) + amount * np.asarray(pigment, np.float32)
        cover = cover * (1 - amount) + amount
    return Layer(area, colour, cover)


def lay(frame: Frame, layer: Layer, strength: float = 1.0) -> None:
    """Lay ``layer`` over ``frame`` in place; what lies outside of the frame is left out."""
    area = layer.area
    seen = area.within(Area(0, 0, frame.shape[1], frame.shape[0]))
    if seen.empty or strength <= 0:
        return
    rows = slice(seen.top - area.top, seen.bottom - area.top)
    columns = slice(seen.left - area.left, seen.right - area.left)
    below = frame[seen.top : seen.bottom, seen.left : seen.right]
    mixed = below * (1 - strength * layer.cover[rows, columns])
    mixed += strength * layer.colour[rows, columns]
    mixed += 0.5
    below[:] = mixed.astype(np.uint8)


def distance(
    area: Area, centre: tuple[float, float], half: tuple[float, float], radius: float
) -> Plane:
    """How far each pixel's middle lies from the edge of a rounded rectangle; inside is negative.

    ``half`` is half of its width and height; with both equal to ``radius`` it is a circle. The
    formula is Inigo Quilez's (https://iquilezles.org/articles/distfunctions2d/).
    """
    x = np.abs(np.arange(area.left, area.right, dtype=np.float32) + 0.5 - centre[0])
    y = np.abs(np.arange(area.top, area.bottom, dtype=np.float32) + 0.5 - centre[1])
    across = (x - (half[0] - radius))[None, :]
    down = (y - (half[1] - radius))[:, None]
    outside = np.hypot(np.maximum(across, 0), np.maximum(down, 0))
    inside = np.minimum(np.maximum(across, down), 0)
    return np.asarray(outside + inside - radius, np.float32)


def cover_within(distances: NDArray[np.floating]) -> Plane:
    """How much of each pixel lies inside, from its distance to the edge: 1, 0 or between."""
    return np.asarray(np.clip(0.5 - distances, 0, 1), np.float32)

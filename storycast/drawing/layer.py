"""Layers: translucent pictures that are laid over a frame, and the shapes they are made from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from storycast.look import Colour

__all__ = [
    "Area",
    "Easel",
    "Frame",
    "Layer",
    "Plane",
    "cover_within",
    "darken",
    "distance",
    "lay",
    "paint",
    "plain_frame",
]

Frame = NDArray[np.uint8]
"""A picture: height by width by 3, red first."""

Plane = NDArray[np.float32]
"""One number for each of an area's pixels: height by width."""


def plain_frame(size: tuple[int, int], colour: Colour) -> Frame:
    """Return a frame of ``size`` (width, height) that is of one colour."""
    row = np.array([colour], np.uint8).repeat(size[0], axis=0)
    return row[None].repeat(size[1], axis=0)


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

    def moved(self, right: int, down: int) -> Area:
        """The same rectangle at another place."""
        return Area(self.left + right, self.top + down, self.right + right, self.bottom + down)

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
    """A translucent picture at a place; both arrays are height by width by 3.

    ``keep`` is how much of what lies below is still seen, 0 to 255; ``colour`` is already
    multiplied by how much it covers.
    """

    area: Area
    colour: NDArray[np.uint8]
    keep: NDArray[np.uint8]

    def moved(self, right: int, down: int) -> Layer:
        """Return the same layer at another place, without copying it."""
        return Layer(self.area.moved(right, down), self.colour, self.keep)


class Easel:
    """Where a layer is painted, coat over coat."""

    def __init__(self, area: Area) -> None:
        self.area = area
        height, width = area.bottom - area.top, area.right - area.left
        self._colour = np.zeros((height, width, 3), np.float32)
        self._cover = np.zeros((height, width, 1), np.float32)

    def coat(self, pigment: Colour, plane: Plane, part: Area | None = None) -> None:
        """Put on a coat that covers ``plane`` of each pixel, of all or of ``part``."""
        part = part or self.area
        rows = slice(part.top - self.area.top, part.bottom - self.area.top)
        columns = slice(part.left - self.area.left, part.right - self.area.left)
        amount = plane[..., None]
        colour, cover = self._colour[rows, columns], self._cover[rows, columns]
        colour += amount * (np.asarray(pigment, np.float32) - colour)
        cover += amount * (1 - cover)

    def layer(self) -> Layer:
        """Return what is painted."""
        keep = np.repeat(255 * (1 - self._cover) + 0.5, 3, axis=2)
        return Layer(self.area, (self._colour + 0.5).astype(np.uint8), keep.astype(np.uint8))


def paint(area: Area, coats: Iterable[tuple[Colour, Plane]]) -> Layer:
    """Make a layer of ``coats``, the lowest first: each a colour and how much it covers."""
    easel = Easel(area)
    for pigment, plane in coats:
        easel.coat(pigment, plane)
    return easel.layer()


def lay(frame: Frame, layer: Layer, strength: float = 1.0) -> None:
    """Lay ``layer`` over ``frame`` in place; what lies outside of the frame is left out."""
    area = layer.area
    seen = area.within(Area(0, 0, frame.shape[1], frame.shape[0]))
    if seen.empty or strength <= 0:
        return
    rows = slice(seen.top - area.top, seen.bottom - area.top)
    columns = slice(seen.left - area.left, seen.right - area.left)
    below = frame[seen.top : seen.bottom, seen.left : seen.right]
    mixed = cv2.multiply(below, layer.keep[rows, columns], scale=1 / 255)
    mixed = cv2.add(mixed, layer.colour[rows, columns])
    if strength < 1:
        mixed = cv2.addWeighted(mixed, strength, below, 1 - strength, 0)
    below[:] = mixed


def darken(frame: Frame, keep: int) -> None:
    """Keep ``keep`` of 255 of the light of ``frame``, in place."""
    if frame.size and keep < 255:
        frame[:] = cv2.LUT(frame, _darker(keep))


@lru_cache(maxsize=256)
def _darker(keep: int) -> NDArray[np.uint8]:
    return (np.arange(256) * keep / 255 + 0.5).astype(np.uint8)


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

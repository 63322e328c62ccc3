"""Likeness: how near a picture of the film is to what it should show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from storycast.verify.camera import Area
from storycast.verify.frame import Luma

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Tile", "busiest_tiles", "compare", "distance"]

_COARSE_PX = 96
_TILE = 64
_TILES = 16
_LEAST_EDGE = 4.0  # levels a pixel: less is no writing
_WINDOW = 8  # pixels, as Wang et al. (2004), who have 8 by 8 and 11 by 11
_C1, _C2 = (0.01 * 219) ** 2, (0.03 * 219) ** 2


@dataclass(frozen=True, eq=False)
class Tile:
    """A piece of the page with writing on it; places are those of the page."""

    top: int
    left: int
    luma: Luma

    def of(self, page: Luma) -> Luma:
        """The same piece of another picture of the page."""
        return page[self.top : self.top + _TILE, self.left : self.left + _TILE]


def busiest_tiles(shot: Luma, *hidden: Area) -> tuple[Tile, ...]:
    """Return the pieces of ``shot`` that have most edges, without those that are ``hidden``."""
    rows, columns = shot.shape[0] // _TILE, shot.shape[1] // _TILE
    whole = shot[: rows * _TILE, : columns * _TILE]
    edges = _edges(whole).reshape(rows, _TILE, columns, _TILE).mean(axis=(1, 3))
    tiles: list[Tile] = []
    for place in np.argsort(edges, axis=None, kind="stable")[::-1]:
        row, column = divmod(int(place), columns)
        if edges[row, column] < _LEAST_EDGE or len(tiles) == _TILES:
            break
        top, left = row * _TILE, column * _TILE
        tile = Area(left, top, left + _TILE, top + _TILE)
        if all(area.is_empty or not area.meets(tile) for area in hidden):
            tiles.append(Tile(top, left, whole[top : top + _TILE, left : left + _TILE]))
    return tuple(tiles)


def _edges(luma: Luma) -> NDArray[np.float32]:
    """How steep the picture is at each pixel, across and down."""
    across = np.abs(cv2.Sobel(luma, cv2.CV_16S, 1, 0, ksize=1))
    down = np.abs(cv2.Sobel(luma, cv2.CV_16S, 0, 1, ksize=1))
    return np.asarray(across + down, np.float32)


def compare(seen: Luma, shot: Luma) -> float:
    """Return the structural similarity of two pictures of one size (Wang et al., 2004)."""
    first, second = seen.astype(np.float32), shot.astype(np.float32)
    mean_1, mean_2 = _mean(first), _mean(second)
    var_1 = _mean(first * first) - mean_1 * mean_1
    var_2 = _mean(second * second) - mean_2 * mean_2
    both = _mean(first * second) - mean_1 * mean_2
    like = (2 * mean_1 * mean_2 + _C1) * (2 * both + _C2)
    like /= (mean_1 * mean_1 + mean_2 * mean_2 + _C1) * (var_1 + var_2 + _C2)
    return float(like.mean())


def _mean(plane: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.asarray(cv2.boxFilter(plane, -1, (_WINDOW, _WINDOW)), np.float32)


def distance(seen: Luma, expected: Luma) -> float:
    """Return how far two pictures are from each other: levels on average, both made small."""
    return float(np.abs(_coarse(seen) - _coarse(expected)).mean())


def _coarse(luma: Luma) -> NDArray[np.float32]:
    height = max(_COARSE_PX * luma.shape[0] // luma.shape[1], 1)
    small = cv2.resize(luma, (_COARSE_PX, height), interpolation=cv2.INTER_AREA)
    return np.asarray(small, np.float32)

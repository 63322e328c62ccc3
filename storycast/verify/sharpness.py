"""Sharpness: whether what is written on the page can be read in the film as in the shot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from storycast.timeline import Clip
from storycast.verify.camera import Area, Camera, camera_at, tag_at
from storycast.verify.frame import Frame, Luma
from storycast.verify.hold import Hold, find_holds
from storycast.verify.picture import is_blank
from storycast.verify.reference import Shots
from storycast.verify.report import Check, Reading, judge, skip

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["LEAST_SSIM", "SharpnessWatch", "busiest_tiles", "check_sharpness", "compare"]

LEAST_SSIM = 0.98
"""How like the shot the film's writing has to be: structural similarity, 1 where it is the same."""

_TILE = 64
_TILES = 16
_LEAST_EDGE = 4.0  # levels a pixel: less is no writing
_POINTER = (14.0, 44.0)  # CSS pixels that a pointer takes before and after its point
_WINDOW = 8  # pixels, as Wang et al. (2004), who have 8 by 8 and 11 by 11
_C1, _C2 = (0.01 * 219) ** 2, (0.03 * 219) ** 2


@dataclass(frozen=True, eq=False)
class _Tile:
    """A piece of the page with writing on it; places are those of the page."""

    top: int
    left: int
    luma: Luma


class SharpnessWatch:
    """Compares a clip with the take's shots wherever nothing moves.

    ``found`` are times (from the clip's start) and how like its shot the picture is then.
    """

    def __init__(self, clip: Clip, camera: Camera, shots: Shots) -> None:
        self._clip = clip
        self._camera = camera
        self._shots = shots
        self._holds = list(reversed(find_holds(clip)))
        self.found: list[tuple[float, float]] = []

    def see(self, frame: Frame) -> None:
        """Compare the frame where it stands at a hold."""
        while self._holds and self._holds[-1].at_ms < frame.until_ms:
            hold = self._holds.pop()
            if frame.stands_at(hold.at_ms) and not is_blank(frame.luma):
                self._compare(hold, frame.luma)

    def _compare(self, hold: Hold, luma: Luma) -> None:
        camera = camera_at(self._camera, self._clip, hold.at_ms)
        page = camera.page
        shot = self._shots.draw(hold.pictures, hold.framing, page)
        if shot is None:
            return
        seen = luma[page.top : page.bottom, page.left : page.right]
        hidden = self._hidden(hold, camera), tag_at(camera, self._clip, hold.at_ms)
        tiles = busiest_tiles(shot, *hidden)
        if tiles:
            likeness = [compare(_cut(seen, tile), tile.luma) for tile in tiles]
            self.found.append((hold.at_ms, float(np.mean(likeness))))

    def _hidden(self, hold: Hold, camera: Camera) -> Area:
        """Where the pointer covers the page, in pixels of the page."""
        if hold.pointer is None:
            return Area(0, 0, 0, 0)
        page = camera.page
        area = camera.around(hold.pointer, _POINTER, hold.framing)
        return Area(
            area.left - page.left,
            area.top - page.top,
            area.right - page.left,
            area.bottom - page.top,
        )


def check_sharpness(clips: Sequence[Clip], found: Sequence[Sequence[tuple[float, float]]]) -> Check:
    """Return how like the shots the film is; ``found`` is that of each clip."""
    readings = [
        Reading(at_ms=round(clip.start_ms + at_ms, 3), value=value, step=clip.step)
        for clip, own in zip(clips, found, strict=True)
        for at_ms, value in own
    ]
    if not readings:
        return skip("sharpness", "There is no still picture with writing to compare with a shot.")
    return judge(
        "sharpness",
        readings,
        passes=lambda value: value >= LEAST_SSIM,
        badness=lambda value: -value,
        unit="SSIM",
        gate=f">= {LEAST_SSIM}",
        good=f"Writing is as sharp as in the shots ({len(readings)} were compared).",
        bad=lambda worst: (
            f"At {worst.at_ms / 1000:.2f} s (step {worst.step}) the picture is blurred,"
            " or is not the one that was filmed."
        ),
    )


def busiest_tiles(shot: Luma, *hidden: Area) -> tuple[_Tile, ...]:
    """Return the pieces of ``shot`` that have most edges, without those that are ``hidden``."""
    rows, columns = shot.shape[0] // _TILE, shot.shape[1] // _TILE
    whole = shot[: rows * _TILE, : columns * _TILE]
    edges = _edges(whole).reshape(rows, _TILE, columns, _TILE).mean(axis=(1, 3))
    tiles: list[_Tile] = []
    for place in np.argsort(edges, axis=None, kind="stable")[::-1]:
        row, column = divmod(int(place), columns)
        if edges[row, column] < _LEAST_EDGE or len(tiles) == _TILES:
            break
        top, left = row * _TILE, column * _TILE
        tile = Area(left, top, left + _TILE, top + _TILE)
        if all(area.is_empty or not area.meets(tile) for area in hidden):
            tiles.append(_Tile(top, left, whole[top : top + _TILE, left : left + _TILE]))
    return tuple(tiles)


def _edges(luma: Luma) -> NDArray[np.float32]:
    """How steep the picture is at each pixel, across and down."""
    across = np.abs(cv2.Sobel(luma, cv2.CV_16S, 1, 0, ksize=1))
    down = np.abs(cv2.Sobel(luma, cv2.CV_16S, 0, 1, ksize=1))
    return np.asarray(across + down, np.float32)


def _cut(page: Luma, tile: _Tile) -> Luma:
    return page[tile.top : tile.top + _TILE, tile.left : tile.left + _TILE]


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

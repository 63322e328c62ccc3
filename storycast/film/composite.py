"""Composites: what a view looks like as a frame of the film."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import cv2
import numpy as np

from storycast.drawing import Frame, draw_mark, draw_pointer, draw_press, load_shot
from storycast.film.frame import View
from storycast.look import Look

__all__ = ["Composer"]

_KEPT_SHOTS = 8  # of 6 MB each at 1920 by 1080: those that clips under work need again soon


class Composer:
    """Draws views as frames of ``size`` (width, height), letterboxed where shapes differ.

    It keeps the last shots that it read and made smaller; several threads may use it at once.
    ``folder`` is where shots are PNG files by name, ``viewport`` the page's size in CSS pixels.
    """

    def __init__(
        self, folder: Path, viewport: tuple[int, int], size: tuple[int, int], look: Look
    ) -> None:
        self._folder = folder
        self._look = look
        self._size = size
        self._place = _place(viewport, size)
        self._scale = self._place.width / viewport[0]
        self._shot = lru_cache(maxsize=_KEPT_SHOTS)(self._read)

    def blank(self) -> Frame:
        """Return a new frame to draw on, as often as you like: the letterbox stays."""
        frame = np.empty((self._size[1], self._size[0], 3), np.uint8)
        frame[:] = self._look.background
        return frame

    def draw(self, view: View, frame: Frame) -> None:
        """Draw all of ``view`` on ``frame``, which `blank` made.

        Raises ``FilmError`` where a shot is missing or damaged.
        """
        page = self._place.of(frame)
        self._draw_shots(view, page)
        for box, strength in view.marks:
            draw_mark(page, box, scale=self._scale, look=self._look, strength=strength)
        for point, kind, progress in view.presses:
            draw_press(page, point, kind, progress=progress, scale=self._scale, look=self._look)
        if view.pointer is not None:
            draw_pointer(page, view.pointer, view.shape, scale=self._scale, look=self._look)

    def is_blank(self, view: View) -> bool:
        """Whether the page of ``view`` is of one colour, or as good as."""
        return float(cv2.meanStdDev(self._shot(view.shots[-1][0]))[1].max()) < 1

    def _draw_shots(self, view: View, page: Frame) -> None:
        for shot, cover in view.shots:
            picture = self._shot(shot)
            if cover >= 1:
                page[:] = picture
            else:
                page[:] = cv2.addWeighted(picture, cover, page, 1 - cover, 0)

    def _read(self, shot: str) -> Frame:
        picture = load_shot(self._folder / f"{shot}.png")
        width, height = self._place.width, self._place.height
        smaller = width < picture.shape[1]
        way = cv2.INTER_AREA if smaller else cv2.INTER_CUBIC
        return np.asarray(cv2.resize(picture, (width, height), interpolation=way), np.uint8)


@dataclass(frozen=True)
class _Place:
    """Where the page lies in the frame, in pixels."""

    left: int
    top: int
    width: int
    height: int

    def of(self, frame: Frame) -> Frame:
        """The part of ``frame`` that is the page."""
        return frame[self.top : self.top + self.height, self.left : self.left + self.width]


def _place(viewport: tuple[int, int], size: tuple[int, int]) -> _Place:
    scale = min(size[0] / viewport[0], size[1] / viewport[1])
    width, height = round(viewport[0] * scale), round(viewport[1] * scale)
    return _Place((size[0] - width) // 2, (size[1] - height) // 2, width, height)

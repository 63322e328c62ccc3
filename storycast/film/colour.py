"""Colours as H.264 stores them: brightness for every pixel, colour for four together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from storycast.drawing import Frame

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Planes"]

_RED, _BLUE = 0.2126, 0.0722  # how much of brightness they are, in ITU-R BT.709
_GREEN = 1 - _RED - _BLUE


def _limited() -> NDArray[np.float32]:
    """What makes Y, Cb and Cr of red, green and blue: three factors and an offset for each."""
    brightness = np.array([_RED, _GREEN, _BLUE])
    blueness = (np.array([0, 0, 1]) - brightness) / (2 - 2 * _BLUE)
    redness = (np.array([1, 0, 0]) - brightness) / (2 - 2 * _RED)
    factors = np.stack([brightness * 219, blueness * 224, redness * 224]) / 255
    return np.column_stack([factors, [16, 128, 128]]).astype(np.float32)


_LIMITED = _limited()


class Planes:
    """One frame after the other of ``size`` (width, height; both even), in BT.709, 4:2:0.

    Only rows that differ from the frame before are made anew: most frames move a pointer.
    """

    def __init__(self, size: tuple[int, int]) -> None:
        width, height = size
        pixels = width * height
        self._bytes = np.empty(pixels * 3 // 2, np.uint8)
        planes = np.split(self._bytes, [pixels, pixels * 5 // 4])
        self._brightness = planes[0].reshape(height, width)
        self._colours = tuple(plane.reshape(height // 2, width // 2) for plane in planes[1:])
        self._last: Frame | None = None

    def fill(self, frame: Frame) -> memoryview:
        """Return ``frame`` as ffmpeg's ``yuv420p``; the next call writes to the same place."""
        if self._last is None:
            self._last = frame.copy()
            self._fill_rows(0, frame.shape[0])
            return self._bytes.data
        changed = np.flatnonzero((_rows(frame) != _rows(self._last)).any(axis=1))
        if changed.size:
            top, bottom = int(changed[0]) // 2 * 2, (int(changed[-1]) // 2 + 1) * 2
            self._last[top:bottom] = frame[top:bottom]
            self._fill_rows(top, bottom)
        return self._bytes.data

    def _fill_rows(self, top: int, bottom: int) -> None:
        assert self._last is not None  # noqa: S101 - who calls has set it
        mixed = cv2.transform(self._last[top:bottom], _LIMITED)
        cv2.extractChannel(mixed, 0, self._brightness[top:bottom])
        size = (mixed.shape[1] // 2, mixed.shape[0] // 2)
        smaller = cv2.resize(mixed, size, interpolation=cv2.INTER_AREA)
        for channel, plane in enumerate(self._colours, start=1):
            cv2.extractChannel(smaller, channel, plane[top // 2 : bottom // 2])


def _rows(frame: Frame) -> NDArray[np.uint8] | NDArray[np.uint64]:
    """The rows of ``frame``, in as few numbers as can be compared instead of its bytes."""
    rows = frame.reshape(frame.shape[0], -1)
    return rows.view(np.uint64) if rows.shape[1] % 8 == 0 else rows

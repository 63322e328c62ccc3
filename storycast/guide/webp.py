"""WebP files: lossless where text is; where a photograph would be large, a little is rounded."""

from __future__ import annotations

import io

import cv2
import numpy as np
from PIL import Image

from storycast.drawing import Frame

__all__ = ["encode_webp"]

_LARGE = 400_000
"""Bytes: pages without photographs take a half or a third of it."""

_TILE = 32
_MANY_COLOURS = 0.3
"""Text and drawings have few colours in a tile; where more than this share of its pixels differ
from each other it shows a photograph."""

_STEPS = (4, 8)
"""Of 255: what rounding by so much changes in a photograph is not seen (±2, ±4)."""

# A third of the bytes of a PNG in about four times its time; more effort gains a tenth for twice
# the time (docs/decisions/0012-pictures-in-pages.md).
_EFFORT = {"method": 1, "quality": 0}


def encode_webp(frame: Frame) -> bytes:
    """``frame`` as WebP; the same bytes for the same pixels.

    Nothing is lost but in a picture of more than 400 kB, and there only in photographs.
    """
    packed = _pack(frame)
    if len(packed) <= _LARGE:
        return packed
    photograph = _photograph(frame)
    for step in _STEPS if photograph.any() else ():
        rounded = (frame.astype(np.uint16) + step // 2) // step * step
        packed = _pack(np.where(photograph[..., None], np.minimum(rounded, 255), frame))
        if len(packed) <= _LARGE:
            break
    return packed


def _pack(frame: Frame) -> bytes:
    packed = io.BytesIO()
    Image.fromarray(np.asarray(frame, np.uint8)).save(packed, "WEBP", lossless=True, **_EFFORT)
    return packed.getvalue()


def _photograph(frame: Frame) -> np.ndarray[tuple[int, int], np.dtype[np.bool_]]:
    """Which pixels belong to tiles that show a photograph."""
    height, width = frame.shape[:2]
    rows, columns = -(-height // _TILE), -(-width // _TILE)
    padded = cv2.copyMakeBorder(
        frame, 0, rows * _TILE - height, 0, columns * _TILE - width, cv2.BORDER_REPLICATE
    ).astype(np.uint32)
    colours = padded[..., 0] << 16 | padded[..., 1] << 8 | padded[..., 2]
    tiles = colours.reshape(rows, _TILE, columns, _TILE).swapaxes(1, 2).reshape(rows, columns, -1)
    different = (np.diff(np.sort(tiles, axis=2), axis=2) != 0).mean(axis=2)
    busy = np.repeat(np.repeat(different > _MANY_COLOURS, _TILE, axis=0), _TILE, axis=1)
    return busy[:height, :width]

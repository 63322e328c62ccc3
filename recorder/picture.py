"""Pictures as arrays: what differs between two of them, in whole CSS pixels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
from numpy.typing import NDArray

from recorder.take import Box

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Picture", "crop", "decode_picture", "encode_picture", "find_difference", "read_picture"]

Picture = NDArray[np.uint8]
"""Rows of pixels in blue, green and red."""

_COMPRESSION = [cv2.IMWRITE_PNG_COMPRESSION, 3]


def decode_picture(png: bytes) -> Picture:
    """The pixels of a PNG."""
    return _checked(cv2.imdecode(np.frombuffer(png, np.uint8), cv2.IMREAD_COLOR))


def read_picture(path: Path) -> Picture:
    """The pixels of the PNG at ``path``."""
    return decode_picture(path.read_bytes())


def encode_picture(picture: Picture) -> bytes:
    """``picture`` as a PNG; the same bytes for the same pixels."""
    _, content = cv2.imencode(".png", picture, _COMPRESSION)
    return content.tobytes()


def crop(picture: Picture, box: Box, scale: int) -> Picture:
    """The part of ``picture`` in ``box``, whose edges are whole CSS pixels."""
    left, top, right, bottom = _edges(box)
    return picture[top * scale : bottom * scale, left * scale : right * scale]


def find_difference(before: Picture, after: Picture, scale: int) -> Box | None:
    """The smallest box of whole CSS pixels that holds all that differs; None where nothing does.

    Both pictures are of the same size; the box counts from their corner.
    """
    differs = (before != after).any(axis=2)
    rows, columns = np.flatnonzero(differs.any(axis=1)), np.flatnonzero(differs.any(axis=0))
    if not rows.size:
        return None
    left, top = int(columns[0]) // scale, int(rows[0]) // scale
    right, bottom = int(columns[-1]) // scale + 1, int(rows[-1]) // scale + 1
    return Box(x=left, y=top, width=right - left, height=bottom - top)


def _edges(box: Box) -> tuple[int, int, int, int]:
    return round(box.x), round(box.y), round(box.x + box.width), round(box.y + box.height)


def _checked(found: Any) -> Picture:
    if found is None:
        raise ValueError("This is no picture.")
    picture: Picture = found
    return picture

"""PNG files and frames: shots as they were taken, and pictures that lose nothing."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np

from storycast.drawing.layer import Frame
from storycast.errors import FilmError

__all__ = ["encode_png", "load_shot"]

# Pages are flat: unfiltered rows repeat, so they become smaller than filtered ones, and sooner.
# Lossless WebP takes a third of the bytes and fifteen times as long.
_SMALL = [cv2.IMWRITE_PNG_COMPRESSION, 7, cv2.IMWRITE_PNG_FILTER, cv2.IMWRITE_PNG_FILTER_NONE]


def load_shot(path: Path) -> Frame:
    """Read a shot as it was taken.

    Raises ``FilmError`` where it is missing or is no picture.
    """
    try:
        packed = np.frombuffer(path.read_bytes(), np.uint8)
    except OSError as error:
        raise FilmError(
            f"The take has no shot {path}: {error.strerror}.", "Record the storyboard again."
        ) from error
    picture = cv2.imdecode(packed, cv2.IMREAD_COLOR_RGB) if packed.size else None
    if picture is None:
        raise FilmError(f"The shot {path} is no picture.", "Record the storyboard again.")
    return np.asarray(picture, np.uint8)


def encode_png(frame: Frame) -> bytes:
    """``frame`` as a PNG; the same bytes for the same pixels."""
    _, packed = cv2.imencode(".png", cv2.cvtColor(frame, cv2.COLOR_RGB2BGR), _SMALL)
    return packed.tobytes()

"""The difference: how much of two shots is not the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt

from recorder.take import Box
from storycast.drawing import Frame, load_shot
from storycast.guide.picture import area_slices

__all__ = ["Measure", "open_measure"]

_TILE = 16  # CSS pixels; text that changes fills its tiles, not just its ink's pixels
_FLAT = 2.0  # of 255: an area whose brightness varies less shows nothing
_UNSEEN = 24  # of 255: a difference that smoothing makes and no reader sees

_Changes = npt.NDArray[np.bool_]

Measure = Callable[[Sequence[Path], Box | None, Sequence[Box]], float]
"""Tells how much two shots differ, 0 to 1: in a box, or else outside of masks."""


def open_measure(scale: int) -> Measure:
    """What compares shots with ``scale`` pixels to a CSS pixel; it keeps those that it has read."""
    read = lru_cache(maxsize=4)(load_shot)

    def measure(shots: Sequence[Path], box: Box | None, masks: Sequence[Box]) -> float:
        one, other = map(read, shots)
        if box is not None:
            place = area_slices(box, scale)
            return _form_change(one[place], other[place])
        changed = _changed_pixels(one, other)
        for mask in masks:
            changed[area_slices(mask, scale)] = False
        return _tile_share(changed, _TILE * scale)

    return measure


def _changed_pixels(one: Frame, other: Frame) -> _Changes:
    red, green, blue = cv2.split(cv2.absdiff(one, other))
    changed: _Changes = cv2.max(cv2.max(red, green), blue) > _UNSEEN
    return changed


def _tile_share(changed: _Changes, side: int) -> float:
    """The share of tiles, ``side`` pixels wide and high, in which anything changed."""
    height, width = changed.shape
    padded = np.pad(changed, ((0, -height % side), (0, -width % side)))
    tiles = padded.reshape(padded.shape[0] // side, side, padded.shape[1] // side, side)
    return float(tiles.any(axis=(1, 3)).mean())


def _form_change(one: Frame, other: Frame) -> float:
    """0 where both show the same forms, in whichever colours; 1 where they share none."""
    if not one.size:
        return 1.0
    grey, grey_other = (picture.mean(axis=2).ravel() for picture in (one, other))
    shows, other_shows = grey.std() > _FLAT, grey_other.std() > _FLAT
    if not (shows and other_shows):
        return float(shows != other_shows)
    return 1.0 - abs(float(np.corrcoef(grey, grey_other)[0, 1]))

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from recorder.take import Box, Point
from storycast.timeline import Clip, Picture, Roll
from storycast.verify.camera import Camera
from storycast.verify.picture import EvenQuestion, is_blank_page
from storycast.verify.reference import Shots

_SIZE = (128, 72)
_BOX = Box(x=0, y=0, width=_SIZE[0], height=_SIZE[1])
_WHITE, _BLACK = 235, 16  # as a film stores them


@pytest.fixture
def shots(tmp_path: Path) -> Shots:
    """Two shots of a white page with a bar at its top or its end."""
    for name, rows in (("top", slice(0, 9)), ("end", slice(-9, None))):
        page = np.full((_SIZE[1] * 2, _SIZE[0] * 2, 3), 255, np.uint8)
        page[rows] = 0
        cv2.imwrite(str(tmp_path / f"{name}.png"), page)
    return Shots(tmp_path, Camera(_SIZE, _SIZE))


def _is_blank_page(shots: Shots, level: int, at_ms: float) -> bool:
    """Whether a frame of one colour is the page's while a long page is scrolled from 1 s to 2 s."""
    roll = Roll(
        start_ms=1000,
        end_ms=2000,
        box=_BOX,
        shots=((Point(x=0, y=0), "top"), (Point(x=0, y=9000), "end")),
    )
    pictures = (Picture(at_ms=0, shot="top"), Picture(at_ms=2000, shot="end"))
    clip = Clip(step=1, start_ms=0, duration_ms=4000, pictures=pictures, rolls=(roll,))
    return is_blank_page(clip, at_ms, level, shots)


def test_blank_part_that_is_scrolled_over_is_the_page_s(shots: Shots) -> None:
    assert _is_blank_page(shots, _WHITE, 1500)


@pytest.mark.parametrize(("level", "at_ms"), [(_BLACK, 1500), (_WHITE, 500), (_WHITE, 3000)])
def test_other_frames_of_one_colour_are_blank(shots: Shots, level: int, at_ms: float) -> None:
    assert not _is_blank_page(shots, level, at_ms)


def test_frames_of_one_colour_are_found_by_their_places() -> None:
    question = EvenQuestion(range(7, 10))
    noisy = np.arange(_SIZE[0] * _SIZE[1], dtype=np.uint8).reshape(_SIZE[::-1])
    for place, luma in enumerate((noisy, np.full_like(noisy, _BLACK), noisy)):
        question.see(place, luma)
    assert question.answer() == (3, [(1, _BLACK)])

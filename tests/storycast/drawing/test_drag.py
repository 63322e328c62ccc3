from __future__ import annotations

import numpy as np

from recorder.take import Box, Point
from storycast.drawing import draw_drag


def _frame() -> np.ndarray:
    frame = np.zeros((40, 60, 3), np.uint8)
    frame[10:20, 10:30] = 200
    return frame


def test_copy_is_seen_through_where_it_has_been_dragged_to() -> None:
    frame = _frame()
    draw_drag(frame, Box(x=5, y=5, width=10, height=5), Point(x=12, y=8), scale=2)
    assert (frame[10:20, 10:30] == 200).all()
    assert (frame[26:36, 34:54] == 140).all()
    frame[10:20, 10:30] = 0
    frame[26:36, 34:54] = 0
    assert not frame.any()


def test_what_is_outside_of_the_frame_is_left_out() -> None:
    frame = _frame()
    draw_drag(frame, Box(x=5, y=5, width=10, height=5), Point(x=-10, y=13), scale=2)
    assert (frame[36:40, 0:10] == 140).all()
    assert not frame[36:40, 10:].any()
    before = frame.copy()
    draw_drag(frame, Box(x=5, y=5, width=10, height=5), Point(x=99, y=0), scale=2)
    assert np.array_equal(frame, before)

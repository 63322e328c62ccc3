"""What is dragged: a copy of its own picture that goes with the pointer, seen through."""

from __future__ import annotations

import cv2

from recorder.take import Box, Point
from storycast.drawing.layer import Area, Frame

__all__ = ["draw_drag"]

_STRENGTH = 0.7


def draw_drag(frame: Frame, box: Box, way: Point, *, scale: float) -> None:
    """Draw what ``frame`` shows in ``box`` once more, ``way`` to the right of it and below.

    Both are in CSS pixels, of which each is ``scale`` pixels of the frame; what would lie outside
    of the frame is left out.
    """
    right, down = round(way.x * scale), round(way.y * scale)
    whole = Area(0, 0, frame.shape[1], frame.shape[0])
    taken = Area(
        round(box.x * scale),
        round(box.y * scale),
        round((box.x + box.width) * scale),
        round((box.y + box.height) * scale),
    ).within(whole)
    laid = taken.moved(right, down).within(whole)
    if laid.empty:
        return
    picture = _part(frame, laid.moved(-right, -down)).copy()
    below = _part(frame, laid)
    below[:] = cv2.addWeighted(picture, _STRENGTH, below, 1 - _STRENGTH, 0)


def _part(frame: Frame, area: Area) -> Frame:
    return frame[area.top : area.bottom, area.left : area.right]

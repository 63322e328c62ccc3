"""Rolls: content that glides through a part of the page, over real pixels of the page."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import numpy as np

from recorder.take import Box
from storycast.drawing import Frame
from storycast.film.frame import Rolled
from storycast.timeline import Roll

__all__ = ["roll_content"]


def roll_content(
    picture: Frame, rolled: Rolled, shot: Callable[[str], Frame], viewport_width: int
) -> Frame:
    """``picture`` with the content of a roll where it is on its way.

    The content is put together from shots whose ends overlap; where two leave a gap (a very long
    way), they are joined without it. ``shot`` reads a shot; what is fixed stays as in ``picture``.
    """
    roll = rolled.roll
    scale = picture.shape[1] / viewport_width
    rows = abs(roll.shots[-1][0].y - roll.shots[0][0].y)
    columns = abs(roll.shots[-1][0].x - roll.shots[0][0].x)
    result = picture.copy()
    window = _part(result, roll.box, scale)
    if columns > rows:
        _fill(window.swapaxes(0, 1), rolled, shot, scale, across=True)
    else:
        _fill(window, rolled, shot, scale, across=False)
    for box in roll.fixed:
        _part(result, box, scale)[:] = _part(picture, box, scale)
    return result


def _fill(
    window: Frame, rolled: Rolled, shot: Callable[[str], Frame], scale: float, *, across: bool
) -> None:
    """Fill ``window``, whose first axis is the one that rolls."""
    length = window.shape[0]
    places = _places(rolled.roll, scale, length, across=across)
    start = places[0] + (places[-1] - places[0]) * rolled.part
    begin = round(start)
    order = np.argsort(places, kind="stable")
    sources = [rolled.roll.shots[index][1] for index in order]
    tops = [round(places[index]) for index in order]
    done = 0
    for top, name, following in zip(tops, sources, [*tops[1:], None], strict=True):
        # Each shot is used up to the middle of what it shares with the next.
        last = top + length if following is None else (following + top + length) // 2
        first, end = max(begin + done, top), min(begin + length, last)
        if end <= first:
            continue
        source = _part(shot(name), rolled.roll.box, scale)
        lines = source.swapaxes(0, 1) if across else source
        count = min(end - first, lines.shape[0] - (first - top))
        window[first - begin : first - begin + count] = lines[first - top : first - top + count]
        done = first - begin + count


def _places(roll: Roll, scale: float, length: int, *, across: bool) -> list[float]:
    """Where each shot's first line lies on the strip, in pixels; gaps are left out."""
    offsets = [(point.x if across else point.y) * scale for point, _ in roll.shots]
    places = [0.0]
    for before, offset in pairwise(offsets):
        step = max(-length, min(length, offset - before))
        places.append(places[-1] + step)
    return places


def _part(picture: Frame, box: Box, scale: float) -> Frame:
    left, upper = max(0, round(box.x * scale)), max(0, round(box.y * scale))
    right, lower = round((box.x + box.width) * scale), round((box.y + box.height) * scale)
    return picture[upper:lower, left:right]

"""Rolls: what glides through a window is the page's own pixels, in order, without a seam."""

from __future__ import annotations

import numpy as np
import pytest

from recorder.take import Box, Point
from storycast.drawing import Frame
from storycast.film.frame import Rolled
from storycast.film.roll import roll_content
from storycast.timeline import Roll

WIDTH, HEIGHT = 40, 60
WINDOW = Box(x=5, y=10, width=30, height=40)


def _shot(offset: int, *, across: bool = False) -> Frame:
    """A page whose window shows, at each pixel, how far down the content it lies."""
    shot = np.full((HEIGHT, WIDTH, 3), 255, np.uint8)
    if across:
        shot[10:50, 5:35] = (offset + np.arange(30, dtype=np.uint8))[None, :, None]
    else:
        shot[10:50, 5:35] = (offset + np.arange(40, dtype=np.uint8))[:, None, None]
    return shot


def _rolled(part: float, *offsets: int, across: bool = False, fixed: tuple[Box, ...] = ()) -> Frame:
    shots = {str(offset): _shot(offset, across=across) for offset in offsets}
    points = [Point(x=at, y=0) if across else Point(x=0, y=at) for at in offsets]
    roll = Roll(
        start_ms=0,
        end_ms=1000,
        box=WINDOW,
        shots=tuple((point, name) for point, name in zip(points, shots, strict=True)),
        fixed=fixed,
    )
    return roll_content(shots[str(offsets[0])], Rolled(roll, part), shots.__getitem__, WIDTH)


@pytest.mark.parametrize("part", [0.0, 0.25, 0.5, 0.9, 1.0])
@pytest.mark.parametrize("offsets", [(0, 20), (20, 0), (0, 30, 60), (60, 30, 0), (100, 80)])
def test_content_glides_without_a_seam(part: float, offsets: tuple[int, ...]) -> None:
    column = _rolled(part, *offsets)[10:50, 20, 0].astype(int)
    start = round(offsets[0] + (offsets[-1] - offsets[0]) * part)
    assert column.tolist() == list(range(start, start + 40))


def test_content_glides_sideways() -> None:
    row = _rolled(0.5, 0, 20, across=True)[20, 5:35, 0].astype(int)
    assert row.tolist() == list(range(10, 40))


def test_page_around_the_window_stays() -> None:
    picture = _rolled(0.5, 0, 20)
    picture[10:50, 5:35] = 255
    assert (picture == 255).all()


def test_fixed_parts_stay() -> None:
    bar = Box(x=5, y=10, width=30, height=4)
    picture = _rolled(0.5, 0, 20, fixed=(bar,))
    assert picture[10:14, 20, 0].tolist() == [0, 1, 2, 3]
    assert picture[14, 20, 0] == 14


def test_very_long_way_is_joined_without_its_middle() -> None:
    column = _rolled(0.5, 0, 120)[10:50, 20, 0].astype(int)
    assert column.tolist() == [*range(20, 40), *range(120, 140)]

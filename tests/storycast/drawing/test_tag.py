from __future__ import annotations

import numpy as np
import pytest

from storycast.drawing import draw_call, draw_tag
from storycast.look import DEFAULT_LOOK
from storycast.timeline import Corner, Person

_SIZE = (540, 960, 3)
_KEVIN = Person(name="Kevin (instructor)", colour="#225de5")


def _changed(person: Person, corner: Corner | None) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of what a tag changes; without a corner it is large."""
    frame = np.full(_SIZE, 128, np.uint8)
    if corner is None:
        draw_call(frame, person, look=DEFAULT_LOOK, strength=1)
    else:
        draw_tag(frame, person, corner, look=DEFAULT_LOOK)
    rows, columns = np.nonzero((frame != 128).any(axis=2))
    assert (frame == (0x22, 0x5D, 0xE5)).all(axis=2).any()
    return columns.min(), rows.min(), columns.max(), rows.max()


@pytest.mark.parametrize("corner", list(Corner))
def test_tag_stands_in_its_corner(corner: Corner) -> None:
    left, top, right, bottom = _changed(_KEVIN, corner)
    assert (left > 480) == (corner in (Corner.TOP_RIGHT, Corner.BOTTOM_RIGHT))
    assert (top > 270) == (corner in (Corner.BOTTOM_LEFT, Corner.BOTTOM_RIGHT))
    assert 0 < left < right < 959
    assert 0 < top < bottom < 539
    assert bottom - top < 0.075 * 540


def test_tag_of_a_long_name_is_no_wider_than_the_cut_leaves_it() -> None:
    person = Person(name="Somebody whose name is longer than anybody would read", colour="#225de5")
    left, _, right, _ = _changed(person, Corner.TOP_LEFT)
    assert right - left < 0.34 * 960


def test_name_is_seen_large_in_the_middle() -> None:
    left, top, right, bottom = _changed(_KEVIN, None)
    assert abs(left + right - 959) <= 4
    assert bottom - top > 2 * 0.04 * 540


def test_name_that_is_not_called_is_not_seen() -> None:
    frame = np.full(_SIZE, 128, np.uint8)
    draw_call(frame, _KEVIN, look=DEFAULT_LOOK, strength=0)
    assert (frame == 128).all()

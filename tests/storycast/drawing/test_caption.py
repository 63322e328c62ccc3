from __future__ import annotations

import numpy as np
import pytest

from storycast.drawing import draw_caption
from storycast.look import DEFAULT_LOOK
from storycast.timeline import CaptionPlace


def _rows(place: CaptionPlace, *lines: str, size: tuple[int, int] = (540, 960)) -> tuple[int, int]:
    """The first and last row that a caption changes."""
    frame = np.full((*size, 3), 255, np.uint8)
    draw_caption(frame, lines, place, look=DEFAULT_LOOK)
    rows = np.flatnonzero((frame != 255).any(axis=(1, 2)))
    return int(rows[0]), int(rows[-1])


@pytest.mark.parametrize(
    ("place", "inside"),
    [
        (CaptionPlace.LOW, (0.8, 1.0)),
        (CaptionPlace.RAISED, (0.67, 0.86)),
        (CaptionPlace.HIGH, (0.0, 0.2)),
    ],
)
def test_caption_needs_no_more_than_the_cut_leaves_it(
    place: CaptionPlace, inside: tuple[float, float]
) -> None:
    first, last = _rows(place, "Two lines of a caption", "that tells what is done")
    assert inside[0] * 540 <= first < last <= inside[1] * 540


def test_long_line_is_made_smaller() -> None:
    frame = np.zeros((270, 480, 3), np.uint8)
    draw_caption(frame, ["W" * 42], CaptionPlace.LOW, look=DEFAULT_LOOK)
    columns = np.flatnonzero((frame != 0).any(axis=(0, 2)))
    assert columns[0] > 0
    assert columns[-1] < 479


@pytest.mark.parametrize("line", ["خلية فارغة", "実行します。", "Grüße & <b>"])
def test_every_script_is_written(line: str) -> None:
    assert _rows(CaptionPlace.LOW, line) != _rows(CaptionPlace.HIGH, line)


def test_no_lines_are_nothing() -> None:
    frame = np.zeros((90, 160, 3), np.uint8)
    draw_caption(frame, [], CaptionPlace.LOW, look=DEFAULT_LOOK)
    assert not frame.any()

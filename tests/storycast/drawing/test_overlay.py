from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from recorder.take import Box, Point
from storycast.drawing import Frame, draw_mark, draw_pointer, draw_press, load_shot
from storycast.errors import FilmError
from storycast.look import DEFAULT_LOOK, Look
from storycast.timeline import CursorShape, PressKind
from tests.storycast.sample import write_sample

_BOX = Box(x=60, y=40, width=80, height=30)


def _page(shade: int = 255) -> Frame:
    return np.full((200, 400, 3), shade, np.uint8)


def _mark(frame: Frame, box: Box, scale: float = 1.0, strength: float = 1.0) -> Frame:
    draw_mark(frame, box, scale=scale, look=DEFAULT_LOOK, strength=strength)
    return frame


def test_ring_runs_around_the_box_and_leaves_its_inside_clean() -> None:
    frame = _mark(_page(), _BOX)
    ring_row = round(_BOX.y - DEFAULT_LOOK.ring_padding)
    assert frame[ring_row, 100].tolist() == list(DEFAULT_LOOK.ring_colour)
    assert (frame[40:70, 60:140] == 255).all()


@pytest.mark.parametrize("shade", [0, 255])
def test_ring_is_seen_on_light_and_dark_pages(shade: int) -> None:
    changed = np.abs(_mark(_page(shade), _BOX).astype(int) - shade).max(axis=2)
    assert changed.max() > 150


def test_ring_of_a_wide_box_equals_the_ring_drawn_in_one_piece() -> None:
    small = _mark(_page(), Box(x=100, y=60, width=40, height=30))
    large = _mark(_page(), Box(x=100, y=60, width=240, height=90))
    assert np.array_equal(small[30:75, 70:120], large[30:75, 70:120])


@pytest.mark.parametrize(
    "box",
    [
        Box(x=20, y=20, width=0, height=30),
        Box(x=20, y=20, width=30, height=0),
        Box(x=-500, y=20, width=30, height=30),
        Box(x=20, y=5000, width=30, height=30),
    ],
)
def test_box_without_size_or_outside_of_the_page_has_no_ring(box: Box) -> None:
    assert (_mark(_page(), box) == 255).all()


def test_ring_of_a_box_larger_than_the_page_runs_just_inside_of_its_edge() -> None:
    frame = _mark(_page(), Box(x=-900, y=-900, width=5000, height=5000))
    assert frame[2, 200].tolist() == list(DEFAULT_LOOK.ring_colour)
    assert frame[197, 200].tolist() == list(DEFAULT_LOOK.ring_colour)
    assert (frame[100, 200] == 255).all()


def test_box_that_barely_reaches_into_the_page_is_harmless() -> None:
    for padding in (0.0, 6.0):
        draw_mark(
            _page(), Box(x=-50, y=-50, width=50.5, height=50.5), scale=1.0,
            look=Look(ring_padding=padding),
        )  # fmt: skip


def test_ring_of_strength_zero_is_not_there() -> None:
    assert (_mark(_page(), _BOX, strength=0.0) == 255).all()


def test_ring_grows_with_the_scale() -> None:
    one, two = _mark(_page(), _BOX), _mark(_page(), _BOX, scale=2.0)
    touched = [(frame != 255).any(axis=2).sum() for frame in (one, two)]
    assert touched[1] > 2 * touched[0]


@pytest.mark.parametrize("shape", list(CursorShape))
@pytest.mark.parametrize("shade", [0, 255])
def test_pointer_is_seen_on_light_and_dark_pages(shape: CursorShape, shade: int) -> None:
    frame = _page(shade)
    draw_pointer(frame, Point(x=100, y=80), shape, scale=1.5, look=DEFAULT_LOOK)
    assert np.abs(frame.astype(int) - shade).max() > 150


def test_arrow_points_with_its_tip() -> None:
    frame = _page()
    draw_pointer(frame, Point(x=100, y=80), CursorShape.ARROW, scale=1.0, look=DEFAULT_LOOK)
    rows, columns = np.nonzero((frame < 128).all(axis=2))
    assert abs(rows.min() - 80) <= 1
    assert abs(columns.min() - 100) <= 1


def test_pointer_moves_by_parts_of_a_pixel() -> None:
    frames = []
    for x in (100.0, 100.25, 100.5):
        frame = _page()
        draw_pointer(frame, Point(x=x, y=80), CursorShape.ARROW, scale=1.0, look=DEFAULT_LOOK)
        frames.append(frame)
    assert not np.array_equal(frames[0], frames[1])
    assert not np.array_equal(frames[1], frames[2])


@pytest.mark.parametrize("place", [(-3, -3), (399, 199), (-900, 50), (200, 900)])
@pytest.mark.parametrize("shape", list(CursorShape))
def test_pointer_at_the_edge_or_outside_is_harmless(
    place: tuple[int, int], shape: CursorShape
) -> None:
    point = Point(x=place[0], y=place[1])
    draw_pointer(_page(), point, shape, scale=1.5, look=DEFAULT_LOOK)


def _press(kind: PressKind, progress: float) -> Frame:
    frame = _page()
    point = Point(x=200, y=100)
    draw_press(frame, point, kind, progress=progress, scale=1.0, look=DEFAULT_LOOK)
    return frame


def test_ripple_grows_and_is_gone_in_the_end() -> None:
    touched = [(_press(PressKind.SINGLE, part) != 255).any(axis=2).sum() for part in (0.1, 0.5, 1)]
    assert 0 < touched[0] < touched[1]
    assert touched[2] == 0


def test_each_kind_of_press_looks_different() -> None:
    single, double, context = (_press(kind, 0.5) for kind in PressKind)
    assert not np.array_equal(single, double)
    assert not np.array_equal(single, context)
    assert not np.array_equal(double, context)


def test_shot_is_read_with_red_first(tmp_path: Path) -> None:
    sample = write_sample(tmp_path, scale=1, viewport=(640, 360))
    shot = load_shot(sample.take_folder / "shots" / ("a" * 16 + ".png"))
    assert shot.shape == (360, 640, 3)
    assert shot[0, 0].tolist() == [0xF4, 0xF6, 0xFA]


def test_missing_shot_is_named(tmp_path: Path) -> None:
    with pytest.raises(FilmError, match=r"no shot .*gone\.png"):
        load_shot(tmp_path / "gone.png")


@pytest.mark.parametrize("content", [b"", b"no picture"])
def test_damaged_shot_is_named(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "bad.png"
    path.write_bytes(content)
    with pytest.raises(FilmError, match=r"bad\.png is no picture"):
        load_shot(path)

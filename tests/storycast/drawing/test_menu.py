from __future__ import annotations

import numpy as np
import pytest

from recorder.take import Box
from storycast.drawing import Frame, draw_menu, option_centre
from storycast.look import DEFAULT_LOOK
from storycast.timeline import Menu

_VIEWPORT = (640, 400)


def _menu(count: int, y: float = 40, places: tuple[tuple[int, int | None], ...] = ()) -> Menu:
    return Menu(
        start_ms=0, end_ms=3000, box=Box(x=100, y=y, width=150, height=30),
        options=tuple(f"Option {index}" for index in range(count)), places=places,
    )  # fmt: skip


def _drawn(menu: Menu, at_ms: float = 1500, scale: float = 1.0) -> Frame:
    frame = np.full((int(400 * scale), int(640 * scale), 3), 120, np.uint8)
    draw_menu(frame, menu, at_ms, scale=scale, look=DEFAULT_LOOK)
    return frame


def _panel(frame: Frame) -> tuple[int, int]:
    """The first and the last row of the list."""
    rows = np.nonzero((frame == DEFAULT_LOOK.panel_colour).all(axis=2))[0]
    return int(rows.min()), int(rows.max())


@pytest.mark.parametrize("scale", [1.0, 1.5])
@pytest.mark.parametrize("y", [40.0, 185.0, 365.0])
@pytest.mark.parametrize(("count", "option"), [(4, 0), (4, 3), (30, 0), (30, 17), (30, 29)])
def test_pointer_goes_to_the_option_that_is_lit(
    scale: float, y: float, count: int, option: int
) -> None:
    menu = _menu(count, y, ((0, 2), (1000, option)))
    frame = _drawn(menu, scale=scale)
    point = option_centre(menu, option, _VIEWPORT)
    lit = np.nonzero((frame == DEFAULT_LOOK.accent_colour).all(axis=2))[0]
    assert lit.min() <= point.y * scale <= lit.max()
    assert (lit.min() + lit.max()) / 2 == pytest.approx(point.y * scale, abs=1.5)
    row = frame[round(point.y * scale)]
    assert (row == DEFAULT_LOOK.accent_colour).all(axis=1).any()


def test_list_lies_below_where_there_is_room_and_else_above() -> None:
    assert _panel(_drawn(_menu(4)))[0] >= 70
    assert _panel(_drawn(_menu(4, y=365)))[1] <= 365


def test_long_list_shows_ten_rows_at_most() -> None:
    ten, thirty = (_panel(_drawn(_menu(count))) for count in (10, 30))
    assert ten == thirty


def test_long_list_stays_in_the_page() -> None:
    first, last = _panel(_drawn(_menu(30, y=185)))
    assert first >= 0
    assert last < 400


def test_list_is_scrolled_no_further_than_it_must() -> None:
    menu = _menu(30, places=((0, 3), (1000, 5)))
    assert option_centre(menu, 3, _VIEWPORT).y < option_centre(menu, 5, _VIEWPORT).y
    assert np.array_equal(
        _drawn(menu, 1500), _drawn(_menu(30, places=((0, 5),)), 1500)
    )  # fmt: skip


def test_list_has_scrolled_when_the_next_option_is_lit() -> None:
    menu = _menu(30, places=((0, 0), (1000, 20)))
    point = option_centre(menu, 20, _VIEWPORT)
    before, after = _drawn(menu, 999), _drawn(menu, 1000)
    assert before[round(point.y), 106].tolist() == list(DEFAULT_LOOK.panel_colour)
    assert after[round(point.y), 106].tolist() == list(DEFAULT_LOOK.accent_colour)


def test_options_that_cannot_be_chosen_are_grey_and_never_lit() -> None:
    menu = _menu(4, places=((0, 1),)).model_copy(update={"disabled": (1,)})
    assert not (_drawn(menu) == DEFAULT_LOOK.accent_colour).all(axis=2).any()


def test_wide_options_are_shortened_in_the_page() -> None:
    menu = _menu(3).model_copy(update={"options": ("word " * 80, "b", "")})
    columns = np.nonzero((_drawn(menu) == DEFAULT_LOOK.panel_colour).all(axis=2))[1]
    assert 0 < columns.min() < columns.max() < 639


@pytest.mark.parametrize("at_ms", [-1, 0, 3000, 4000])
def test_list_is_not_there_outside_of_its_time(at_ms: float) -> None:
    assert (_drawn(_menu(4), at_ms) == 120).all()


def test_list_fades_in() -> None:
    changed = [np.abs(_drawn(_menu(4), at).astype(int) - 120).sum() for at in (30, 60, 120)]
    assert changed[0] < changed[1] < changed[2]


def test_menu_without_options_has_no_list() -> None:
    assert (_drawn(_menu(0)) == 120).all()


def test_same_list_is_drawn_with_the_same_bytes() -> None:
    assert _drawn(_menu(12)).tobytes() == _drawn(_menu(12)).tobytes()

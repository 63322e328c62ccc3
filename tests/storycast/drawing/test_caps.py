from __future__ import annotations

import numpy as np
import pytest

from storycast.drawing import Frame, draw_caps
from storycast.look import DEFAULT_LOOK


def _drawn(*keys: str, progress: float = 0.5, size: tuple[int, int] = (360, 640)) -> Frame:
    frame = np.full((*size, 3), 120, np.uint8)
    draw_caps(frame, keys, look=DEFAULT_LOOK, progress=progress)
    return frame


def _bounds(frame: Frame) -> tuple[int, int, int, int]:
    rows, columns = np.nonzero((frame != 120).any(axis=2))
    return int(columns.min()), int(rows.min()), int(columns.max()), int(rows.max())


def test_caps_stand_in_the_lower_middle() -> None:
    left, top, right, bottom = _bounds(_drawn("Ctrl", "S"))
    assert abs((left + right) / 2 - 319.5) <= 1
    assert 250 < top < bottom < 350


def test_caps_grow_with_the_frame() -> None:
    small, large = _bounds(_drawn("Ctrl")), _bounds(_drawn("Ctrl", size=(720, 1280)))
    assert large[2] - large[0] == pytest.approx(2 * (small[2] - small[0]), rel=0.05)


def test_many_caps_become_smaller_until_they_fit() -> None:
    left, _, right, _ = _bounds(_drawn("Ctrl", "Shift", "Alt", "Backspace", "Enter ↵", "PgDn"))
    assert left > 0
    assert right < 639


@pytest.mark.parametrize("progress", [-0.1, 0.0, 1.0, 1.2])
def test_caps_have_not_come_or_are_gone(progress: float) -> None:
    assert (_drawn("Enter ↵", progress=progress) == 120).all()


def test_caps_without_keys_are_not_there() -> None:
    assert (_drawn() == 120).all()


def test_cap_is_pressed_and_comes_up_again() -> None:
    pressed, rests, later = (_drawn("S", progress=part) for part in (0.22, 0.5, 0.7))
    assert not np.array_equal(pressed, rests)
    assert np.array_equal(rests, later)


@pytest.mark.parametrize("sign", ["←", "→", "↑", "↓", "↵"])
def test_every_sign_is_drawn(sign: str) -> None:
    assert not np.array_equal(_drawn(sign), _drawn(" "))


def test_same_caps_are_drawn_with_the_same_bytes() -> None:
    assert _drawn("Ctrl", "S").tobytes() == _drawn("Ctrl", "S").tobytes()

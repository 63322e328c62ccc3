from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from recorder.take import Point
from storycast.drawing import Frame
from storycast.errors import FilmError
from storycast.film.composite import Composer
from storycast.film.frame import Layer, View
from storycast.look import DEFAULT_LOOK
from tests.storycast.sample import write_sample

_EMPTY, _TYPED = "a" * 16, "b" * 16
_VIEW = View((Layer(_EMPTY),))


def _composer(folder: Path, size: tuple[int, int]) -> Composer:
    sample = write_sample(folder, viewport=(640, 360))
    return Composer(sample.take_folder / "shots", (640, 360), size, DEFAULT_LOOK)


def _draw(composer: Composer, view: View) -> Frame:
    frame = composer.blank()
    composer.draw(view, frame)
    return frame


def test_page_of_the_film_s_shape_fills_the_frame(tmp_path: Path) -> None:
    frame = _draw(_composer(tmp_path, (320, 180)), _VIEW)
    assert (frame[[0, -1]] > 200).all()
    assert (frame[:, [0, -1]] > 200).all()


@pytest.mark.parametrize(
    ("size", "page"),
    [((320, 240), np.s_[30:210, :]), ((480, 180), np.s_[:, 80:400])],
)
def test_page_of_another_shape_is_letterboxed(
    tmp_path: Path, size: tuple[int, int], page: tuple[slice, slice]
) -> None:
    frame = _draw(_composer(tmp_path, size), _VIEW)
    inside = np.zeros(frame.shape[:2], bool)
    inside[page] = True
    assert (frame[~inside] == DEFAULT_LOOK.background).all()
    assert (frame[inside] != DEFAULT_LOOK.background).any(axis=1).all()


def test_pointer_never_leaves_the_page(tmp_path: Path) -> None:
    composer = _composer(tmp_path, (320, 240))
    frame = _draw(composer, replace(_VIEW, pointer=Point(x=300, y=355)))
    assert (frame[210:] == DEFAULT_LOOK.background).all()


def test_half_a_fade_is_the_mean_of_both_pictures(tmp_path: Path) -> None:
    composer = _composer(tmp_path, (640, 360))
    first = _draw(composer, _VIEW).astype(float)
    second = _draw(composer, replace(_VIEW, layers=(Layer(_TYPED),))).astype(float)
    mixed = _draw(composer, replace(_VIEW, layers=(Layer(_EMPTY), Layer(_TYPED, 0.5)))).astype(
        float
    )
    assert np.abs(mixed - (first + second) / 2).max() <= 1


def test_drawing_twice_on_one_frame_leaves_nothing_behind(tmp_path: Path) -> None:
    composer = _composer(tmp_path, (320, 240))
    frame = composer.blank()
    composer.draw(replace(_VIEW, pointer=Point(x=300, y=100)), frame)
    composer.draw(_VIEW, frame)
    assert np.array_equal(frame, _draw(composer, _VIEW))


def test_missing_shot_is_an_error(tmp_path: Path) -> None:
    composer = _composer(tmp_path, (320, 180))
    with pytest.raises(FilmError, match="no shot"):
        composer.draw(replace(_VIEW, layers=(Layer("gone"),)), composer.blank())

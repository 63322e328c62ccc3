from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from recorder.take import Box, Point
from storycast.drawing import Frame, load_shot
from storycast.errors import FilmError
from storycast.film.composite import Composer
from storycast.film.frame import Layer, Pointed, View
from storycast.look import DEFAULT_LOOK
from storycast.timeline import Card, CardKind
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


def test_patch_is_laid_where_it_belongs(tmp_path: Path) -> None:
    composer = _composer(tmp_path, (640, 360))
    patch = np.full((40, 80, 3), (255, 0, 0), np.uint8)
    shot = cv2.imread(str(tmp_path / "take" / "shots" / f"{_EMPTY}.png"))
    assert shot is not None
    scale = shot.shape[1] // 640
    cv2.imwrite(str(tmp_path / "take" / "shots" / "patch.png"), patch[:, :, ::-1])
    box = Box(x=100, y=50, width=80 / scale, height=40 / scale)
    frame = _draw(composer, View((Layer(_EMPTY), Layer("patch", box=box))))
    plain = _draw(composer, _VIEW)
    inside = np.zeros(frame.shape[:2], bool)
    inside[50 : 50 + 40 // scale, 100 : 100 + 80 // scale] = True
    assert (frame[inside] == (255, 0, 0)).all()
    assert (frame[~inside] == plain[~inside]).all()


def test_camera_at_rest_shows_the_shot_pixel_by_pixel(tmp_path: Path) -> None:
    composer = _composer(tmp_path, (640, 360))
    shot = load_shot(tmp_path / "take" / "shots" / f"{_EMPTY}.png")
    scale = shot.shape[1] / 640
    near = Box(x=20, y=10, width=640 / scale, height=360 / scale)
    frame = _draw(composer, replace(_VIEW, camera=near))
    left, top = round(20 * scale), round(10 * scale)
    assert (frame == shot[top : top + 360, left : left + 640]).all()


def test_camera_on_its_way_shows_the_same_but_for_smoothing(tmp_path: Path) -> None:
    composer = _composer(tmp_path, (640, 360))
    near = replace(_VIEW, camera=Box(x=20, y=10, width=480, height=270))
    resting, moving = _draw(composer, near), _draw(composer, replace(near, moving=True))
    difference = np.abs(resting.astype(int) - moving.astype(int))
    assert difference.mean() < 2


def test_mark_is_drawn_where_the_camera_sees_its_target(tmp_path: Path) -> None:
    composer = _composer(tmp_path, (640, 360))
    camera = Box(x=320, y=180, width=320, height=180)
    mark = Pointed(Box(x=400, y=220, width=80, height=40), 1.0)
    plain = _draw(composer, replace(_VIEW, camera=camera))
    marked = _draw(composer, replace(_VIEW, camera=camera, marks=(mark,)))
    rows, columns = (marked != plain).any(axis=2).nonzero()
    assert abs((columns.min() + columns.max()) / 2 - 240) < 2
    assert abs((rows.min() + rows.max()) / 2 - 120) < 2


def test_card_covers_all_and_fades(tmp_path: Path) -> None:
    composer = _composer(tmp_path, (640, 480))
    card = Card(start_ms=0, end_ms=1000, kind=CardKind.TITLE, heading="Title")
    whole = _draw(composer, replace(_VIEW, cards=((card, 1.0),))).astype(int)
    half = _draw(composer, replace(_VIEW, cards=((card, 0.5),))).astype(int)
    plain = _draw(composer, _VIEW).astype(int)
    assert np.abs(half - (whole + plain) / 2).max() <= 2

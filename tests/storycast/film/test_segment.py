from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from storycast.film.composite import Composer
from storycast.film.excerpt import excerpt
from storycast.film.ffmpeg import DELIMITER
from storycast.film.form import Format
from storycast.film.frame import view_at
from storycast.film.segment import make_segment, moving_frames, segment_frames, segment_name
from storycast.look import DEFAULT_LOOK, Look
from storycast.timeline import Clip
from tests.storycast.probe import decode_pictures
from tests.storycast.sample import Sample, write_sample

_FORM = Format(viewport=(1280, 720), size=(640, 360), fps=30, look=DEFAULT_LOOK)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    """A small take with its timeline."""
    return write_sample(tmp_path_factory.mktemp("sample"))


@pytest.fixture(scope="module")
def composer(sample: Sample) -> Composer:
    """What draws the sample's frames."""
    return Composer(sample.take_folder / "shots", _FORM.viewport, _FORM.size, _FORM.look)


@pytest.fixture(scope="module")
def shown(sample: Sample) -> Clip:
    """What moves in the sample's second clip: pointer, ring, press, and another picture."""
    return excerpt(sample.timeline.clips[1], 1000, 3200)


@pytest.fixture(scope="module")
def file(shown: Clip, composer: Composer, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The segment of that."""
    return make_segment(
        shown, _FORM, composer=lambda: composer, folder=tmp_path_factory.mktemp("segments")
    )


def test_segment_has_its_movement_and_a_rest(shown: Clip) -> None:
    frames = segment_frames(shown, _FORM)
    assert moving_frames(shown, _FORM) == 66
    assert frames[-1] < 66 + _FORM.rest <= frames[-1] + 30


def test_file_has_one_picture_for_each_frame(shown: Clip, file: Path) -> None:
    assert file.read_bytes().count(DELIMITER) == len(segment_frames(shown, _FORM))


def test_decoded_pictures_are_those_that_were_drawn(
    shown: Clip, composer: Composer, file: Path
) -> None:
    decoded = decode_pictures(file, _FORM.size)
    frames = segment_frames(shown, _FORM)
    drawn = composer.blank()
    for picture, frame in zip(decoded, frames, strict=True):
        composer.draw(view_at(shown, frame * 1000 / 30), drawn)
        assert np.abs(picture.astype(int) - drawn.astype(int)).mean() < 1.5


def test_same_segment_gives_the_same_bytes(
    shown: Clip, composer: Composer, file: Path, tmp_path: Path
) -> None:
    again = make_segment(shown, _FORM, composer=lambda: composer, folder=tmp_path)
    assert again.name == file.name
    assert again.read_bytes() == file.read_bytes()


def test_segment_that_is_there_is_not_made_again(
    shown: Clip, composer: Composer, file: Path
) -> None:
    before = file.stat()
    make_segment(shown, _FORM, composer=lambda: composer, folder=file.parent)
    assert file.stat().st_mtime_ns == before.st_mtime_ns


def test_all_that_is_seen_names_a_segment(shown: Clip) -> None:
    changes: tuple[dict[str, Any], ...] = (
        {},
        {"duration_ms": 2400},
        {"marks": ()},
        {"presses": ()},
        {"pointer": None},
    )
    names = {segment_name(shown.model_copy(update=change), _FORM) for change in changes}
    assert len(names) == len(changes)


def test_look_and_format_name_a_segment(shown: Clip) -> None:
    forms = (
        _FORM,
        Format(viewport=(1280, 720), size=(640, 360), fps=25, look=DEFAULT_LOOK),
        Format(viewport=(1280, 720), size=(1280, 720), fps=30, look=DEFAULT_LOOK),
        Format(viewport=(1280, 720), size=(640, 360), fps=30, look=Look(ring_width=5)),
    )
    assert len({segment_name(shown, form) for form in forms}) == 4

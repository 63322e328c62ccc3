from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from storycast.film.clip import Format, clip_name, make_clip
from storycast.film.composite import Composer
from storycast.film.frame import frames_to_encode, view_at
from storycast.look import DEFAULT_LOOK, Look
from storycast.timeline import Clip
from tests.storycast.probe import decode_picture, frame_times_ms, probe
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
def files(
    sample: Sample, composer: Composer, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, ...]:
    """The sample's three clips."""
    folder = tmp_path_factory.mktemp("clips")
    return tuple(
        make_clip(clip, _FORM, composer=composer, folder=folder) for clip in sample.timeline.clips
    )


def test_clip_lasts_exactly_as_long_as_it_says(sample: Sample, files: tuple[Path, ...]) -> None:
    for clip, file in zip(sample.timeline.clips, files, strict=True):
        stream = probe(file, "streams")["streams"][0]
        assert float(stream["duration"]) * 1000 == clip.duration_ms


def test_frames_are_those_that_were_planned(sample: Sample, files: tuple[Path, ...]) -> None:
    for clip, file in zip(sample.timeline.clips, files, strict=True):
        planned = [index * 1000 / 30 for index in frames_to_encode(clip, 30)]
        assert frame_times_ms(file) == pytest.approx(planned, abs=0.01)


def test_clip_starts_with_a_key_frame(files: tuple[Path, ...]) -> None:
    for file in files:
        assert probe(file, "packets")["packets"][0]["flags"].startswith("K")


def test_long_clip_has_a_key_frame_every_five_seconds(
    sample: Sample, composer: Composer, tmp_path: Path
) -> None:
    clip = sample.timeline.clips[0].model_copy(update={"duration_ms": 16000})
    packets = probe(make_clip(clip, _FORM, composer=composer, folder=tmp_path), "packets")
    keys = [float(p["pts_time"]) for p in packets["packets"] if p["flags"].startswith("K")]
    assert keys == [0, 5, 10, 15]


@pytest.mark.parametrize("at_ms", [500, 2500, 3000, 3900])
def test_decoded_picture_is_the_one_that_was_drawn(
    sample: Sample, composer: Composer, files: tuple[Path, ...], at_ms: int
) -> None:
    drawn = composer.blank()
    composer.draw(view_at(sample.timeline.clips[1], at_ms), drawn)
    decoded = decode_picture(files[1], at_ms, _FORM.size)
    assert np.abs(decoded.astype(int) - drawn.astype(int)).mean() < 1.5


def test_same_clip_gives_the_same_bytes(
    sample: Sample, composer: Composer, files: tuple[Path, ...], tmp_path: Path
) -> None:
    again = make_clip(sample.timeline.clips[1], _FORM, composer=composer, folder=tmp_path)
    assert again.name == files[1].name
    assert again.read_bytes() == files[1].read_bytes()


def test_clip_that_is_there_is_not_made_again(
    sample: Sample, composer: Composer, files: tuple[Path, ...]
) -> None:
    before = files[0].stat()
    make_clip(sample.timeline.clips[0], _FORM, composer=composer, folder=files[0].parent)
    assert files[0].stat().st_mtime_ns == before.st_mtime_ns


def _names(clip: Clip, *others: Clip) -> set[str]:
    return {clip_name(one, _FORM) for one in (clip, *others)}


def test_place_in_the_film_and_words_do_not_name_a_clip(sample: Sample) -> None:
    clip = sample.timeline.clips[1]
    assert len(_names(clip, clip.model_copy(update={"start_ms": 0, "step": 9, "speech": ()}))) == 1


def test_all_that_is_seen_names_a_clip(sample: Sample) -> None:
    clip = sample.timeline.clips[1]
    changes = ({"duration_ms": 4200}, {"marks": ()}, {"presses": ()}, {"pointer": None})
    assert len(_names(clip, *(clip.model_copy(update=change) for change in changes))) == 5


def test_look_and_format_name_a_clip(sample: Sample) -> None:
    forms = (
        _FORM,
        Format(viewport=(1280, 720), size=(640, 360), fps=25, look=DEFAULT_LOOK),
        Format(viewport=(1280, 720), size=(1280, 720), fps=30, look=DEFAULT_LOOK),
        Format(viewport=(1280, 720), size=(640, 360), fps=30, look=Look(ring_width=5)),
    )
    assert len({clip_name(sample.timeline.clips[1], form) for form in forms}) == 4

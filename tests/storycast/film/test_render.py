from __future__ import annotations

import errno
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pysubs2
import pytest

from storycast.errors import FilmError
from storycast.film import render_film, write_poster
from storycast.film.composite import Composer
from storycast.film.frame import view_at
from storycast.look import DEFAULT_LOOK
from storycast.timeline import Timeline
from tests.storycast.probe import (
    decode_picture,
    decode_sound,
    extract_captions,
    frame_times_ms,
    probe,
)
from tests.storycast.sample import Sample, write_sample

_SIZE = (640, 360)
_CAPTIONS = """1
00:00:00,300 --> 00:00:02,700
Open the task list in your browser.

2
00:00:03,100 --> 00:00:04,600
It is empty & waiting.
"""


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    """A small take, track and timeline."""
    return write_sample(tmp_path_factory.mktemp("sample"))


def _render(sample: Sample, out: Path, cache: Path, **options: Any) -> Path:
    arguments: dict[str, Any] = {
        "timeline": sample.timeline,
        "captions": _CAPTIONS,
        "size": _SIZE,
    } | options
    render_film(
        take_folder=sample.take_folder, track_folder=sample.track_folder, out=out, cache=cache,
        **arguments,
    )  # fmt: skip
    return out


@pytest.fixture(scope="module")
def film(sample: Sample, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample's film."""
    folder = tmp_path_factory.mktemp("film")
    return _render(sample, folder / "film.mp4", folder / "cache")


def test_film_lasts_as_long_as_its_timeline(film: Path) -> None:
    seen = probe(film, "streams", "format")
    assert float(seen["format"]["duration"]) == pytest.approx(12, abs=1 / 30)
    for stream in seen["streams"][:2]:
        assert float(stream["duration"]) == pytest.approx(12, abs=0.001)


def test_every_frame_is_stored_where_that_is_asked_for(sample: Sample, tmp_path: Path) -> None:
    film = _render(sample, tmp_path / "film.mp4", tmp_path / "cache", constant_frame_rate=True)
    steady = [index * 1000 / 30 for index in range(12 * 30)]
    assert frame_times_ms(film) == pytest.approx(steady, abs=0.01)
    stream = probe(film, "streams")["streams"][0]
    assert stream["avg_frame_rate"] == stream["r_frame_rate"] == "30/1"


def test_film_has_what_browsers_play(film: Path) -> None:
    streams = probe(film, "streams")["streams"]
    assert [stream["codec_tag_string"] for stream in streams[:3]] == ["avc1", "mp4a", "tx3g"]
    assert [stream["tags"]["language"] for stream in streams[:3]] == ["eng"] * 3


def test_index_stands_before_the_pictures(film: Path) -> None:
    content = film.read_bytes()
    assert content.index(b"moov") < content.index(b"mdat")


def test_film_names_itself_and_its_chapters(film: Path) -> None:
    seen = probe(film, "chapters", "format")
    assert seen["format"]["tags"]["title"] == "Add a task"
    found = [
        (chapter["tags"]["title"], float(chapter["start_time"]), float(chapter["end_time"]))
        for chapter in seen["chapters"]
    ]
    assert found == [("The list", 0, 5), ("A task", 5, 12)]


def test_chapters_start_with_key_frames(film: Path) -> None:
    packets = probe(film, "packets")["packets"]
    keys = {
        float(packet["pts_time"])
        for packet in packets
        if packet["codec_type"] == "video" and packet["flags"].startswith("K")
    }
    assert {0.0, 5.0, 9.0} <= keys


def test_pictures_follow_one_another_in_time(film: Path) -> None:
    packets = probe(film, "packets")["packets"]
    times = [float(p["pts_time"]) for p in packets if p["codec_type"] == "video"]
    gaps = np.diff(times)
    assert gaps.min() >= 1 / 30 - 0.001
    assert gaps.max() <= 1.001


def test_captions_come_back_as_they_were(film: Path) -> None:
    found = pysubs2.SSAFile.from_string(extract_captions(film))
    assert [(line.start, line.end, line.text) for line in found] == [
        (300, 2700, "Open the task list in your browser."),
        (3100, 4600, "It is empty & waiting."),
    ]


@pytest.mark.parametrize("at_ms", [1000, 7500, 8900, 9000, 11500])
def test_film_shows_what_the_timeline_says(sample: Sample, film: Path, at_ms: int) -> None:
    composer = Composer(sample.take_folder / "shots", (1280, 720), _SIZE, DEFAULT_LOOK)
    clip = [clip for clip in sample.timeline.clips if clip.start_ms <= at_ms][-1]
    drawn = composer.blank()
    composer.draw(view_at(clip, at_ms - clip.start_ms), drawn)
    decoded = decode_picture(film, at_ms, _SIZE)
    assert np.abs(decoded.astype(int) - drawn.astype(int)).mean() < 1.5


def test_words_are_heard_when_the_timeline_says(film: Path) -> None:
    heard = np.abs(decode_sound(film))
    for at_ms in (300, 3100, 5300, 9300):
        before = (at_ms - 200) * 48
        onset = before + int(np.argmax(heard[before:] > 0.05))
        assert onset / 48 == pytest.approx(at_ms, abs=5)


def test_two_renders_give_the_same_bytes(sample: Sample, film: Path, tmp_path: Path) -> None:
    again = _render(sample, tmp_path / "again.mp4", tmp_path / "cache")
    assert again.read_bytes() == film.read_bytes()


def _longer(timeline: Timeline) -> Timeline:
    """Make the second clip longer, as a longer sentence does."""
    first, second, third = timeline.clips
    clips = (
        first,
        second.model_copy(update={"duration_ms": second.duration_ms + 400}),
        third.model_copy(update={"start_ms": third.start_ms + 400}),
    )
    return timeline.model_copy(update={"clips": clips})


def test_longer_sentence_encodes_nothing_anew(sample: Sample, film: Path, tmp_path: Path) -> None:
    cache = film.parent / "cache"
    before = {path: path.stat().st_mtime_ns for path in cache.glob("*.h264")}
    longer = _render(sample, tmp_path / "longer.mp4", cache, timeline=_longer(sample.timeline))
    after = {path: path.stat().st_mtime_ns for path in cache.glob("*.h264")}
    assert after == before
    assert float(probe(longer, "format")["format"]["duration"]) == pytest.approx(12.4, abs=1 / 30)


def test_progress_ends_with_the_whole_film(sample: Sample, film: Path, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    _render(
        sample, tmp_path / "film.mp4", film.parent / "cache",
        progress=lambda done, whole: told.append((done, whole)),
    )  # fmt: skip
    assert told[-1] == (12000, 12000)
    assert told == sorted(told)


def test_film_without_captions_has_none(sample: Sample, film: Path, tmp_path: Path) -> None:
    out = _render(sample, tmp_path / "film.mp4", film.parent / "cache", captions="")
    kinds = [stream["codec_type"] for stream in probe(out, "streams")["streams"]]
    assert "subtitle" not in kinds
    assert len(probe(out, "chapters")["chapters"]) == 2


def test_clip_that_cannot_be_made_leaves_the_film_before(sample: Sample, tmp_path: Path) -> None:
    out = tmp_path / "film.mp4"
    out.write_bytes(b"earlier")
    gone = sample.timeline.clips[0].pictures[0].model_copy(update={"shot": "gone"})
    first = sample.timeline.clips[0].model_copy(update={"pictures": (gone,)})
    broken = sample.timeline.model_copy(update={"clips": (first, *sample.timeline.clips[1:])})
    with pytest.raises(FilmError, match="no shot"):
        _render(sample, out, tmp_path / "cache", timeline=broken)
    assert out.read_bytes() == b"earlier"
    assert not list((tmp_path / "cache").glob(".*"))


def test_join_that_fails_leaves_the_film_before(sample: Sample, film: Path, tmp_path: Path) -> None:
    out = tmp_path / "film.mp4"
    out.write_bytes(b"earlier")
    cache = tmp_path / "cache"
    cache.mkdir()
    for path in (film.parent / "cache").iterdir():
        (cache / path.name).write_bytes(b"damaged")
    with pytest.raises(FilmError, match="is damaged"):
        _render(sample, out, cache)
    assert list(tmp_path.iterdir()) in ([out, cache], [cache, out])
    assert out.read_bytes() == b"earlier"


def test_disk_that_is_full_before_the_join_is_told(
    sample: Sample, film: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: object, **_options: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(FilmError, match="cannot be written: No space left"):
        _render(sample, tmp_path / "film.mp4", film.parent / "cache")
    assert not list(tmp_path.iterdir())


def test_place_that_cannot_be_written_is_named(sample: Sample, film: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(FilmError, match=r"film\.mp4 cannot be written"):
        _render(sample, tmp_path / "file" / "film.mp4", film.parent / "cache")


def test_quote_in_the_cache_s_path_is_no_trouble(sample: Sample, tmp_path: Path) -> None:
    out = _render(sample, tmp_path / "film.mp4", tmp_path / "it's a cache")
    assert out.stat().st_size > 0


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"clips": ()}, "no clips"),
        ({"start_ms": 200}, "does not follow"),
        ({"duration_ms": 4990}, "does not follow"),
        ({"pictures": ()}, "no picture"),
    ],
)
def test_timeline_that_makes_no_film_is_refused(
    sample: Sample, tmp_path: Path, change: dict[str, Any], message: str
) -> None:
    first, *rest = sample.timeline.clips
    clips = {"clips": (first.model_copy(update=change), *rest)}
    broken = sample.timeline.model_copy(update=change if "clips" in change else clips)
    with pytest.raises(FilmError, match=message):
        _render(sample, tmp_path / "film.mp4", tmp_path / "cache", timeline=broken)


@pytest.mark.parametrize("options", [{"fps": 24}, {"fps": 0}, {"size": (641, 360)}])
def test_rate_and_size_that_do_not_fit_are_refused(
    sample: Sample, tmp_path: Path, options: dict[str, Any]
) -> None:
    with pytest.raises(FilmError, match="A film cannot"):
        _render(sample, tmp_path / "film.mp4", tmp_path / "cache", **options)


def test_missing_track_is_an_error(sample: Sample, tmp_path: Path) -> None:
    with pytest.raises(FilmError, match="no track"):
        render_film(
            sample.timeline, take_folder=sample.take_folder, track_folder=tmp_path, captions="",
            out=tmp_path / "film.mp4", cache=tmp_path / "cache",
        )  # fmt: skip


def test_poster_is_the_first_picture_that_shows_something(sample: Sample, tmp_path: Path) -> None:
    out = tmp_path / "poster.png"
    blank = sample.take_folder / "shots" / "blank.png"
    cv2.imwrite(str(blank), np.full((1440, 2560, 3), 255, np.uint8))
    nothing = sample.timeline.clips[0].pictures[0].model_copy(update={"shot": "blank"})
    first = sample.timeline.clips[0].model_copy(update={"pictures": (nothing,)})
    film = sample.timeline.model_copy(update={"clips": (first, *sample.timeline.clips[1:])})
    write_poster(film, take_folder=sample.take_folder, out=out, cache=tmp_path / "cache")
    picture = cv2.imread(str(out))
    assert picture is not None
    assert picture.shape == (1080, 1920, 3)
    assert picture.std() > 1

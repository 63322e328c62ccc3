from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from storycast.errors import FilmError
from storycast.film import ffmpeg
from storycast.film.process import run
from tests.storycast.probe import frame_times_ms, probe, read_h264

_SIZE = (64, 36)


def _encode(out: Path, count: int) -> None:
    picture = memoryview(bytes(_SIZE[0] * _SIZE[1] * 3 // 2))
    command = ffmpeg.segment_command(out, size=_SIZE, fps=30, frames=range(count), keys=(0,))
    run(command, (picture for _ in range(count)))


def _film(folder: Path, frames: tuple[int, ...], fps: int, length: int) -> Path:
    """Put so many pictures at ``frames`` of a film with silent sound."""
    segment, sound, film = (folder / name for name in ("segment.h264", "sound.m4a", "film.mp4"))
    _encode(segment, len(frames))
    silence = ("-f", "lavfi", "-i", f"anullsrc=duration={length / fps}")
    run(("ffmpeg", "-v", "error", *silence, str(sound)))
    (folder / "metadata.txt").write_text(";FFMETADATA1\ntitle=Film\n")
    command = ffmpeg.film_command(
        film,
        fps=fps,
        frames=frames,
        length=length,
        sound=sound,
        captions=None,
        metadata=folder / "metadata.txt",
        language="eng",
    )
    run(command, (memoryview(segment.read_bytes()),))
    return film


@pytest.mark.parametrize("fps", [10, 25, 30, 60])
def test_frames_lie_where_they_were_put(tmp_path: Path, fps: int) -> None:
    frames = (0, 1, 2, 7, 9, 10, 2 * fps - 2)
    film = _film(tmp_path, frames, fps, 2 * fps)
    expected = [index * 1000 / fps for index in frames]
    assert frame_times_ms(film) == pytest.approx(expected, abs=0.01)
    stream = probe(film, "streams")["streams"][0]
    assert float(stream["duration"]) == 2
    assert stream["r_frame_rate"] == f"{fps}/1"


def test_many_gaps_are_no_trouble(tmp_path: Path) -> None:
    times = frame_times_ms(_film(tmp_path, tuple(range(0, 3000, 2)), 30, 3000))
    assert len(times) == 1500
    assert times[-1] == pytest.approx(2998 * 1000 / 30, abs=0.01)


def test_decoding_can_begin_where_that_was_asked_for(tmp_path: Path) -> None:
    picture = memoryview(bytes(_SIZE[0] * _SIZE[1] * 3 // 2))
    frames = range(0, 300, 3)
    command = ffmpeg.segment_command(
        tmp_path / "segment.h264", size=_SIZE, fps=30, frames=frames, keys=(0, 150)
    )
    run(command, (picture for _ in frames))
    packets = probe(tmp_path / "segment.h264", "packets")["packets"]
    keys = [place for place, each in enumerate(packets) if each["flags"].startswith("K")]
    assert keys == [0, 50]


def test_film_has_a_delimiter_for_each_picture_and_its_parameters_once(tmp_path: Path) -> None:
    film = _film(tmp_path, (0, 1, 2), 30, 30)
    stream = read_h264(film)
    assert stream.count(ffmpeg.DELIMITER) == 3
    assert b"x264 - core" not in film.read_bytes()
    assert stream.count(b"\0\0\0\1\x67") == 1


def test_colours_are_tagged_as_they_are_converted(tmp_path: Path) -> None:
    _encode(tmp_path / "segment.h264", 2)
    stream = probe(tmp_path / "segment.h264", "streams")["streams"][0]
    tags = {stream[f"color_{name}"] for name in ("space", "primaries", "transfer")}
    assert tags == {"bt709"}
    assert (stream["color_range"], stream["pix_fmt"]) == ("tv", "yuv420p")


def test_missing_ffmpeg_says_how_to_install_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(FilmError, match="not installed") as caught:
        _encode(tmp_path / "segment.h264", 1)
    assert caught.value.hint == "apt-get install ffmpeg"


def test_full_disk_is_said_in_plain_words() -> None:
    sine = ("-f", "lavfi", "-i", "sine=duration=5")
    with pytest.raises(FilmError, match="disk is full"):
        run(("ffmpeg", "-v", "error", "-y", *sine, "-f", "wav", "/dev/full"))


def test_failure_carries_ffmpegs_own_reason(tmp_path: Path) -> None:
    with pytest.raises(FilmError, match="No such file or directory"):
        _encode(tmp_path / "missing" / "segment.h264", 2)


def test_what_breaks_while_pictures_are_drawn_stops_ffmpeg(tmp_path: Path) -> None:
    def pictures() -> Iterator[memoryview]:
        yield memoryview(bytes(_SIZE[0] * _SIZE[1] * 3 // 2))
        raise FilmError("no shot")

    command = ffmpeg.segment_command(
        tmp_path / "segment.h264", size=_SIZE, fps=30, frames=(0, 29), keys=(0,)
    )
    with pytest.raises(FilmError, match="no shot"):
        run(command, pictures())


def test_version_is_one_line() -> None:
    assert ffmpeg.version().startswith("ffmpeg version ")
    assert "\n" not in ffmpeg.version()

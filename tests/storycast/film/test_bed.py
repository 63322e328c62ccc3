from __future__ import annotations

import wave
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from recorder.take import Point
from storycast.errors import FilmError
from storycast.film.bed import RATE, Bed, write_bed
from storycast.film.sound import make_sound
from storycast.film.sound_command import measure_sound
from storycast.timeline import Clip, Picture, Press, PressKind, Timeline
from tests.storycast.probe import decode_sound
from tests.storycast.sample import write_sample

if TYPE_CHECKING:
    from numpy.typing import NDArray


def _sound(path: Path, samples: NDArray[Any], rate: int = 44100, channels: int = 2) -> Path:
    with wave.open(str(path), "wb") as sound:
        sound.setnchannels(channels)
        sound.setsampwidth(2)
        sound.setframerate(rate)
        sound.writeframes(np.repeat(samples, channels).astype("<i2").tobytes())
    return path


def _tone(seconds: float, hertz: float = 440, rate: int = 44100) -> NDArray[np.float64]:
    return 12000 * np.sin(2 * np.pi * hertz * np.arange(round(seconds * rate)) / rate)


def _timeline(seconds: int, *presses: Press) -> Timeline:
    clip = Clip(
        step=1,
        start_ms=0,
        duration_ms=seconds * 1000,
        pictures=(Picture(at_ms=0, shot="a"),),
        presses=presses,
    )
    return Timeline(title="", language="en", viewport=(64, 36), clips=(clip,), chapters=())


def _bed(tmp_path: Path, timeline: Timeline, spoken: list[tuple[float, float]], bed: Bed) -> Any:
    out = tmp_path / "bed.wav"
    write_bed(timeline, spoken, bed, out)
    with wave.open(str(out), "rb") as sound:
        assert (sound.getnchannels(), sound.getframerate()) == (1, RATE)
        data = sound.readframes(sound.getnframes())
    return np.frombuffer(data, "<i2") / 32768


def _level_db(samples: NDArray[Any], start_s: float, end_s: float) -> float:
    part = samples[round(start_s * RATE) : round(end_s * RATE)]
    return float(20 * np.log10(np.sqrt(np.mean(part**2)) + 1e-9))


def test_music_is_quieter_where_somebody_speaks(tmp_path: Path) -> None:
    music = _sound(tmp_path / "music.wav", _tone(7))
    heard = _bed(tmp_path, _timeline(30), [(10, 14), (15, 18)], Bed(music=music))
    assert heard.size == 30 * RATE
    alone, spoken = _level_db(heard, 4, 5), _level_db(heard, 11, 12)
    assert alone - spoken == pytest.approx(8, abs=0.2)
    assert _level_db(heard, 14.2, 14.8) == pytest.approx(spoken, abs=0.2)  # a breath, no gap
    assert _level_db(heard, 20, 21) == pytest.approx(alone, abs=0.2)
    assert _level_db(heard, 0, 0.05) < alone - 20
    assert _level_db(heard, 29.9, 30) < alone - 20


def test_music_is_as_loud_whatever_its_file_is(tmp_path: Path) -> None:
    for factor in (0.05, 1.0):
        music = _sound(tmp_path / "music.wav", factor * _tone(20))
        _bed(tmp_path, _timeline(20), [], Bed(music=music))
        assert measure_sound(tmp_path / "bed.wav").lufs == pytest.approx(-30, abs=0.7)


def test_music_begins_again_without_a_click(tmp_path: Path) -> None:
    music = _sound(tmp_path / "music.wav", _tone(3.123, hertz=100))
    heard = _bed(tmp_path, _timeline(12), [], Bed(music=music))
    assert np.abs(np.diff(heard)).max() < 3 * np.abs(np.diff(heard[: 2 * RATE])).max()
    assert _level_db(heard, 5, 6) > _level_db(heard, 1.5, 2) - 4


def test_each_press_is_heard_when_it_is_seen(tmp_path: Path) -> None:
    click = _sound(tmp_path / "click.wav", _tone(0.02, hertz=2000), channels=1)
    point = Point(x=1, y=1)
    presses = (
        Press(at_ms=1000, point=point),
        Press(at_ms=2500, point=point, kind=PressKind.DOUBLE),
    )
    heard = _bed(tmp_path, _timeline(4, *presses), [], Bed(click=click))
    loud = np.flatnonzero(np.abs(heard) > 0.02) / RATE
    starts = loud[np.diff(loud, prepend=-1) > 0.05]
    assert starts == pytest.approx([1.0, 2.5, 2.64], abs=0.002)
    assert 20 * np.log10(np.abs(heard).max()) == pytest.approx(-24, abs=0.5)


def test_film_with_music_is_as_loud_and_its_words_stand_where_they_did(tmp_path: Path) -> None:
    sample = write_sample(tmp_path / "sample", scale=1, viewport=(64, 36))
    music = _sound(tmp_path / "music.wav", _tone(20, hertz=150))

    def make(bed: Bed) -> Path:
        folder = tmp_path / "cache"
        return make_sound(
            sample.timeline, sample.track, sample.track_folder, folder=folder, bed=bed
        )

    plain, with_music = make(Bed()), make(Bed(music=music))
    assert plain != with_music
    assert make(Bed(music=music)) == with_music
    measured = measure_sound(with_music)
    assert measured.lufs == pytest.approx(-16, abs=0.6)
    assert measured.peak_db <= -1
    assert len(decode_sound(plain)) == len(decode_sound(with_music))


@pytest.mark.parametrize(
    ("content", "says"), [(None, "There is no file"), (b"no sound", "is no sound")]
)
def test_bed_that_cannot_be_heard_is_told(tmp_path: Path, content: bytes | None, says: str) -> None:
    path = tmp_path / "music.mp3"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(FilmError, match=says):
        _bed(tmp_path, _timeline(3), [], Bed(music=path))


def test_silent_music_is_told(tmp_path: Path) -> None:
    music = _sound(tmp_path / "music.wav", np.zeros(44100))
    with pytest.raises(FilmError, match="is silent"):
        _bed(tmp_path, _timeline(3), [], Bed(music=music))

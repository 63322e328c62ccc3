from __future__ import annotations

import wave
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from narration.track import cue_path
from storycast.errors import FilmError
from storycast.film.process import stop_ahead
from storycast.film.sound import LOUDNESS_LUFS, join_cues, make_sound
from storycast.film.sound_command import get_ready, measure_sound
from storycast.timeline import Clip, Timeline
from storycast.verify.listen import listen
from tests.storycast.probe import decode_sound, probe
from tests.storycast.sample import SAMPLE_RATE, Sample, write_sample

if TYPE_CHECKING:
    from numpy.typing import NDArray


@pytest.fixture
def sample(tmp_path: Path) -> Sample:
    """A track of tones: 12 seconds, four cues."""
    return write_sample(tmp_path / "sample", scale=1, viewport=(64, 36))


def _make(sample: Sample, folder: Path, timeline: Timeline | None = None) -> Path:
    film = timeline or sample.timeline
    return make_sound(film, sample.track, sample.track_folder, folder=folder)


def _replace_cues(sample: Sample, samples: NDArray[np.float64]) -> None:
    for cue in sample.track.cues:
        with wave.open(str(cue_path(sample.track_folder, cue)), "wb") as sound:
            sound.setnchannels(1)
            sound.setsampwidth(2)
            sound.setframerate(SAMPLE_RATE)
            sound.writeframes(samples.clip(-32768, 32767).astype("<i2").tobytes())


def _silent(timeline: Timeline) -> Timeline:
    def hush(clip: Clip) -> Clip:
        said = tuple(speech.model_copy(update={"audio": ""}) for speech in clip.speech)
        return clip.model_copy(update={"speech": said})

    return timeline.model_copy(update={"clips": tuple(hush(clip) for clip in timeline.clips)})


def test_cues_lie_at_their_samples(sample: Sample) -> None:
    joined = join_cues(sample.timeline, sample.track, sample.track_folder)
    assert joined.size == 12 * SAMPLE_RATE
    for at_ms in (300, 3100, 5300, 9300):
        start = round(at_ms * SAMPLE_RATE / 1000)
        assert not joined[start - 200 : start + 1].any()
        assert joined[start + 1] != 0


def test_cue_that_outlives_the_film_is_cut(sample: Sample) -> None:
    clips = (*sample.timeline.clips[:2], sample.timeline.clips[2].model_copy(
        update={"duration_ms": 1000}
    ))  # fmt: skip
    film = sample.timeline.model_copy(update={"clips": clips})
    assert join_cues(film, sample.track, sample.track_folder).size == 10 * SAMPLE_RATE


def test_tone_is_heard_when_the_timeline_says(sample: Sample, tmp_path: Path) -> None:
    heard = np.abs(decode_sound(_make(sample, tmp_path)))
    for at_ms in (300, 3100, 5300, 9300):
        before = round((at_ms - 200) * 48)
        onset = before + int(np.argmax(heard[before:] > 0.05))
        assert onset / 48 == pytest.approx(at_ms, abs=5)


def test_sound_is_as_long_as_the_film(sample: Sample, tmp_path: Path) -> None:
    stream = probe(_make(sample, tmp_path), "streams")["streams"][0]
    assert (stream["codec_name"], stream["sample_rate"]) == ("aac", "48000")
    assert float(stream["duration"]) == pytest.approx(12, abs=0.001)


@pytest.mark.parametrize("level", [60, 6000])
def test_noise_becomes_as_loud_as_asked(sample: Sample, tmp_path: Path, level: int) -> None:
    noise = np.random.default_rng(1).normal(0, level, 2 * SAMPLE_RATE)
    _replace_cues(sample, noise)
    measured = measure_sound(_make(sample, tmp_path))
    assert measured.lufs == pytest.approx(LOUDNESS_LUFS, abs=0.5)
    assert measured.peak_db <= -1


def test_peaks_are_held_back_where_the_rest_is_quiet(sample: Sample, tmp_path: Path) -> None:
    noise = np.random.default_rng(1).normal(0, 900, 2 * SAMPLE_RATE)
    noise[::1500] *= 25
    _replace_cues(sample, noise)
    measured = measure_sound(_make(sample, tmp_path))
    assert measured.lufs == pytest.approx(LOUDNESS_LUFS, abs=0.5)
    assert measured.peak_db <= -1


def test_film_of_silent_cues_has_a_silent_sound(sample: Sample, tmp_path: Path) -> None:
    path = _make(sample, tmp_path, _silent(sample.timeline))
    heard = decode_sound(path)
    assert heard.size == pytest.approx(12 * 48000, abs=1024)
    assert not heard.any()


def test_same_cues_give_the_same_bytes(sample: Sample, tmp_path: Path) -> None:
    first, second = _make(sample, tmp_path / "1"), _make(sample, tmp_path / "2")
    assert first.name == second.name
    assert first.read_bytes() == second.read_bytes()


def test_sound_that_was_made_ready_for_is_the_same(sample: Sample, tmp_path: Path) -> None:
    plain = _make(sample, tmp_path / "plain")
    folder = tmp_path / "ready"
    get_ready(SAMPLE_RATE, folder)
    try:
        ready = _make(sample, folder)
        assert ready.read_bytes() == plain.read_bytes()
        get_ready(SAMPLE_RATE, folder)  # in vain
    finally:
        stop_ahead()
    assert list(folder.iterdir()) == [ready]


def test_true_peak_is_what_the_meter_says(sample: Sample, tmp_path: Path) -> None:
    # Between its samples, which are all as high as 0.7 of it, this tone is higher by 3 dB.
    times = np.arange(2 * SAMPLE_RATE)
    _replace_cues(sample, 3000 * np.sin(np.pi * times / 2 + np.pi / 4))
    path = _make(sample, tmp_path)
    _, level = listen(path, SAMPLE_RATE)
    assert level.peak_db == pytest.approx(measure_sound(path).peak_db, abs=0.15)


def test_cue_of_another_track_is_an_error(sample: Sample, tmp_path: Path) -> None:
    cues = (sample.track.cues[1], *sample.track.cues[1:])
    other = sample.track.model_copy(update={"cues": cues})
    with pytest.raises(FilmError, match="Step 1 speaks cue 0"):
        make_sound(sample.timeline, other, sample.track_folder, folder=tmp_path)


def test_missing_cue_is_named(sample: Sample, tmp_path: Path) -> None:
    cue_path(sample.track_folder, sample.track.cues[0]).unlink()
    with pytest.raises(FilmError, match=r"1111\.wav cannot be read"):
        _make(sample, tmp_path)


def test_damaged_cue_is_named(sample: Sample, tmp_path: Path) -> None:
    cue_path(sample.track_folder, sample.track.cues[0]).write_bytes(b"RIFF")
    with pytest.raises(FilmError, match=r"1111\.wav cannot be read"):
        _make(sample, tmp_path)


def test_cue_at_another_rate_is_an_error(sample: Sample, tmp_path: Path) -> None:
    other = sample.track.model_copy(update={"sample_rate": 8000})
    with pytest.raises(FilmError, match="not 16-bit mono at 8000 Hz"):
        make_sound(sample.timeline, other, sample.track_folder, folder=tmp_path)


def test_cue_that_its_voice_cut_begins_and_ends_without_a_click(sample: Sample) -> None:
    _replace_cues(sample, np.full(SAMPLE_RATE, 20000.0))
    joined = join_cues(sample.timeline, sample.track, sample.track_folder).astype(np.int32)
    assert np.abs(np.diff(joined)).max() < 20000 / (0.002 * SAMPLE_RATE) + 2
    assert joined.max() == 20000


def test_folder_may_have_any_name(sample: Sample, tmp_path: Path) -> None:
    plain, odd = _make(sample, tmp_path / "plain"), _make(sample, tmp_path / r"it's [a|b] \ c:d")
    assert plain.read_bytes() == odd.read_bytes()

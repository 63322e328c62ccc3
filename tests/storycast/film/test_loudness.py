from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from narration import open_voice
from narration.sound import write_wav
from storycast.film.loudness import SILENT_LUFS, guess_loudness
from storycast.film.sound_command import measure_sound

if TYPE_CHECKING:
    from numpy.typing import NDArray

_SECONDS = 6


def _tone(hertz: float, level_db: float, rate: int) -> NDArray[np.int16]:
    times = np.arange(_SECONDS * rate) / rate
    return np.asarray(32767 * 10 ** (level_db / 20) * np.sin(2 * np.pi * hertz * times), np.int16)


def _noise(level: float, rate: int) -> NDArray[np.int16]:
    return np.random.default_rng(1).normal(0, level, _SECONDS * rate).astype(np.int16)


@pytest.mark.parametrize(("level_db", "lufs"), [(-20, -23.01), (-40, -43.01)])
def test_tone_is_as_loud_as_the_standard_says(level_db: float, lufs: float) -> None:
    assert guess_loudness(_tone(997, level_db, 48000), 48000) == pytest.approx(lufs, abs=0.02)


@pytest.mark.parametrize("rate", [16000, 22050, 24000, 44100, 48000])
@pytest.mark.parametrize("kind", ["low", "noise", "pauses", "whisper after a shout"])
def test_guess_is_what_the_meter_says(kind: str, rate: int, tmp_path: Path) -> None:
    if kind == "low":
        samples = _tone(90, -15, rate)
    else:
        samples = _noise(2000, rate)
        if kind == "pauses":
            samples[rate : 3 * rate] = 0
        elif kind == "whisper after a shout":
            samples[3 * rate :] //= 100
    write_wav(tmp_path / "a.wav", samples, rate)
    measured = measure_sound(tmp_path / "a.wav").lufs
    assert guess_loudness(samples, rate) == pytest.approx(measured, abs=0.2)


def test_guess_of_speech_is_what_the_meter_says(tmp_path: Path) -> None:
    with closing(open_voice("pyttsx3", language="en")) as voice:
        said = voice.speak("Open the menu. Choose its last entry, and wait until its page is here.")
    write_wav(tmp_path / "a.wav", said.samples, voice.sample_rate)
    measured = measure_sound(tmp_path / "a.wav").lufs
    assert guess_loudness(said.samples, voice.sample_rate) == pytest.approx(measured, abs=0.15)


@pytest.mark.parametrize("samples", [np.zeros(48000, np.int16), np.zeros(0, np.int16)])
def test_silence_is_no_louder_than_what_is_heard(samples: NDArray[np.int16]) -> None:
    assert guess_loudness(samples, 48000) == SILENT_LUFS


def test_what_is_shorter_than_a_block_is_a_block() -> None:
    short = guess_loudness(_noise(2000, 48000)[: 48000 // 5], 48000)
    assert short == pytest.approx(guess_loudness(_noise(2000, 48000), 48000), abs=0.5)

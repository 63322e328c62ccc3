from __future__ import annotations

import subprocess
from pathlib import Path

import numpy as np

from narration.sound import convert_sound, measure_ms, read_wav, trim_end, write_wav


def test_samples_survive_a_wav_file(tmp_path: Path) -> None:
    samples = np.array([0, 1, -32768, 32767], np.int16)
    write_wav(tmp_path / "a.wav", samples, 22050)
    assert read_wav(tmp_path / "a.wav").tolist() == samples.tolist()


def test_only_silence_at_the_end_is_trimmed() -> None:
    samples = np.array([0] * 1000 + [-32768] * 1000 + [3] * 10_000, np.int16)
    trimmed = trim_end(samples, 10_000)
    assert trimmed.tolist() == samples[: 2000 + 300].tolist()


def test_silence_is_trimmed_to_nothing() -> None:
    assert trim_end(np.zeros(1000, np.int16), 22050).size == 0


def test_duration_is_in_milliseconds() -> None:
    assert measure_ms(np.zeros(22050, np.int16), 22050) == 1000


def test_other_formats_are_converted(tmp_path: Path) -> None:
    write_wav(tmp_path / "a.wav", np.full(4410, 1000, np.int16), 44100)
    aiff = tmp_path / "a.aiff"
    command = ["ffmpeg", "-v", "error", "-i", str(tmp_path / "a.wav"), str(aiff)]
    subprocess.run(command, check=True)
    assert abs(measure_ms(convert_sound(aiff, 22050), 22050) - 100) <= 1

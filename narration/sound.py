"""Sound: 16-bit mono samples, and the WAV files that they are kept in."""

from __future__ import annotations

import subprocess
import wave
from pathlib import Path

from narration.blas import without_threads
from narration.voice import Samples

with without_threads():
    import numpy as np
    import numpy.typing as npt

__all__ = ["convert_sound", "measure_ms", "read_wav", "trim_end", "trim_start", "write_wav"]

# About -60 dB: under it lies an engine's dither, not the end of a consonant.
_QUIET = 32
_MARGIN_MS = 30


def read_wav(path: Path) -> Samples:
    """Read the samples of a 16-bit mono WAV file."""
    with wave.open(str(path), "rb") as sound:
        return np.frombuffer(sound.readframes(sound.getnframes()), "<i2").astype(np.int16)


def write_wav(path: Path, samples: Samples, sample_rate: int) -> None:
    """Write ``samples`` as a 16-bit mono WAV file."""
    with wave.open(str(path), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(sample_rate)
        sound.writeframes(samples.astype("<i2").tobytes())


def convert_sound(path: Path, sample_rate: int) -> Samples:
    """Read any file of sound as 16-bit mono samples, by way of ffmpeg.

    Raises ``OSError`` where ffmpeg is missing, ``subprocess.CalledProcessError`` where it cannot.
    """
    command = ["ffmpeg", "-nostdin", "-v", "error", "-i", str(path)]
    command += ["-f", "s16le", "-ac", "1", "-ar", str(sample_rate), "-"]
    raw = subprocess.run(command, check=True, capture_output=True).stdout
    return np.frombuffer(raw, "<i2").astype(np.int16)


def trim_end(samples: Samples, sample_rate: int) -> Samples:
    """Drop the silence at the end, but for a breath.

    The start stays as it is, because the times of words count from it.
    """
    heard = _heard(samples)
    if not heard.size:
        return samples[:0]
    return samples[: int(heard[-1]) + 1 + sample_rate * _MARGIN_MS // 1000]


def trim_start(samples: Samples, sample_rate: int) -> tuple[Samples, int]:
    """Drop the silence at the start, but for a breath; return how many milliseconds it was too.

    The times of words are less by so much.
    """
    heard = _heard(samples)
    if not heard.size:
        return samples[:0], 0
    silence_ms = max(int(heard[0]) * 1000 // sample_rate - _MARGIN_MS, 0)
    return samples[silence_ms * sample_rate // 1000 :], silence_ms


def _heard(samples: Samples) -> npt.NDArray[np.intp]:
    # In 32 bits, because the magnitude of -32768 has no place in 16.
    return np.flatnonzero(np.abs(samples.astype(np.int32)) > _QUIET)


def measure_ms(samples: Samples, sample_rate: int) -> int:
    """Return how long ``samples`` last, in whole milliseconds."""
    return len(samples) * 1000 // sample_rate

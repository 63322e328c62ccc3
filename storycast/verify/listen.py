"""Listening: the film's sound as samples, its loudness, and the sound of a cue."""

from __future__ import annotations

import re
import wave
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from storycast.verify.errors import VerifyError
from storycast.verify.program import run

__all__ = ["Heard", "Samples", "listen", "read_wave"]

Samples = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Heard:
    """What is heard in a film: ``samples`` at ``rate`` hertz from its first moment on.

    ``lufs`` and ``peak_db`` are loudness and true peak as EBU R 128 measures them.
    """

    samples: Samples
    rate: int
    lufs: float
    peak_db: float


def listen(film: Path, rate: int) -> Heard:
    """Decode and measure the sound of ``film``. Raises ``VerifyError`` where that fails.

    Where the sound begins late or has a gap, silence stands for it.
    """
    source = ("ffmpeg", "-nostats", "-i", str(film), "-map", "0:a:0")
    with ThreadPoolExecutor(1) as pool:  # both decode it, which takes less time than one after one
        meter = "ebur128=peak=true:framelog=verbose"
        metered = pool.submit(run, *source, "-v", "info", "-af", meter, "-f", "null", "-")
        whole = f"aresample={rate}:async=1:first_pts=0"
        data, _ = run(*source, "-v", "error", "-af", whole, "-ac", "1", "-f", "f32le", "-")
        said = metered.result()[1]
    summary = said[said.rindex("Summary:") :]
    return Heard(
        samples=np.frombuffer(data, np.float32),
        rate=rate,
        lufs=_number(summary, r"I:\s+(\S+) LUFS"),
        peak_db=_number(summary, r"Peak:\s+(\S+) dB"),
    )


def _number(summary: str, pattern: str) -> float:
    found = re.search(pattern, summary)
    return float(found[1]) if found else float("-inf")


def read_wave(path: Path) -> tuple[Samples, int]:
    """Return the samples of a 16-bit mono WAV file, and their rate in hertz.

    Raises ``VerifyError`` where it is damaged or of another kind, ``FileNotFoundError`` where there
    is none.
    """
    try:
        with wave.open(str(path), "rb") as sound:
            kind, rate = (sound.getnchannels(), sound.getsampwidth()), sound.getframerate()
            data = sound.readframes(sound.getnframes())
    except (EOFError, wave.Error) as error:
        raise VerifyError(f"The cue {path} cannot be read: {error}.", "Narrate again.") from error
    if kind != (1, 2):
        raise VerifyError(f"The cue {path} is not 16-bit mono.", "Narrate again.")
    return np.frombuffer(data, "<i2").astype(np.float32), rate

"""Listening: the film's sound as samples, its loudness, and the sound of a cue."""

from __future__ import annotations

import re
import wave
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from storycast.verify.errors import VerifyError
from storycast.verify.program import Program, run

__all__ = ["Ear", "Level", "Samples", "listen", "read_wave"]

Samples = NDArray[np.float32]

_TRUE_PEAK_RATE = 4 * 48000


@dataclass(frozen=True)
class Level:
    """Loudness and true peak, as EBU R 128 measures them."""

    lufs: float
    peak_db: float


class Ear:
    """What listens at ``rate`` hertz, started before the film is there; `close` ends it.

    The film's index has to stand before its content. Raises ``VerifyError`` where ffmpeg is
    missing.
    """

    def __init__(self, rate: int) -> None:
        self.rate = rate
        self._program = Program(*_command("pipe:", rate))

    def close(self) -> None:
        """Stop listening."""
        self._program.close()

    def hear(self, film: Path) -> tuple[bytes, str]:
        """Return the sound of ``film``, once, and what ffmpeg says of it."""
        return self._program.read(film)


def listen(film: Path, rate: int, ear: Ear | None = None) -> tuple[Samples, Level]:
    """Return the sound of ``film`` as samples at ``rate`` hertz, and how loud it is.

    Where the sound begins late or has a gap, silence stands for it. ``ear`` is what has not heard
    anything yet, where there is one. Raises ``VerifyError`` where it cannot be decoded.
    """
    if ear is not None and ear.rate == rate:
        data, said = ear.hear(film)
    else:
        data, said = run(*_command(str(film), rate))
    summary = said[said.rindex("Summary:") :]
    level = Level(
        lufs=_number(summary, r"I:\s+(\S+) LUFS"),
        peak_db=round(_number(said, r"Peak level dB: (\S+)"), 2),
    )
    return np.frombuffer(data, np.float32), level


def _command(film: str, rate: int) -> tuple[str, ...]:
    whole = f"aresample={rate}:async=1:first_pts=0"
    # ITU-R BS.1770, annex 2; the meter's own true peak takes three times as long.
    peak = f"aresample={_TRUE_PEAK_RATE},astats=measure_perchannel=none:measure_overall=Peak_level"
    sound = ("-map", "0:a:0")
    return (
        "ffmpeg", "-nostats", "-v", "info", "-i", film,
        *sound, "-af", whole, "-ac", "1", "-f", "f32le", "-",
        *sound, "-af", "ebur128=framelog=verbose", "-f", "null", "-",
        *sound, "-af", peak, "-f", "null", "-",
    )  # fmt: skip


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

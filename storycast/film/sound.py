"""The film's sound: every cue at its time, at the loudness that players expect."""

from __future__ import annotations

import re
import tempfile
import wave
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from narration.track import Cue, Track, cue_path
from storycast import cache
from storycast.errors import FilmError
from storycast.film import ffmpeg
from storycast.timeline import Timeline

__all__ = ["LOUDNESS_LUFS", "PEAK_DB", "Loudness", "join_cues", "make_sound", "measure"]

LOUDNESS_LUFS = -16.0
"""How loud the film is: what AES TD1008 asks of speech on the web."""

PEAK_DB = -1.0
"""The film's true peak stays below this."""

_CEILING_DB = -3.3  # where the limiter begins: AAC adds two decibels of its own
_MARGIN_DB = 0.2
_TOLERANCE_LU = 0.35
_ROUNDS = 6
_TAKEN = 0.7  # of what speech is above the ceiling is lost to the limiter, roughly
_SLOPE = 0.4  # of each decibel more, as much is left by a limiter that works
_INAUDIBLE_LUFS = -70.0  # ITU-R BS.1770 counts nothing that is quieter

Samples = NDArray[np.int16]


@dataclass(frozen=True)
class Loudness:
    """Loudness and true peak of the whole, as ITU-R BS.1770 measures them."""

    lufs: float
    peak_db: float


def make_sound(timeline: Timeline, track: Track, track_folder: Path, *, folder: Path) -> Path:
    """Return the file of the film's sound in ``folder``: AAC, mono, 48 kHz.

    It is as long as the film, silent where no cue has a sound, and made first where it is not
    there. Raises ``FilmError`` where a cue is missing, damaged or of another track.
    """

    def make(draft: Path) -> None:
        with tempfile.TemporaryDirectory() as desk:
            joined = Path(desk) / "joined.wav"
            _write(joined, join_cues(timeline, track, track_folder), track.sample_rate)
            ceiling_db = _CEILING_DB
            for _ in range(_ROUNDS):
                levelled = _level(joined, ceiling_db)
                ffmpeg.run(ffmpeg.sound_command(levelled, draft))
                above = measure(draft).peak_db - PEAK_DB
                if above <= 0:
                    break
                ceiling_db -= above + _MARGIN_DB

    heard = (f"{at_ms} {cue.audio}" for at_ms, cue in _heard(timeline, track))
    name = cache.content_name(
        str(timeline.duration_ms),
        str(track.sample_rate),
        *heard,
        cache.source_digest(__name__, ffmpeg.__name__),
        ffmpeg.version(),
    )
    return cache.made_once(folder / f"{name}.m4a", make)


def join_cues(timeline: Timeline, track: Track, track_folder: Path) -> Samples:
    """Return the whole film's sound at the track's rate, each cue from its own sample on.

    Raises ``FilmError`` where a cue is missing, damaged or of another track.
    """
    whole = np.zeros(_sample(timeline.duration_ms, track.sample_rate), np.int16)
    for at_ms, cue in _heard(timeline, track):
        start = _sample(at_ms, track.sample_rate)
        heard = _read(cue_path(track_folder, cue), track.sample_rate)[: whole.size - start]
        part = whole[start : start + heard.size]
        mixed = np.clip(part.astype(np.int32) + heard, -32768, 32767)
        part[:] = mixed.astype(np.int16)
    return whole


def measure(sound: Path) -> Loudness:
    """Measure any sound that ffmpeg reads. Raises ``FilmError`` where it cannot read it."""
    return _measured(ffmpeg.peak_command(sound))


def _measured(command: ffmpeg.Command) -> Loudness:
    said = ffmpeg.run(command)
    return Loudness(_number(said, r"I:\s+(\S+) LUFS"), _number(said, r"Peak:\s+(\S+) dB"))


def _number(said: str, pattern: str) -> float:
    """A number of the summary that ffmpeg's meter writes at its end."""
    found = re.search(pattern, said[said.rindex("Summary:") :])
    if found is None:
        raise FilmError("ffmpeg does not say how loud the sound is.")
    return float(found[1])


def _level(sound: Path, ceiling_db: float) -> Path:
    """Make a sound as loud as it should be, in a file beside it, with no peak above the ceiling.

    The limiter takes away from what the gain adds: how much is found by the secant method.
    """
    levelled = sound.with_name("levelled.wav")
    plain = _measured(ffmpeg.peak_command(sound, peak="sample"))
    gain_db = LOUDNESS_LUFS - plain.lufs if plain.lufs > _INAUDIBLE_LUFS else 0.0
    above_db = max(plain.peak_db + gain_db - ceiling_db, 0.0)
    gain_db += above_db * _TAKEN
    slope, before = _SLOPE, None
    for _ in range(_ROUNDS):
        command = ffmpeg.level_command(sound, levelled, gain_db=gain_db, peak_db=ceiling_db)
        lufs = _number(ffmpeg.run(command), r"I:\s+(\S+) LUFS")
        short = LOUDNESS_LUFS - lufs
        if not above_db or abs(short) <= _TOLERANCE_LU:
            break
        if before is not None:
            slope = min(max((lufs - before[1]) / (gain_db - before[0]), _SLOPE / 2), 1.0)
        before = gain_db, lufs
        gain_db += short / slope
    return levelled


def _heard(timeline: Timeline, track: Track) -> Iterator[tuple[int, Cue]]:
    """Give the film's time in milliseconds and the cue of all that is heard."""
    for clip in timeline.clips:
        for speech in clip.speech:
            if not speech.audio:
                continue
            if speech.cue >= len(track.cues) or track.cues[speech.cue].audio != speech.audio:
                raise FilmError(
                    f"Step {clip.step} speaks cue {speech.cue}, which the track does not have.",
                    "Cut the timeline again: it was made for another track.",
                )
            yield clip.start_ms + speech.at_ms, track.cues[speech.cue]


def _sample(at_ms: int, rate: int) -> int:
    return round(at_ms * rate / 1000)


def _read(path: Path, rate: int) -> Samples:
    try:
        with wave.open(str(path), "rb") as sound:
            kind = (sound.getnchannels(), sound.getsampwidth(), sound.getframerate())
            data = sound.readframes(sound.getnframes())
    except (OSError, EOFError, wave.Error) as error:
        raise FilmError(f"The cue {path} cannot be read: {error}.", "Narrate again.") from error
    if kind != (1, 2, rate):
        raise FilmError(f"The cue {path} is not 16-bit mono at {rate} Hz.", "Narrate again.")
    return np.frombuffer(data, "<i2").astype(np.int16)


def _write(path: Path, samples: Samples, rate: int) -> None:
    with wave.open(str(path), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(rate)
        sound.writeframes(samples.astype("<i2").tobytes())

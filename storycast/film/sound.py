"""The film's sound: every cue at its time, at the loudness that players expect."""

from __future__ import annotations

import hashlib
import math
import tempfile
import wave
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from narration.track import Cue, Track, cue_path
from storycast import cache
from storycast.errors import FilmError
from storycast.film import ffmpeg
from storycast.film.bed import SILENT, Bed, write_bed
from storycast.film.loudness import SILENT_LUFS, guess_loudness
from storycast.film.sound_command import CEILING_DB, Loudness, encode_sound
from storycast.timeline import Timeline

__all__ = ["LOUDNESS_LUFS", "PEAK_DB", "join_cues", "make_sound", "sound_file"]

LOUDNESS_LUFS = -16.0
"""How loud the film is: what AES TD1008 asks of speech on the web."""

PEAK_DB = -1.0
"""The film's true peak stays below this."""

_MARGIN_DB = 0.2
_TOLERANCE_LU = 0.35
_ROUNDS = 8
_TAKEN = 0.7  # of what speech is above the ceiling is lost to the limiter, roughly
_SLOPE = 0.4  # of each decibel more, as much is left by a limiter that works

_RISE_MS, _FALL_MS = 2.0, 8.0

Samples = NDArray[np.int16]

_MAKERS = (
    __name__,
    *(f"storycast.film.{name}" for name in ("bed", "ffmpeg", "loudness", "sound_command")),
)
"""The modules that say what the sound's file holds, by their full names."""


def make_sound(
    timeline: Timeline, track: Track, track_folder: Path, *, folder: Path, bed: Bed = SILENT
) -> Path:
    """Return the file of the film's sound in ``folder``: AAC, mono, 48 kHz.

    It is as long as the film, silent where neither a cue nor ``bed`` has a sound, and made first
    where it is not there. Raises ``FilmError`` where a cue or a file of ``bed`` is missing, damaged
    or of another track.
    """

    def make(draft: Path) -> None:
        with tempfile.TemporaryDirectory() as desk:
            below = None
            if bed.files:
                below = Path(desk) / "bed.wav"
                write_bed(timeline, _spoken(timeline, track), bed, below)
            _encode(join_cues(timeline, track, track_folder), track.sample_rate, draft, below)

    return cache.made_once(sound_file(timeline, track, folder=folder, bed=bed), make)


def sound_file(timeline: Timeline, track: Track, *, folder: Path, bed: Bed = SILENT) -> Path:
    """Where `make_sound` leaves a film's sound; it need not be there."""
    heard = (f"{at_ms} {cue.audio}" for at_ms, cue in _heard(timeline, track))
    name = cache.content_name(
        str(timeline.duration_ms),
        str(track.sample_rate),
        *heard,
        *_named(bed, timeline),
        cache.source_digest(*_MAKERS),
        ffmpeg.identity(),
    )
    return folder / f"{name}.m4a"


def join_cues(timeline: Timeline, track: Track, track_folder: Path) -> Samples:
    """Return the whole film's sound at the track's rate, each cue from its own sample on.

    Raises ``FilmError`` where a cue is missing, damaged or of another track.
    """
    whole = np.zeros(_sample(timeline.duration_ms, track.sample_rate), np.int16)
    for at_ms, cue in _heard(timeline, track):
        start = _sample(at_ms, track.sample_rate)
        heard = _softened(_read(cue_path(track_folder, cue), track.sample_rate), track.sample_rate)
        heard = heard[: whole.size - start]
        part = whole[start : start + heard.size]
        mixed = np.clip(part.astype(np.int32) + heard, -32768, 32767)
        part[:] = mixed.astype(np.int16)
    return whole


def _named(bed: Bed, timeline: Timeline) -> Iterator[str]:
    """Name all that a bed is made of; nothing where there is none."""
    bed.check()
    for path in bed.files:
        yield f"{path == bed.music} {hashlib.sha256(path.read_bytes()).hexdigest()}"
    if bed.click is not None:
        yield repr([(clip.start_ms, clip.presses) for clip in timeline.clips])


def _spoken(timeline: Timeline, track: Track) -> list[tuple[float, float]]:
    heard = _heard(timeline, track)
    return [(at_ms / 1000, (at_ms + cue.duration_ms) / 1000) for at_ms, cue in heard]


def _softened(samples: Samples, rate: int) -> Samples:
    """Let a cue begin and end without a click, wherever its voice cut it."""
    soft = samples.copy()
    for length_ms, place in ((_RISE_MS, slice(None)), (_FALL_MS, slice(None, None, -1))):
        edge = soft[place][: round(length_ms * rate / 1000)]
        edge[:] = edge * np.linspace(0, 1, edge.size + 1)[1:]
    return soft


def _encode(samples: Samples, rate: int, out: Path, bed: Path | None) -> None:
    """Encode a sound as loud as it should be, with no peak above what is allowed.

    The limiter takes away from what the gain adds: how much is found by the secant method.
    """
    plain = Loudness(guess_loudness(samples, rate), _peak_db(samples))
    ceiling_db = CEILING_DB
    gain_db, is_limited = _first_gain(plain, ceiling_db)
    slope, before = _SLOPE if is_limited else 1.0, None
    made = _encode_louder(samples, rate, out, gain_db, ceiling_db, bed)
    for _ in range(_ROUNDS):
        above_db, short = made.peak_db - PEAK_DB, LOUDNESS_LUFS - made.lufs
        if above_db > 0:
            ceiling_db -= above_db + _MARGIN_DB
            gain_db, _ = _first_gain(plain, ceiling_db)
            before = None
        elif plain.lufs <= SILENT_LUFS or abs(short) <= _TOLERANCE_LU:
            break
        else:
            if before is not None:
                slope = min(max((made.lufs - before[1]) / (gain_db - before[0]), _SLOPE / 2), 1.0)
            before = gain_db, made.lufs
            gain_db += short / slope
        made = _encode_louder(samples, rate, out, gain_db, ceiling_db, bed)


def _peak_db(samples: Samples) -> float:
    """The highest of ``samples``, in decibels below full scale; -100 where all are 0."""
    highest = int(np.abs(samples.astype(np.int32)).max(initial=0))
    return 20 * math.log10(highest / 32768) if highest else -100.0


def _encode_louder(
    samples: Samples, rate: int, out: Path, gain_db: float, ceiling_db: float, bed: Path | None
) -> Loudness:
    """Encode ``samples`` with ``gain_db``; returns how loud that became."""
    louder = (_amplified(samples, gain_db),)
    return encode_sound(louder, rate, out, ceiling_db=ceiling_db, bed=bed)


def _amplified(samples: Samples, gain_db: float) -> memoryview:
    """``samples`` with ``gain_db``, as 32-bit floating point."""
    factor = np.float32(10 ** (gain_db / 20) / 32768)
    return (samples * factor).astype("<f4").data.cast("B")


def _first_gain(plain: Loudness, ceiling_db: float) -> tuple[float, bool]:
    """Guess the gain in decibels, and say whether the limiter then has to work."""
    gain_db = LOUDNESS_LUFS - plain.lufs if plain.lufs > SILENT_LUFS else 0.0
    above_db = max(plain.peak_db + gain_db - ceiling_db, 0.0)
    return gain_db + above_db * _TAKEN, above_db > 0


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

"""The bed: what is heard below the speech, if an author wants that: music, and soft clicks."""

from __future__ import annotations

import wave
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from storycast.errors import FilmError
from storycast.film.sound_command import decode_sound, measure_sound
from storycast.timeline import PressKind, Timeline

__all__ = ["RATE", "SILENT", "Bed", "write_bed"]

RATE = 48000
"""The bed's samples a second, which are the film's."""

_MUSIC_LUFS = -30.0  # 14 LU below the speech where nobody speaks
_DUCKED_DB = -8.0  # and 22 LU where somebody does
_SLOPE_S = 0.5  # from the one to the other; music is down when speech begins
_SHORTEST_GAP_S = 2.0  # in a shorter one music would only pump
_FADE_IN_S, _FADE_OUT_S = 1.0, 2.5
_SEAM_S = 1.0  # where music begins again, its end and its beginning overlap
_CLICK_PEAK_DB = -24.0
_AGAIN_S = 0.14  # between the presses of a double click
_SILENCE_LUFS = -60.0

_Samples = NDArray[np.float32]


@dataclass(frozen=True)
class Bed:
    """Files of sound that ffmpeg reads: ``music`` and ``click``; None is none."""

    music: Path | None = None
    click: Path | None = None

    @property
    def files(self) -> tuple[Path, ...]:
        """All that there are."""
        return tuple(path for path in (self.music, self.click) if path is not None)

    def check(self) -> None:
        """Raise ``FilmError`` where a file is missing."""
        for path in self.files:
            if not path.is_file():
                raise FilmError(
                    f"There is no file {path}.",
                    "Correct 'music' or 'click' in the notebook's metadata, under 'film'.",
                )


SILENT = Bed()
"""No bed, as films have none unless it is asked for."""


def write_bed(timeline: Timeline, spoken: list[tuple[float, float]], bed: Bed, out: Path) -> None:
    """Write the bed of a whole film to ``out``: WAV, mono, 48 kHz.

    ``spoken`` is when somebody speaks, in seconds. Raises ``FilmError`` where a file of ``bed`` is
    missing, silent or no sound.
    """
    bed.check()
    length = round(timeline.duration_ms * RATE / 1000)
    whole = np.zeros(length, np.float32)
    if bed.music is not None:
        whole += _looped(_music(bed.music), length) * _ducking(spoken, length) * _edges(length)
    if bed.click is not None:
        click = _click(bed.click)
        for at_s in _presses(timeline):
            start = round(at_s * RATE)
            part = whole[start : start + click.size]
            part += click[: part.size]
    with wave.open(str(out), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(RATE)
        sound.writeframes((whole.clip(-1, 1) * 32767).astype("<i2").tobytes())


def _presses(timeline: Timeline) -> Iterator[float]:
    for clip in timeline.clips:
        for press in clip.presses:
            at_s = (clip.start_ms + press.at_ms) / 1000
            yield at_s
            if press.kind is PressKind.DOUBLE:
                yield at_s + _AGAIN_S


def _decoded(path: Path) -> _Samples:
    try:
        data = decode_sound(path, RATE)
    except FilmError as error:
        raise FilmError(
            f"{path} is no sound that ffmpeg can read: {error.message}", "Give another file."
        ) from error
    samples = np.frombuffer(data, np.float32)
    if not samples.size or not samples.any():
        raise FilmError(f"{path} is silent.", "Give another file.")
    return samples


def _music(path: Path) -> _Samples:
    samples = _decoded(path)
    lufs = measure_sound(path).lufs
    if lufs < _SILENCE_LUFS:
        raise FilmError(f"{path} is too quiet to be music.", "Give another file.")
    return samples * np.float32(10 ** ((_MUSIC_LUFS - lufs) / 20))


def _click(path: Path) -> _Samples:
    samples = _decoded(path)
    return samples * np.float32(10 ** (_CLICK_PEAK_DB / 20) / np.abs(samples).max())


def _looped(music: _Samples, length: int) -> _Samples:
    """Music as long as the film; where it begins again its end fades into its beginning."""
    seam = min(round(_SEAM_S * RATE), music.size // 2)
    whole = np.zeros(length, np.float32)
    start = 0
    while start < length:
        part = music.copy()
        if seam:
            rising = np.sin(np.linspace(0, np.pi / 2, seam, dtype=np.float32))
            if start:
                part[:seam] *= rising
            part[-seam:] *= rising[::-1]
        place = whole[start : start + part.size]
        place += part[: place.size]
        start += max(music.size - seam, 1)
    return whole


def _ducking(spoken: list[tuple[float, float]], length: int) -> _Samples:
    """How loud music is at each sample: lower from before a word until after the last one."""
    times, levels = [0.0], [0.0]
    for start_s, end_s in _joined(spoken):
        for at_s, level in (
            (start_s - _SLOPE_S, 0.0),
            (start_s, _DUCKED_DB),
            (end_s, _DUCKED_DB),
            (end_s + _SLOPE_S, 0.0),
        ):
            times.append(max(at_s, times[-1]))
            levels.append(level)
    decibels = np.interp(np.arange(length) / RATE, times, levels)
    return np.asarray(10 ** (decibels / 20), np.float32)


def _joined(spoken: list[tuple[float, float]]) -> list[tuple[float, float]]:
    joined: list[tuple[float, float]] = []
    for start_s, end_s in sorted(spoken):
        if joined and start_s - joined[-1][1] < _SHORTEST_GAP_S:
            joined[-1] = (joined[-1][0], max(end_s, joined[-1][1]))
        else:
            joined.append((start_s, end_s))
    return joined


def _edges(length: int) -> _Samples:
    seconds = np.arange(length) / RATE
    rising, falling = seconds / _FADE_IN_S, seconds[::-1] / _FADE_OUT_S
    return np.asarray(np.minimum(np.minimum(rising, falling), 1), np.float32)

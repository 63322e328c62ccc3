"""Listens to a published film: what is understood, and where its words begin, as a picture."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageDraw

from narration.track import read_track
from storycast.timeline import read_timeline

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Spoken", "draw_waveform", "read_sound", "read_spoken"]

_RATE = 16000
_ROW_S, _ROW_PX, _WIDE_PX = 12, 110, 1920  # a pixel is 100 samples


@dataclass(frozen=True)
class Spoken:
    """A sentence of a film: when it begins, in seconds, and its words with their own times."""

    start_s: float
    text: str
    spoken: str
    words: tuple[tuple[float, str], ...]


def read_sound(film: Path) -> NDArray[np.float32]:
    """The film's sound at 16 kHz."""
    command = ["ffmpeg", "-v", "error", "-i", str(film), "-vn", "-ac", "1", "-ar", str(_RATE)]
    told = subprocess.run([*command, "-f", "f32le", "-"], capture_output=True, check=True)
    return np.frombuffer(told.stdout, np.float32)


def read_spoken(folder: Path) -> Iterator[Spoken]:
    """What is said in the film that was published in ``folder``, in order."""
    timeline, track = read_timeline(folder / "timeline.json"), read_track(folder / "track")
    for clip in timeline.clips:
        for said in clip.speech:
            cue, start_ms = track.cues[said.cue], clip.start_ms + said.at_ms
            words = tuple(
                ((start_ms + word.start_ms) / 1000, cue.written[word.start : word.end])
                for word in cue.words
            )
            yield Spoken(start_ms / 1000, cue.written, cue.spoken, words)


def draw_waveform(sound: NDArray[np.float32], spoken: list[Spoken], out: Path) -> None:
    """Draw the sound, twelve seconds to a row, with a mark and the word where each one begins."""
    rows = -(-len(sound) // (_ROW_S * _RATE))
    picture = Image.new("RGB", (_WIDE_PX, rows * _ROW_PX), "white")
    pen = ImageDraw.Draw(picture)
    step = _ROW_S * _RATE // _WIDE_PX
    peaks = np.abs(sound[: len(sound) // step * step]).reshape(-1, step).max(axis=1)
    for place, peak in enumerate(peaks):
        row, x = divmod(place, _WIDE_PX)
        middle, reach = row * _ROW_PX + 70, 38 * float(peak)
        pen.line((x, middle - reach, x, middle + reach), fill=(40, 90, 160))
    for number, (at_s, word) in enumerate(pair for each in spoken for pair in each.words):
        into_row, into_s = divmod(at_s, _ROW_S)
        left, top = into_s / _ROW_S * _WIDE_PX, into_row * _ROW_PX
        pen.line((left, top + 24, left, top + _ROW_PX), fill=(220, 60, 30))
        pen.text((left + 2, top + 12 * (number % 2)), word, fill=(0, 0, 0))
    picture.save(out)

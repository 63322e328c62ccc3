"""A small finished edition: a film, and beside it all that it was made of."""

from __future__ import annotations

import shutil
import wave
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from narration import Caption, TimedCue, as_srt, as_webvtt, cue_path, segment_captions
from recorder.take import Box
from storycast.film import render_film
from tests.storycast.sample import SAMPLE_RATE, Sample, write_sample

__all__ = ["Made", "make_edition"]

_SIZE = (960, 540)


@dataclass(frozen=True)
class Made:
    """Where the edition lies, and what is in it."""

    folder: Path
    sample: Sample

    @property
    def film(self) -> Path:
        return self.folder / "film.mp4"

    @property
    def seen(self) -> Path:
        """What was seen in the film as it was made."""
        return self.folder / "seen"

    @property
    def captions(self) -> Path:
        return self.folder / "captions.en.vtt"

    def copy(self, folder: Path) -> Made:
        """All of this edition, in another folder."""
        shutil.copytree(self.folder, folder)
        return Made(folder, self.sample)


def make_edition(folder: Path, *, framed: Box | None = None) -> Made:
    """Make the sample's film in ``folder``, as the command line publishes one.

    ``framed`` is what the camera frames in it.
    """
    sample = write_sample(folder)
    clips = tuple(clip.model_copy(update={"framed": framed}) for clip in sample.timeline.clips)
    sample = replace(sample, timeline=sample.timeline.model_copy(update={"clips": clips}))
    for number, cue in enumerate(sample.track.cues):
        _write_voice(cue_path(sample.track_folder, cue), cue.duration_ms, number)
    timeline = sample.timeline
    captions = _captions(sample)
    render_film(
        timeline,
        take_folder=sample.take_folder,
        track_folder=sample.track_folder,
        captions=as_srt(captions),
        out=folder / "film.mp4",
        cache=folder / "cache",
        size=_SIZE,
    )
    chapters = [
        Caption(chapter.start_ms, chapter.end_ms, (chapter.title,)) for chapter in timeline.chapters
    ]
    _write(folder / "captions.en.vtt", as_webvtt(captions, "en"))
    _write(folder / "chapters.vtt", as_webvtt(chapters, "en"))
    _write(folder / "timeline.json", timeline.model_dump_json(exclude_defaults=True))
    return Made(folder, sample)


def _captions(sample: Sample) -> tuple[Caption, ...]:
    timed = [
        TimedCue(sample.track.cues[speech.cue], clip.start_ms + speech.at_ms)
        for clip in sample.timeline.clips
        for speech in clip.speech
    ]
    return segment_captions(timed)


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


def _write_voice(path: Path, duration_ms: int, seed: int) -> None:
    """Write noise in syllables, which unlike a tone is like itself at one place only."""
    times = np.arange(duration_ms * SAMPLE_RATE // 1000) / SAMPLE_RATE
    noise = np.random.default_rng(seed).normal(0, 3000, times.size)
    smooth = np.convolve(noise, np.ones(6) / 6, "same")
    samples = (smooth * np.sin(times * 2 * np.pi * 2) ** 2).astype("<i2")
    with wave.open(str(path), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(SAMPLE_RATE)
        sound.writeframes(samples.tobytes())

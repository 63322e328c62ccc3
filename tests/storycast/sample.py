"""A small finished take, track and timeline, drawn by hand: three steps on a form page."""

from __future__ import annotations

import wave
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from narration.track import MANIFEST as TRACK_MANIFEST
from narration.track import Cue, Name, SpokenWord, Track, cue_path
from recorder.take import (
    MANIFEST,
    Action,
    ActionKind,
    Box,
    Browser,
    Locator,
    Moment,
    Step,
    Take,
    Target,
    shot_path,
)
from storycast.timeline import Chapter, Clip, Glide, Mark, Picture, Press, Speech, Timeline

__all__ = ["SAMPLE_RATE", "Sample", "write_sample"]

SAMPLE_RATE = 22050
_FIELD = Box(x=80, y=160, width=360, height=44)
_BUTTON = Box(x=460, y=160, width=140, height=44)


@dataclass(frozen=True)
class Sample:
    """Where the sample's files lie, and what they say."""

    take_folder: Path
    track_folder: Path
    take: Take
    track: Track
    timeline: Timeline


def write_sample(
    folder: Path, *, scale: int = 2, viewport: tuple[int, int] = (1280, 720)
) -> Sample:
    """Write a take and a track below ``folder`` and return them with their timeline."""
    take = _take(viewport, scale)
    take_folder, track_folder = folder / "take", folder / "track"
    (take_folder / "shots").mkdir(parents=True)
    for moment, text in zip(_moments(), ("", "Buy milk", "Buy milk (saved)"), strict=True):
        _draw(shot_path(take_folder, moment), viewport, scale, text)
    (take_folder / MANIFEST).write_text(take.model_dump_json(indent=1), encoding="utf-8")
    track = _track()
    (track_folder / "cues").mkdir(parents=True)
    for cue in track.cues:
        _write_tone(cue_path(track_folder, cue), cue.duration_ms)
    (track_folder / TRACK_MANIFEST).write_text(track.model_dump_json(indent=1), encoding="utf-8")
    return Sample(take_folder, track_folder, take, track, _timeline(viewport))


def _moments() -> tuple[Moment, Moment, Moment]:
    return (
        Moment(shot="a" * 16, snapshot="", address="/", title="Tasks"),
        Moment(shot="b" * 16, snapshot="", address="/", title="Tasks"),
        Moment(shot="c" * 16, snapshot="", address="/", title="Tasks"),
    )


def _take(viewport: tuple[int, int], scale: int) -> Take:
    empty, typed, saved = _moments()
    field = Target(
        box=_FIELD, role="textbox", name="Task name", text="", tag="input", cursor="text",
        locator=Locator(by="css selector", value="#task"),
    )  # fmt: skip
    button = Target(
        box=_BUTTON, role="button", name="Add task", text="Add task", tag="button",
        cursor="pointer", locator=Locator(by="css selector", value="#add"),
    )  # fmt: skip
    return Take(
        storyboard="sample",
        title="Add a task",
        language="en",
        viewport=viewport,
        scale=scale,
        browser=Browser(name="chromium", version="1"),
        steps=(
            Step(
                number=1, scene="The list", title="", cells=(1,), end=empty,
                prose="Open the *task list* in your browser. It is empty & waiting.",
                actions=(Action(kind=ActionKind.OPEN, cell=1, text="/", after=empty),),
            ),
            Step(
                number=2, scene="A task", title="Name it", cells=(3,), end=typed,
                prose="Type what you want to do into **Task name**.\n\n- keep it `short`\n",
                actions=(
                    Action(
                        kind=ActionKind.TYPE, cell=3, target=field, point=_FIELD.centre,
                        text="Buy milk", before=empty, after=typed,
                    ),
                ),
            ),
            Step(
                number=3, scene="A task", title="", cells=(5,), end=saved,
                prose="Then select **Add task**.",
                actions=(
                    Action(
                        kind=ActionKind.CLICK, cell=5, target=button, point=_BUTTON.centre,
                        before=typed, after=saved,
                    ),
                ),
            ),
        ),
    )  # fmt: skip


def _cue(key: str, text: str, audio: str, name: str = "") -> Cue:
    words: list[SpokenWord] = []
    position = at = 0
    for word in text.split(" "):
        words.append(
            SpokenWord(start=position, end=position + len(word), start_ms=at, end_ms=at + 300)
        )
        position += len(word) + 1
        at += 320
    start = text.find(name)
    names = (Name(text=name, start=start, end=start + len(name)),) if name else ()
    return Cue(
        passage=key, written=text, spoken=text, audio=audio, duration_ms=at + 100, pause_ms=300,
        words=tuple(words), names=names,
    )  # fmt: skip


def _track() -> Track:
    return Track(
        language="en",
        voice="sample",
        sample_rate=SAMPLE_RATE,
        cues=(
            _cue("1", "Open the task list in your browser.", "1" * 16),
            _cue("1", "It is empty & waiting.", "2" * 16),
            _cue("2", "Type what you want to do into Task name.", "3" * 16, "Task name"),
            _cue("3", "Then select Add task.", "4" * 16, "Add task"),
        ),
    )


def _timeline(viewport: tuple[int, int]) -> Timeline:
    empty, typed, saved = (moment.shot for moment in _moments())
    middle = Box(x=0, y=0, width=viewport[0], height=viewport[1]).centre
    clips = (
        Clip(
            step=1, start_ms=0, duration_ms=5000, pictures=(Picture(at_ms=0, shot=empty),),
            speech=(
                Speech(at_ms=300, cue=0, audio="1" * 16),
                Speech(at_ms=3100, cue=1, audio="2" * 16),
            ),
        ),
        Clip(
            step=2, start_ms=5000, duration_ms=4000,
            pictures=(
                Picture(at_ms=0, shot=empty),
                Picture(at_ms=2600, shot=typed, fade_ms=200),
            ),
            pointer=middle,
            glides=(Glide(start_ms=1500, end_ms=2300, origin=middle, goal=_FIELD.centre),),
            presses=(Press(at_ms=2500, point=_FIELD.centre),),
            marks=(Mark(start_ms=1800, end_ms=3600, box=_FIELD),),
            speech=(Speech(at_ms=300, cue=2, audio="3" * 16),),
        ),
        Clip(
            step=3, start_ms=9000, duration_ms=3000,
            pictures=(
                Picture(at_ms=0, shot=typed),
                Picture(at_ms=1600, shot=saved, fade_ms=200),
            ),
            pointer=_FIELD.centre,
            glides=(
                Glide(start_ms=600, end_ms=1200, origin=_FIELD.centre, goal=_BUTTON.centre),
            ),
            presses=(Press(at_ms=1500, point=_BUTTON.centre),),
            marks=(Mark(start_ms=800, end_ms=2400, box=_BUTTON),),
            speech=(Speech(at_ms=300, cue=3, audio="4" * 16),),
        ),
    )  # fmt: skip
    chapters = (
        Chapter(title="The list", start_ms=0, end_ms=5000),
        Chapter(title="A task", start_ms=5000, end_ms=12000),
    )
    return Timeline(
        title="Add a task", language="en", viewport=viewport, clips=clips, chapters=chapters
    )


def _draw(path: Path, viewport: tuple[int, int], scale: int, text: str) -> None:
    picture = Image.new("RGB", (viewport[0] * scale, viewport[1] * scale), "#f4f6fa")
    brush = ImageDraw.Draw(picture)
    font = ImageFont.load_default(22 * scale)

    def box(place: Box, fill: str) -> None:
        corners = (place.x, place.y, place.x + place.width, place.y + place.height)
        brush.rounded_rectangle([corner * scale for corner in corners], 6 * scale, fill, "#778")

    brush.text((80 * scale, 90 * scale), "Tasks", "#223", font)
    box(_FIELD, "#fff")
    box(_BUTTON, "#2747c7")
    brush.text((92 * scale, 168 * scale), text, "#223", font)
    brush.text((476 * scale, 168 * scale), "Add task", "#fff", font)
    picture.save(path, compress_level=1)


def _write_tone(path: Path, duration_ms: int) -> None:
    times = np.arange(duration_ms * SAMPLE_RATE // 1000) / SAMPLE_RATE
    samples = (np.sin(times * 2 * np.pi * 220) * 8000).astype("<i2")
    with wave.open(str(path), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(SAMPLE_RATE)
        sound.writeframes(samples.tobytes())

"""A clip: one step's stretch of film, encoded apart and kept by all that made it."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import CancelledError
from dataclasses import dataclass
from pathlib import Path
from threading import Event

from storycast import cache
from storycast.film import ffmpeg
from storycast.film.colour import Planes
from storycast.film.composite import Composer
from storycast.film.frame import View, frames_to_encode, view_at
from storycast.look import DEFAULT_LOOK, Look
from storycast.timeline import Clip

__all__ = ["FPS", "SIZE", "Format", "clip_name", "make_clip"]

_MAKERS = (
    "storycast.look",
    "storycast.drawing",
    "storycast.people",
    "storycast.halves",
    *(
        f"storycast.film.{name}"
        for name in ("frame", "seat", "composite", "roll", "colour", "clip", "ffmpeg")
    ),
)
"""The modules that say what a clip's file holds, by their full names."""


SIZE = (1920, 1080)
"""How wide and high a film is, in pixels."""

FPS = 30
"""How many frames a second has where something moves."""


@dataclass(frozen=True)
class Format:
    """What every clip of a film has in common.

    ``viewport`` is in CSS pixels, ``size`` in the film's, both width and height. A ``constant``
    frame rate stores every frame, whether something moves or not.
    """

    viewport: tuple[int, int]
    size: tuple[int, int] = SIZE
    fps: int = FPS
    look: Look = DEFAULT_LOOK
    constant: bool = False


def make_clip(
    clip: Clip, form: Format, *, composer: Composer, folder: Path, stop: Event | None = None
) -> Path:
    """Return the file of ``clip`` in ``folder``, which is encoded first where it is not there.

    It has pictures only, H.264 in MP4, starts with a key frame and lasts exactly as long as the
    clip. Raises ``FilmError`` where a shot is missing or encoding fails, and ``CancelledError``
    before the next frame where ``stop`` is set.
    """

    def make(draft: Path) -> None:
        frames = frames_to_encode(clip, form.fps, constant=form.constant)
        command = ffmpeg.clip_command(draft, size=form.size, fps=form.fps, frames=frames)
        ffmpeg.run(command, _pictures(clip, form, frames, composer, stop or Event()))

    return cache.made_once(folder / f"{clip_name(clip, form)}.mp4", make)


def clip_name(clip: Clip, form: Format) -> str:
    """Return the name of a clip's file: of what it shows, and of all that draws and encodes it.

    Where in the film it lies, its step's number and what is said meanwhile do not matter.
    """
    shown = clip.model_dump_json(exclude={"step", "start_ms", "speech"})
    return cache.content_name(shown, repr(form), cache.source_digest(*_MAKERS), ffmpeg.version())


def _pictures(
    clip: Clip, form: Format, frames: tuple[int, ...], composer: Composer, stop: Event
) -> Iterator[memoryview]:
    """Draw one frame after the other, all in the same place: the last is gone when the next is."""
    canvas, planes = composer.blank(), Planes(form.size)
    drawn: View | None = None
    for index in frames:
        if stop.is_set():
            raise CancelledError
        view = view_at(clip, index * 1000 / form.fps)
        if view != drawn:
            composer.draw(view, canvas)
            drawn = view
        yield planes.fill(canvas)

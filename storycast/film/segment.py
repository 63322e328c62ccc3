"""A segment: a movement and the rest after it, encoded apart and kept by all that made them.

How long the rest lasts is left open. A segment's file holds `REST_S` of it: a film takes as much as
its sentences need.
"""

from __future__ import annotations

from concurrent.futures import CancelledError
from threading import Event
from typing import TYPE_CHECKING

from storycast import cache
from storycast.film import ffmpeg, process
from storycast.film.frame import View, frames_to_encode, view_at

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from storycast.film.composite import Composer
    from storycast.film.form import Format
    from storycast.timeline import Clip

__all__ = ["make_segment", "moving_frames", "segment_frames", "segment_name"]

_MAKERS = (
    "storycast.look",
    "storycast.drawing",
    "storycast.people",
    "storycast.halves",
    *(
        f"storycast.film.{name}"
        for name in ("form", "frame", "seat", "composite", "roll", "colour", "segment", "ffmpeg")
    ),
)
"""The modules that say what a segment's file holds, by their full names."""


def make_segment(
    shown: Clip,
    form: Format,
    *,
    composer: Callable[[], Composer],
    folder: Path,
    stop: Event | None = None,
) -> Path:
    """Return the file in ``folder`` of what ``shown`` and the rest after it look like.

    ``shown`` is an excerpt. Where its file is not there, it is drawn by what ``composer`` gives and
    encoded first: a bare H.264 stream. Raises ``FilmError`` where a shot is missing or encoding
    fails, and ``CancelledError`` before the next frame where ``stop`` is set.
    """

    def make(draft: Path) -> None:
        frames = segment_frames(shown, form)
        keys = range(0, max(moving_frames(shown, form), 1), form.rest)
        command = ffmpeg.segment_command(
            draft, size=form.size, fps=form.fps, frames=frames, keys=keys
        )
        views = (view_at(shown, frame * 1000 / form.fps) for frame in frames)
        process.run(command, _pictures(views, form, composer(), stop or Event()))

    return cache.made_once(folder / f"{segment_name(shown, form)}.h264", make)


def segment_name(shown: Clip, form: Format) -> str:
    """Return the name of a segment's file: of what it shows, and of all that draws and encodes it.

    As ``shown`` is an excerpt, where in the film it lies and what is said do not matter.
    """
    makers = cache.source_digest(*_MAKERS)
    return cache.content_name(shown.model_dump_json(), repr(form), makers, ffmpeg.identity())


def segment_frames(shown: Clip, form: Format) -> tuple[int, ...]:
    """Return which frames a segment's file has, counted from 0, in order."""
    return frames_to_encode(shown, form.fps, rest=form.rest, constant=form.constant)


def moving_frames(shown: Clip, form: Format) -> int:
    """After how many frames a segment rests."""
    return -(-shown.duration_ms * form.fps // 1000)


def _pictures(
    views: Iterable[View], form: Format, composer: Composer, stop: Event
) -> Iterator[memoryview]:
    """Draw one frame after the other, all in the same place: the last is gone when the next is."""
    from storycast.film.colour import Planes  # noqa: PLC0415 - only where something is drawn

    canvas, planes = composer.blank(), Planes(form.size)
    drawn: View | None = None
    picture = memoryview(b"")
    for view in views:
        if stop.is_set():
            raise CancelledError
        if view != drawn:
            composer.draw(view, canvas)
            picture = planes.fill(canvas)
            drawn = view
        yield picture

"""The form of a film: what all its segments have in common."""

from __future__ import annotations

from dataclasses import dataclass

from storycast.errors import FilmError
from storycast.look import DEFAULT_LOOK, Look
from storycast.timeline import GRID_MS, Timeline

__all__ = ["FPS", "REST_S", "SIZE", "Format", "check_timeline"]

SIZE = (1920, 1080)
"""How wide and high a film is, in pixels."""

FPS = 30
"""How many frames a second has where something moves."""

REST_S = 5
"""How many seconds of each rest are in a segment's file; who needs more takes them once more."""


@dataclass(frozen=True)
class Format:
    """How a film is made.

    ``viewport`` is in CSS pixels, ``size`` in the film's, both width and height. A ``constant``
    frame rate stores every frame, whether something moves or not.
    """

    viewport: tuple[int, int]
    size: tuple[int, int] = SIZE
    fps: int = FPS
    look: Look = DEFAULT_LOOK
    constant: bool = False

    @property
    def rest(self) -> int:
        """How many frames a rest has in a segment's file."""
        return REST_S * self.fps


def check_timeline(timeline: Timeline) -> None:
    """Raise ``FilmError`` where ``timeline`` is none of a film."""
    if not timeline.clips:
        raise FilmError("The timeline has no clips.", "Add a step that shows a page.")
    start_ms = 0
    for clip in timeline.clips:
        if not clip.pictures:
            raise FilmError(f"Step {clip.step} shows nothing: its clip has no picture.")
        if clip.start_ms != start_ms or clip.duration_ms <= 0 or clip.duration_ms % GRID_MS:
            raise FilmError(f"The clip of step {clip.step} does not follow the one before it.")
        start_ms += clip.duration_ms

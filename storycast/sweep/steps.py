"""Which step of a guide a picture or a moment of a film belongs to, where the files beside tell."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from recorder.take import read_take
from storycast.timeline import Timeline, read_timeline

__all__ = ["step_at", "step_of"]


def step_of(picture: Path) -> int | None:
    """The step whose shot a picture is; None where no take lies beside it that says so."""
    return _steps(picture.parent.parent).get(picture.stem)


def step_at(film: Path, at_ms: float) -> int | None:
    """The step that a film shows at ``at_ms``; None where no timeline lies beside it."""
    timeline = _timeline(film.with_name("timeline.json"))
    clips = timeline.clips if timeline else ()
    return next((clip.step for clip in reversed(clips) if clip.start_ms <= at_ms), None)


@lru_cache(maxsize=64)
def _steps(folder: Path) -> dict[str, int]:
    try:
        take = read_take(folder)
    except Exception:  # most folders are no takes, and then there is nothing to tell
        return {}
    return {
        shot: step.number
        for step in reversed(take.steps)
        for shot in take.model_copy(update={"steps": (step,)}).shots
    }


@lru_cache(maxsize=64)
def _timeline(path: Path) -> Timeline | None:
    try:
        return read_timeline(path)
    except (OSError, ValueError):
        return None

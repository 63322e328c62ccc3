"""What a clip shows at a moment: pure functions of its data, in milliseconds from its start."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from recorder.take import Box, Point
from storycast.timeline import Clip, CursorShape, Glide, Mark, Picture, PressKind

__all__ = ["MARK_FADE_MS", "PRESS_MS", "View", "frames_to_encode", "view_at"]

MARK_FADE_MS = 150
"""How long a ring takes to come and to go."""

PRESS_MS = 400
"""How long the ripple of a press is seen."""


@dataclass(frozen=True)
class View:
    """All that is seen at one moment; equal views are equal pictures.

    ``shots`` are names and how much each covers what lies below, the lowest (1.0) first;
    ``marks`` are boxes and their strength; ``presses`` are places, kinds and how far the ripple
    has run, 0 to 1. ``pointer`` is None where it is not in the picture.
    """

    shots: tuple[tuple[str, float], ...]
    marks: tuple[tuple[Box, float], ...]
    presses: tuple[tuple[Point, PressKind, float], ...]
    pointer: Point | None
    shape: CursorShape


def view_at(clip: Clip, at_ms: float) -> View:
    """Return what ``clip`` shows at ``at_ms``."""
    pointer, shape = _pointer_at(clip, at_ms)
    strengths = ((mark.box, _strength(mark, at_ms)) for mark in clip.marks)
    ripples = ((press, (at_ms - press.at_ms) / PRESS_MS) for press in clip.presses)
    return View(
        shots=_shots_at(clip, at_ms),
        marks=tuple((box, strength) for box, strength in strengths if strength > 0),
        presses=tuple((press.point, press.kind, part) for press, part in ripples if 0 <= part < 1),
        pointer=pointer,
        shape=shape,
    )


def frames_to_encode(clip: Clip, fps: int) -> tuple[int, ...]:
    """Return the frames of ``clip`` that must be encoded, in order, counted from 0.

    They are the first, the last (so that the clip lasts as long as it says), each that differs
    from the one before, and of a picture that holds still one a second.
    """
    last = clip.duration_ms * fps // 1000 - 1
    chosen = [0]
    shown = view_at(clip, 0)
    for index in range(1, last + 1):
        view = view_at(clip, index * 1000 / fps)
        if view != shown or index == last or index - chosen[-1] >= fps:
            chosen.append(index)
        shown = view
    return tuple(chosen)


def _shots_at(clip: Clip, at_ms: float) -> tuple[tuple[str, float], ...]:
    begun = bisect_right(clip.pictures, at_ms, key=lambda picture: picture.at_ms)
    shots: list[tuple[str, float]] = []
    for picture in reversed(clip.pictures[: max(begun, 1)]):
        cover = _cover(picture, at_ms)
        shots.append((picture.shot, cover))
        if cover >= 1:
            break
    lowest = (shots[-1][0], 1.0)
    return (lowest, *reversed(shots[:-1]))


def _cover(picture: Picture, at_ms: float) -> float:
    """How much of what lies below a picture hides: all of it, unless it still fades in."""
    passed = at_ms - picture.at_ms
    return 1.0 if passed >= picture.fade_ms else passed / picture.fade_ms


def _strength(mark: Mark, at_ms: float) -> float:
    """How much of a ring is seen; one that is short never comes to full strength."""
    inside = min(at_ms - mark.start_ms, mark.end_ms - at_ms)
    return _eased(inside / MARK_FADE_MS)


def _pointer_at(clip: Clip, at_ms: float) -> tuple[Point | None, CursorShape]:
    begun = bisect_right(clip.glides, at_ms, key=lambda glide: glide.start_ms)
    if begun == 0:
        return clip.pointer, clip.shape
    glide = clip.glides[begun - 1]
    if at_ms >= glide.end_ms:
        return glide.goal, glide.shape
    shape = clip.glides[begun - 2].shape if begun > 1 else clip.shape
    return _on_the_way(glide, at_ms), shape


def _on_the_way(glide: Glide, at_ms: float) -> Point:
    part = _eased((at_ms - glide.start_ms) / (glide.end_ms - glide.start_ms))
    return Point(
        x=glide.origin.x + (glide.goal.x - glide.origin.x) * part,
        y=glide.origin.y + (glide.goal.y - glide.origin.y) * part,
    )


def _eased(part: float) -> float:
    """Slow at both ends, from 0 to 1: Perlin's smoother step, which starts without a jerk."""
    part = min(max(part, 0.0), 1.0)
    return part * part * part * (part * (part * 6 - 15) + 10)

"""Whose screen a clip shows at a moment, and what beside it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from recorder.take import Point
from storycast.timeline import Clip, Corner, CursorShape, Neighbour, Person, Seat

__all__ = ["BESIDE_FADE_MS", "CALL_MS", "Beside", "Seated", "seat_at"]

CALL_MS = 1500
"""How long a person's name is shown large."""

BESIDE_FADE_MS = 120
"""How long another picture of the screen beside takes to come."""

_CALL_FADE_MS = 200


@dataclass(frozen=True)
class Beside:
    """What is seen beside the screen that is acted on: shots, the last so far as it ``covers``."""

    person: Person | None
    shots: tuple[str, ...]
    covers: float
    pointer: Point | None
    shape: CursorShape
    is_left: bool


@dataclass(frozen=True)
class Seated:
    """Whose screen is seen; ``called`` is how strongly the name is shown large, 0 to 1."""

    person: Person | None
    corner: Corner
    called: float = 0.0
    beside: Beside | None = None


def seat_at(clip: Clip, at_ms: float) -> Seated | None:
    """Whose screen ``clip`` shows at ``at_ms``; None where that is not to be said."""
    begun = bisect_right(clip.seats, at_ms, key=lambda seat: seat.at_ms)
    if begun == 0:
        return None
    seat, before = clip.seats[begun - 1], clip.seats[begun - 2] if begun > 1 else None
    return Seated(
        seat.person,
        seat.corner,
        _called(seat, at_ms),
        None if seat.beside is None else _beside(seat.beside, before, at_ms - seat.at_ms),
    )


def _called(seat: Seat, at_ms: float) -> float:
    if seat.called_ms is None:
        return 0.0
    passed = at_ms - seat.called_ms
    part = min(passed, CALL_MS - passed) / _CALL_FADE_MS
    return round(min(max(part, 0.0), 1.0), 3)


def _beside(shown: Neighbour, before: Seat | None, passed_ms: float) -> Beside:
    old = before.beside if before else None
    fades = old is not None and old.person == shown.person and passed_ms < BESIDE_FADE_MS
    shots = (old.shot, shown.shot) if old is not None and fades else (shown.shot,)
    covers = passed_ms / BESIDE_FADE_MS if fades else 1.0
    return Beside(shown.person, shots, covers, shown.pointer, shown.shape, shown.is_left)

"""Holds: times at which nothing moves and nothing is drawn over the page but the pointer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from recorder.take import Box, Point
from storycast.timeline import Clip, Picture
from storycast.verify.camera import framing_at

__all__ = ["RING_MS", "RIPPLE_MS", "Hold", "find_holds", "pictures_at", "pointer_at"]

RIPPLE_MS = 400
"""How long a press is seen."""

RING_MS = 150
"""How long a ring takes to come."""

_SEATED_MS = 150  # until what is seen beside has come
_CALL_MS = 1500  # how long a person's name is seen large
_SHORTEST_MS = 150
_SETTLED_MS = 500  # where a long hold is looked at: it may become longer, and shows the same there
_MARGIN_MS = 40  # more than a frame, so that the frame that stands has begun in the hold
_APART_MS = 4000  # one hold to each: reading a shot takes longer than decoding seconds of film

Span = tuple[float, float]


@dataclass(frozen=True)
class Hold:
    """A moment of a hold: at ``at_ms`` of its clip the page is seen as ``pictures`` show it.

    The first of them is a whole shot, the others lie over it. ``pointer`` is where the pointer
    rests (None: it is not seen), ``framing`` what the camera frames (None: the whole viewport).
    """

    at_ms: float
    pictures: tuple[Picture, ...]
    pointer: Point | None
    framing: Box | None
    lasts_ms: float


def find_holds(clip: Clip) -> tuple[Hold, ...]:
    """Return the longest hold of each picture of ``clip``; of many the longest, one to 4 s."""
    longest: dict[object, Hold] = {}
    for hold in _holds(clip):
        key = (hold.framing, tuple((picture.shot, picture.box) for picture in hold.pictures))
        if key not in longest or hold.lasts_ms > longest[key].lasts_ms:
            longest[key] = hold
    most = max(clip.duration_ms // _APART_MS, 1)
    found = sorted(longest.values(), key=lambda hold: hold.lasts_ms, reverse=True)[:most]
    return tuple(sorted(found, key=lambda hold: hold.at_ms))


def pictures_at(clip: Clip, at_ms: float) -> tuple[Picture, ...]:
    """Return what is seen at ``at_ms`` of ``clip``: a whole shot, and what lies over it."""
    begun = [picture for picture in clip.pictures if picture.at_ms <= at_ms] or clip.pictures[:1]
    whole = max((i for i, picture in enumerate(begun) if picture.box is None), default=0)
    return tuple(begun[whole:])


def pointer_at(clip: Clip, at_ms: float) -> Point | None:
    """Return where the pointer rests at ``at_ms`` of ``clip`` (None: it is not seen)."""
    ended = [glide.goal for glide in clip.glides if glide.end_ms <= at_ms]
    return ended[-1] if ended else clip.pointer


def _holds(clip: Clip) -> Iterator[Hold]:
    for start_ms, end_ms in _free(clip.duration_ms, sorted(_busy(clip))):
        if end_ms - start_ms < _SHORTEST_MS:
            continue
        at_ms = min((start_ms + end_ms) / 2, start_ms + _SETTLED_MS)
        yield Hold(
            at_ms=at_ms,
            pictures=pictures_at(clip, at_ms),
            pointer=pointer_at(clip, at_ms),
            framing=framing_at(clip, at_ms),
            lasts_ms=end_ms - start_ms,
        )


def _busy(clip: Clip) -> Iterator[Span]:
    """Yield when something moves, or is drawn over the page."""
    yield from ((picture.at_ms, picture.at_ms + picture.fade_ms) for picture in clip.pictures)
    yield from ((press.at_ms, press.at_ms + RIPPLE_MS) for press in clip.presses)
    over = (clip.drags, clip.marks, clip.caps, clip.menus, clip.prompts, clip.cards, clip.captions)
    for kind in (clip.glides, clip.moves, *over):
        yield from ((each.start_ms, each.end_ms) for each in kind)
    for seat in clip.seats:
        yield seat.at_ms, seat.at_ms + _SEATED_MS
        if seat.called_ms is not None:
            yield seat.called_ms, seat.called_ms + _CALL_MS
    for roll in clip.rolls:
        yield roll.start_ms, _next_whole(clip, roll.end_ms)


def _next_whole(clip: Clip, after_ms: int) -> float:
    times = (p.at_ms for p in clip.pictures if p.box is None and p.at_ms >= after_ms)
    return min(times, default=clip.duration_ms)


def _free(duration_ms: float, busy: Iterable[Span]) -> Iterator[Span]:
    """Yield what ``busy`` spans, in the order of their starts, leave of a clip."""
    at_ms = 0.0
    for start_ms, end_ms in _widened(busy):
        if start_ms > at_ms:
            yield at_ms, start_ms
        at_ms = max(at_ms, end_ms)
    if duration_ms > at_ms:
        yield at_ms, duration_ms


def _widened(busy: Iterable[Span]) -> Sequence[Span]:
    return [(start_ms - _MARGIN_MS, end_ms + _MARGIN_MS) for start_ms, end_ms in busy]

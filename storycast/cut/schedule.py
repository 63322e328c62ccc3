"""The schedule: when the actions of a step happen and when its sentences are spoken."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from storycast.cut.pace import Span

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from storycast.cut.anchor import Anchor

__all__ = ["Beat", "CrowdedError", "Line", "Schedule", "Slot", "schedule"]

_CALM = 0.5
"""How much actions hurry before the next sentence waits for them instead."""

_TOLERANCE_MS = 20
"""Whole milliseconds and whole frames: nobody sees less."""


@dataclass(frozen=True)
class Beat:
    """An action's needs: the time before it (to get there) and after it (to see what it does)."""

    before: Span
    after: Span
    anchor: Anchor | None = None


@dataclass(frozen=True)
class Line:
    """A sentence: how long it is spoken and how long the silence after it is, in milliseconds.

    ``prose`` tells that it belongs to the step's own prose, over which actions spread.
    """

    duration_ms: int
    pause_ms: int
    prose: bool = True


@dataclass(frozen=True)
class Slot:
    """When an action happens.

    ``hurry`` is how much what leads to it is squeezed, 0 to 1; ``after_hurry`` what follows.
    ``free_ms`` is from when on the screen is free for it.
    """

    at_ms: int
    hurry: float
    after_hurry: float
    free_ms: int


@dataclass(frozen=True)
class Schedule:
    """When each line begins, each action's slot, and when the last action is over."""

    lines: tuple[int, ...]
    slots: tuple[Slot, ...]
    end_ms: int


class CrowdedError(Exception):
    """Two actions are to happen so close to each other that one cannot be seen before the other.

    ``line`` is the sentence's place, ``first`` and ``second`` the actions'.
    """

    def __init__(self, line: int, first: int, second: int) -> None:
        super().__init__(line, first, second)
        self.line, self.first, self.second = line, first, second


class _LateError(Exception):
    def __init__(self, line: int, by_ms: int) -> None:
        super().__init__(line, by_ms)
        self.line, self.by_ms = line, by_ms


def schedule(
    beats: Sequence[Beat], lines: Sequence[Line], *, lead_ms: int, begin: Span
) -> Schedule:
    """Place actions at their anchors, and the others, in order, between them.

    Where there is not time enough, actions hurry; where that is not enough either, the sentence
    waits. Within a sentence nothing can wait: raises `CrowdedError`. ``lead_ms`` is how long
    before the first word, ``begin`` what is needed before the first action.
    """
    waits = [0] * len(lines)
    while True:
        starts = _starts(lines, waits, lead_ms)
        try:
            return _Placing(beats, lines, starts, lead_ms).place(begin)
        except _LateError as late:
            waits[late.line] += late.by_ms


def _starts(lines: Sequence[Line], waits: Sequence[int], lead_ms: int) -> tuple[int, ...]:
    starts = []
    at_ms = lead_ms
    for line, wait in zip(lines, waits, strict=True):
        at_ms += wait
        starts.append(at_ms)
        at_ms += line.duration_ms + line.pause_ms
    return tuple(starts)


@dataclass(frozen=True)
class _Placing:
    """One attempt, with sentences that begin at ``starts``."""

    beats: Sequence[Beat]
    lines: Sequence[Line]
    starts: tuple[int, ...]
    lead_ms: int

    def place(self, begin: Span) -> Schedule:
        times = {
            place: self.starts[beat.anchor.cue] + beat.anchor.offset_ms
            for place, beat in enumerate(self.beats)
            if beat.anchor is not None
        }
        wanted = self._spread(times)
        slots: list[Slot] = []
        free_ms, after = 0, begin
        segment: list[int] = []
        for place in range(len(self.beats)):
            segment.append(place)
            if place in times:
                slots += self._segment(segment, free_ms, after, wanted, times)
                free_ms, after = times[place], self.beats[place].after
                segment = []
        slots += self._segment(segment, free_ms, after, wanted, times)
        last = slots[-1] if slots else None
        rest = self.beats[-1].after.natural if slots else 0
        end_ms = last.at_ms + rest if last else 0
        return Schedule(self.starts, _joined(slots), end_ms)

    def _segment(
        self,
        places: list[int],
        free_ms: int,
        after: Span,
        wanted: list[int],
        times: Mapping[int, int],
    ) -> list[Slot]:
        """The slots of actions up to the next that is anchored, or up to the end."""
        if not places:
            return []
        last = places[-1]
        needs = after
        for place in places:
            needs += self.beats[place].before
            needs += self.beats[place].after if place != last else Span()
        hurry = self._hurry(places, needs, times[last] - free_ms) if last in times else 0.0
        slots = []
        cursor = free_ms + after.squeezed(hurry)
        left = needs.squeezed(hurry) - after.squeezed(hurry)
        for place in places:
            beat = self.beats[place]
            left -= beat.before.squeezed(hurry)
            at_ms = cursor + beat.before.squeezed(hurry)
            if place in times:
                at_ms = max(times[place], at_ms - _TOLERANCE_MS)
            elif last in times:
                at_ms = max(at_ms, min(wanted[place], times[last] - left))
            else:
                at_ms = max(at_ms, wanted[place])
            slots.append(Slot(at_ms, hurry, hurry, cursor))
            cursor = at_ms + beat.after.squeezed(hurry)
            left -= beat.after.squeezed(hurry)
        return slots

    def _hurry(self, places: list[int], needs: Span, available_ms: int) -> float:
        """How much a segment must hurry to reach its anchored end in time."""
        if needs.natural <= available_ms:
            return 0.0
        anchor = self.beats[places[-1]].anchor
        if anchor is None:
            return 0.0
        first = places[0] - 1
        known = self.beats[first].anchor if first >= 0 else None
        can_wait = known is None or known.cue < anchor.cue
        begins = anchor.cue == 0 and known is None  # nothing is heard yet: waiting costs nothing
        most = (0.0 if begins else _CALM) if can_wait else 1.0
        needed_ms = needs.squeezed(most)
        if needed_ms > available_ms + _TOLERANCE_MS:
            if not can_wait:
                raise CrowdedError(anchor.cue, first, places[-1])
            raise _LateError(anchor.cue, needed_ms - available_ms)
        room = needs.natural - needs.least
        return min(1.0, (needs.natural - available_ms) / room) if room else 0.0

    def _spread(self, times: Mapping[int, int]) -> list[int]:
        """When each action should happen; those without an anchor spread between the others."""
        start_ms = self.starts[0] if self.starts else self.lead_ms
        ends = [
            at_ms + line.duration_ms
            for at_ms, line in zip(self.starts, self.lines, strict=True)
            if line.prose
        ]
        end_ms = max(ends, default=start_ms)
        count = len(self.beats)
        fixed = {-1: start_ms, **times}
        wanted = []
        for place in range(count):
            before = max(index for index in fixed if index < place or index in (place, -1))
            after = min((index for index in times if index > place), default=count)
            goal = max(times.get(after, end_ms), fixed[before])
            share = (place - before) / (after - before)
            wanted.append(round(fixed[before] + (goal - fixed[before]) * share))
        return wanted


def _joined(slots: list[Slot]) -> tuple[Slot, ...]:
    """Slots whose ``after_hurry`` is that of the segment that follows them."""
    following = [slot.hurry for slot in slots[1:]]
    hurries = [*following, 0.0]
    return tuple(
        Slot(slot.at_ms, slot.hurry, hurry, slot.free_ms)
        for slot, hurry in zip(slots, hurries, strict=False)
    )

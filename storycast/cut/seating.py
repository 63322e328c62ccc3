"""Seating: whose screen is seen when, and what beside it; of takes that have people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recorder.take import Box
from storycast.geometry import overlaps, pad_box
from storycast.timeline import Corner, Seat

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recorder.take import Action, Moment
    from storycast.cut.screen import Screen
    from storycast.timeline import Clip

__all__ = ["Seating", "place_tags"]

_TAG_WIDE, _TAG_HIGH = 0.34, 0.075
"""The most that a name tag takes of a picture's width and height, its edges too."""


class Seating:
    """The seats of one clip; ``covered_ms`` is how long cards cover what is seen."""

    def __init__(self, screen: Screen, covered_ms: int) -> None:
        self._screen = screen
        self._covered_ms = covered_ms
        self.seats: list[Seat] = []
        if screen.people:
            self._begin()

    def _begin(self) -> None:
        screen = self._screen
        if screen.seat is None:
            person = screen.people.get(screen.moment.actor)
            called_ms = None if person is None else self._after_cards(0)
            self._take(Seat(at_ms=0, person=person, called_ms=called_ms))
        else:
            self._take(screen.seat.model_copy(update={"at_ms": 0, "called_ms": None}))

    def turn(self, moment: Moment, at_ms: int) -> None:
        """The screen of another person is seen: who they are is said."""
        person = self._screen.people.get(moment.actor)
        called_ms = None if person is None else self._after_cards(at_ms)
        self._take(Seat(at_ms=at_ms, person=person, called_ms=called_ms))

    def seat(self, action: Action, at_ms: int) -> None:
        """Show what is to be seen beside ``action``, or nothing beside it any more."""
        screen, last = self._screen, self._screen.seat
        if last is None:
            return
        beside = action.beside
        wanted = beside and screen.beside(beside.before, is_left=beside.is_left)
        if wanted == last.beside:
            return
        update = {"at_ms": at_ms, "beside": wanted, "called_ms": None}
        if wanted is None and last.called_ms is None:
            update["called_ms"] = self._after_cards(at_ms)
        self._take(last.model_copy(update=update))

    def notice(self, action: Action, at_ms: int) -> None:
        """What ``action`` led to beside it is seen."""
        last, beside = self._screen.seat, action.beside
        if last is None or last.beside is None or beside is None:
            return
        if beside.after.shot != last.beside.shot:
            neighbour = last.beside.model_copy(update={"shot": beside.after.shot})
            update = {"at_ms": at_ms, "beside": neighbour, "called_ms": None}
            self._take(last.model_copy(update=update))

    def _after_cards(self, at_ms: int) -> int:
        return max(at_ms, self._covered_ms)

    def _take(self, seat: Seat) -> None:
        """Sit down; who sat there for no time has not."""
        called_ms = None
        while self.seats and self.seats[-1].at_ms >= seat.at_ms:
            called_ms = self.seats.pop().called_ms
        if seat.called_ms is None and seat.beside is None and called_ms is not None:
            seat = seat.model_copy(update={"called_ms": called_ms})
        self.seats.append(seat)
        self._screen.seat = seat


def place_tags(clip: Clip, viewport: tuple[int, int]) -> Clip:
    """``clip`` with its name tags in a corner where they cover nothing that is pointed at."""
    if not clip.seats:
        return clip
    corner = next((each for each in Corner if _is_free(each, clip, viewport)), Corner.TOP_RIGHT)
    seats = tuple(seat.model_copy(update={"corner": corner}) for seat in clip.seats)
    return clip.model_copy(update={"seats": seats})


def _is_free(corner: Corner, clip: Clip, viewport: tuple[int, int]) -> bool:
    whole = Box(x=0, y=0, width=viewport[0], height=viewport[1])
    frames = [clip.framed or whole, *(move.goal for move in clip.moves)]
    return not any(
        overlaps(_corner_of(frame, corner), box) for frame in frames for box in _read(clip)
    )


def _corner_of(frame: Box, corner: Corner) -> Box:
    wide, high = frame.width * _TAG_WIDE, frame.height * _TAG_HIGH
    is_right = corner in (Corner.TOP_RIGHT, Corner.BOTTOM_RIGHT)
    is_low = corner in (Corner.BOTTOM_LEFT, Corner.BOTTOM_RIGHT)
    return Box(
        x=frame.x + (frame.width - wide if is_right else 0),
        y=frame.y + (frame.height - high if is_low else 0),
        width=wide,
        height=high,
    )


def _read(clip: Clip) -> Sequence[Box]:
    """Where in the clip something is pointed at."""
    points = [press.point for press in clip.presses] + [glide.goal for glide in clip.glides]
    around = [pad_box(Box(x=point.x, y=point.y, width=0, height=0), 16) for point in points]
    return [*around, *(mark.box for mark in clip.marks), *(menu.box for menu in clip.menus)]

"""The camera: where in the film's picture a place of the page lies."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace

from recorder.take import Box, Point
from storycast.halves import Halves
from storycast.timeline import Clip, Corner, Seat

__all__ = ["Area", "Camera", "camera_at", "framing_at", "tag_at"]

_TAG = (0.36, 0.08)
"""More of the picture's width and height than a name tag takes in its corner."""


@dataclass(frozen=True)
class Area:
    """A rectangle of whole pixels in the film's picture; right and bottom lie just outside."""

    left: int
    top: int
    right: int
    bottom: int

    def meets(self, other: Area) -> bool:
        """Whether both have a pixel in common."""
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom

    @property
    def is_empty(self) -> bool:
        """Whether it has no pixel."""
        return self.right <= self.left or self.bottom <= self.top


@dataclass(frozen=True)
class Camera:
    """How the page lies in the picture: letterboxed, as large as it can be.

    ``viewport`` is in CSS pixels, ``size`` in the film's. Where two pages are seen, it ``is_left``
    or right of them (None: it is the only one).
    """

    viewport: tuple[int, int]
    size: tuple[int, int]
    is_left: bool | None = None

    @property
    def _room(self) -> tuple[int, int]:
        """What the page has of the picture."""
        return self.size if self.is_left is None else Halves(self.size).half

    @property
    def scale(self) -> float:
        """How many of the film's pixels a CSS pixel has where the whole page is seen."""
        return min(self._room[0] / self.viewport[0], self._room[1] / self.viewport[1])

    @property
    def page(self) -> Area:
        """Where the page lies."""
        width, height = (round(length * self.scale) for length in self.viewport)
        left, top = (self._room[0] - width) // 2, (self._room[1] - height) // 2
        if self.is_left is not None:
            left += Halves(self.size).left(is_left=self.is_left)
        return Area(left, top, left + width, top + height)

    def around(self, point: Point, reach: tuple[float, float], framing: Box | None = None) -> Area:
        """The pixels of the page around ``point``: from ``reach[0]`` before it to ``reach[1]``.

        Both are CSS pixels; ``framing`` is what the camera frames (None: the whole viewport).
        """
        page = self.page
        seen = framing or Box(x=0, y=0, width=self.viewport[0], height=self.viewport[1])
        x = page.left + (point.x - seen.x) / seen.width * (page.right - page.left)
        y = page.top + (point.y - seen.y) / seen.height * (page.bottom - page.top)
        zoom = self.scale * self.viewport[0] / seen.width
        before, after = (length * zoom for length in reach)
        return Area(
            max(round(x - before), page.left),
            max(round(y - before), page.top),
            min(round(x + after) + 1, page.right),
            min(round(y + after) + 1, page.bottom),
        )


def camera_at(camera: Camera, clip: Clip, at_ms: float) -> Camera:
    """How the page that is acted on lies in the picture at ``at_ms`` of ``clip``."""
    seat = _seat_at(clip, at_ms)
    beside = seat.beside if seat else None
    return replace(camera, is_left=None if beside is None else not beside.is_left)


def tag_at(camera: Camera, clip: Clip, at_ms: float) -> Area:
    """Where a name tag covers the page, in pixels of the page; empty where none does."""
    seat, page = _seat_at(clip, at_ms), camera.page
    if seat is None or seat.person is None or seat.beside is not None:
        return Area(0, 0, 0, 0)
    across, down = page.right - page.left, page.bottom - page.top
    wide, high = round(across * _TAG[0]), round(down * _TAG[1])
    left = across - wide if seat.corner in (Corner.TOP_RIGHT, Corner.BOTTOM_RIGHT) else 0
    top = down - high if seat.corner in (Corner.BOTTOM_LEFT, Corner.BOTTOM_RIGHT) else 0
    return Area(left, top, left + wide, top + high)


def _seat_at(clip: Clip, at_ms: float) -> Seat | None:
    return next((seat for seat in reversed(clip.seats) if seat.at_ms <= at_ms), None)


def framing_at(clip: Clip, at_ms: float) -> Box | None:
    """Return what the camera frames at ``at_ms`` of ``clip`` (None: the whole viewport).

    Under way it is where an even movement would be, which is right at both ends.
    """
    begun = bisect_right(clip.moves, at_ms, key=lambda move: move.start_ms)
    if begun == 0:
        return clip.framed
    move = clip.moves[begun - 1]
    if at_ms >= move.end_ms:
        return move.goal
    part = (at_ms - move.start_ms) / (move.end_ms - move.start_ms)
    return Box(
        x=_between(move.origin.x, move.goal.x, part),
        y=_between(move.origin.y, move.goal.y, part),
        width=_between(move.origin.width, move.goal.width, part),
        height=_between(move.origin.height, move.goal.height, part),
    )


def _between(start: float, end: float, part: float) -> float:
    return start + (end - start) * part

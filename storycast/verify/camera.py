"""The camera: where in the film's picture a place of the page lies."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from recorder.take import Box, Point
from storycast.timeline import Clip

__all__ = ["Area", "Camera", "framing_at"]


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

    ``viewport`` is in CSS pixels, ``size`` in the film's.
    """

    viewport: tuple[int, int]
    size: tuple[int, int]

    @property
    def scale(self) -> float:
        """How many of the film's pixels a CSS pixel has where the whole page is seen."""
        return min(self.size[0] / self.viewport[0], self.size[1] / self.viewport[1])

    @property
    def page(self) -> Area:
        """Where the page lies."""
        width, height = (round(length * self.scale) for length in self.viewport)
        left, top = (self.size[0] - width) // 2, (self.size[1] - height) // 2
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

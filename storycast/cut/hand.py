"""The hand: the pointer's ways and presses in one step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storycast.cut.screen import Screen, glide_ms
from storycast.timeline import CursorShape, Glide, Mark, Press, PressKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recorder.take import Box, Point
    from storycast.cut.schedule import Slot

__all__ = ["Hand"]

_BENDS = (0.05, -0.05, 0.15, -0.15, 0.3, -0.3)
"""Ways of the pointer, the most natural first."""


class Hand:
    """Moves the screen's pointer; ``read`` are the marks that it must not cross.

    Times are milliseconds from the clip's start.
    """

    def __init__(self, screen: Screen, read: Sequence[Mark]) -> None:
        self.glides: list[Glide] = []
        self.presses: list[Press] = []
        self._screen = screen
        self._read = read

    def press(self, at_ms: int, point: Point, kind: PressKind = PressKind.SINGLE) -> None:
        """Press at ``point``."""
        self.presses.append(Press(at_ms=at_ms, point=point, kind=kind))

    def go(self, goal: Point, slot: Slot, shape: CursorShape, box: Box | None = None) -> None:
        """The pointer arrives at ``goal`` a rest before the slot's moment."""
        screen = self._screen
        origin = screen.pointer
        if origin is None:
            origin = screen.pointer = screen.middle
        rest = screen.pace.rest.squeezed(slot.hurry)
        if goal == origin:
            self._show(max(slot.at_ms - rest, 0))
            return
        natural = glide_ms(origin, goal, screen)
        length = round(natural + (screen.pace.hurried_glide - natural) * slot.hurry)
        end_ms = slot.at_ms - rest
        start_ms = max(end_ms - length, 0)
        self.glide(origin, goal, start_ms, end_ms, shape, box)

    def glide(
        self,
        origin: Point,
        goal: Point,
        start_ms: int,
        end_ms: int,
        shape: CursorShape,
        box: Box | None = None,
    ) -> None:
        """Go from one place to another; ``box`` is what it goes to, which may be crossed."""
        if end_ms > start_ms:
            self._show(start_ms)
        glide = Glide(start_ms=start_ms, end_ms=end_ms, origin=origin, goal=goal, shape=shape)
        if end_ms > start_ms:
            glide = self._bent(glide, box)
        elif self._screen.hidden:
            glide = glide.model_copy(update={"hidden": True})
        self.glides.append(glide)
        self._screen.pointer, self._screen.shape = goal, shape

    def hide(self, at_ms: int) -> None:
        """Take the pointer off what is being typed, as computers do, until it moves again."""
        self._set_hidden(True, at_ms)

    def _show(self, at_ms: int) -> None:
        self._set_hidden(False, at_ms)

    def _set_hidden(self, hidden: bool, at_ms: int) -> None:
        screen = self._screen
        if screen.pointer is None or screen.hidden is hidden:
            return
        screen.hidden = hidden
        self.glide(screen.pointer, screen.pointer, at_ms, at_ms, screen.shape)

    def _bent(self, glide: Glide, box: Box | None) -> Glide:
        """The way that leaves alone what is pointed out meanwhile, and stays in the picture."""
        read = [
            mark.box
            for mark in self._read
            if mark.start_ms < glide.end_ms
            and mark.end_ms > glide.start_ms
            and mark.box != box
            and not mark.box.holds(glide.origin)
            and not mark.box.holds(glide.goal)
        ]
        seen = self._screen.whole

        def crossed(way: Glide) -> int:
            points = [way.point(part / 12) for part in range(1, 12)]
            outside = sum(not seen.holds(point) for point in points)
            return len(points) * outside + sum(area.holds(at) for area in read for at in points)

        ways = [glide.model_copy(update={"bend": bend}) for bend in _BENDS]
        return min(ways, key=lambda way: (crossed(way), _BENDS.index(way.bend)))

    def change_shape(self, shape: CursorShape, at_ms: int) -> None:
        """What the pointer stands on has changed: it is no link or field any more."""
        pointer = self._screen.pointer
        if pointer is not None and shape is not self._screen.shape:
            self.glide(pointer, pointer, at_ms, at_ms, shape)

"""The screen: what stands on it while steps are cut one after the other."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from recorder.front_matter import FilmSettings
from recorder.take import Box, Point
from storycast.timeline import CursorShape, Neighbour, Person, Prompt, Seat
from storycast.wording import ENGLISH, Wording

if TYPE_CHECKING:
    from collections.abc import Mapping

    from recorder.take import Moment
    from storycast.cut.pace import Pace

__all__ = ["Screen", "glide_ms"]


@dataclass(frozen=True)
class _Aside:
    """The screen of a person who is not seen now, as they left it."""

    moment: Moment
    pointer: Point | None = None
    shape: CursorShape = CursorShape.ARROW
    hidden: bool = False
    prompt: Prompt | None = None


@dataclass
class Screen:
    """What is seen at the end of the step that was cut last.

    ``prompt`` is the browser's dialog that is open, ``framed`` what the camera frames (None: the
    whole viewport), ``pointer`` where the pointer is (None: it has not been seen yet);
    typing leaves it ``hidden`` until it moves. ``tabbed`` tells that a key has just brought the
    focus to where it is. ``wording`` is what browser and keyboard say. ``people`` are the take's,
    by their keys, ``seat`` tells whose screen it is (None: that is not said yet).
    """

    viewport: tuple[int, int]
    pace: Pace
    moment: Moment
    settings: FilmSettings = field(default_factory=FilmSettings)
    wording: Wording = ENGLISH
    pointer: Point | None = None
    shape: CursorShape = CursorShape.ARROW
    hidden: bool = False
    tabbed: bool = False
    prompt: Prompt | None = None
    framed: Box | None = None
    people: Mapping[str, Person] = field(default_factory=dict)
    seat: Seat | None = None
    _asides: Mapping[str, _Aside] = field(default_factory=dict)

    def turn_to(self, moment: Moment) -> None:
        """From now on the screen of another person is seen; the pointer is where they left it."""
        left = _Aside(self.moment, self.pointer, self.shape, self.hidden, self.prompt)
        self._asides = {**self._asides, self.moment.actor: left}
        there = self._asides.get(moment.actor, _Aside(moment))
        self.moment, self.prompt = moment, there.prompt
        self.pointer, self.shape = there.pointer or self.middle, there.shape
        self.hidden, self.tabbed, self.framed = there.hidden, False, None

    def shows(self, moment: Moment) -> bool:
        """Whether that is what is seen now."""
        return (moment.actor, moment.shot) == (self.moment.actor, self.moment.shot)

    def beside(self, moment: Moment, *, is_left: bool) -> Neighbour:
        """The screen of another person as it is beside this one, who is not acting."""
        there = self._asides.get(moment.actor, _Aside(moment))
        return Neighbour(
            person=self.people.get(moment.actor),
            shot=moment.shot,
            pointer=None if there.hidden else there.pointer,
            shape=there.shape,
            is_left=is_left,
        )

    @property
    def middle(self) -> Point:
        """Where the pointer is when it is first seen."""
        return Point(x=self.viewport[0] / 2, y=self.viewport[1] * 0.6)

    @property
    def whole(self) -> Box:
        """All that the viewport shows."""
        return Box(x=0, y=0, width=self.viewport[0], height=self.viewport[1])


def glide_ms(origin: Point, goal: Point, screen: Screen) -> int:
    """How long the pointer's way takes, in milliseconds.

    A hand takes longer for a longer way, but not in proportion (Fitts's law, roughly).
    """
    pace = screen.pace
    distance = math.hypot(goal.x - origin.x, goal.y - origin.y) / math.hypot(*screen.viewport)
    longer = (pace.longest_glide - pace.shortest_glide) * math.sqrt(distance)
    return round(pace.shortest_glide + longer)

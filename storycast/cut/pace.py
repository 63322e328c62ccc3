"""Pace: how long things take on the screen."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Pace", "Span"]


@dataclass(frozen=True)
class Span:
    """A length of time in milliseconds: ``natural``, and the ``least`` that still can be seen."""

    natural: int = 0
    least: int = 0

    def __add__(self, other: Span) -> Span:
        """Both, one after the other."""
        return Span(self.natural + other.natural, self.least + other.least)

    def squeezed(self, squeeze: float) -> int:
        """The length between ``natural`` (0) and ``least`` (1)."""
        return round(self.natural + (self.least - self.natural) * squeeze)


@dataclass(frozen=True)
class Pace:
    """How long things take on the screen, in milliseconds.

    ``rest`` is how long the pointer stands on a target before it presses; ``reaction`` passes
    between press and result; ``result`` is how long a result is seen at least; ``reach`` is
    the time from a press to the first key, ``key`` that from one keystroke to the next, ``typing``
    how long typing takes at least and at most.
    ``call`` is how long a person is introduced before they act; ``noticed`` passes until what an
    action led to on the screen beside is seen.
    ``distance`` between two pictures makes a scroll ``longest_roll`` long.
    """

    lead: int = 400
    tail: int = 600
    shortest_glide: int = 350
    longest_glide: int = 900
    hurried_glide: int = 200
    rest: Span = Span(150, 60)
    reaction: Span = Span(120, 60)
    result: int = 900
    between: Span = Span(300, 0)
    ring_before: int = 600
    ring_after: int = 700
    fade: int = 120
    page_fade: int = 300
    silent_step: int = 1500
    reach: Span = Span(250, 60)
    key: Span = Span(85, 18)
    typing: Span = Span(2600, 600)
    roll: Span = Span(700, 300)
    longest_roll: int = 1600
    drag: Span = Span(700, 300)
    choosing: Span = Span(1150, 320)
    choosing_files: Span = Span(2000, 900)
    caps_before: int = 120
    caps: int = 1300
    asked: Span = Span(500, 150)
    zoom: int = 900
    hurried_zoom: int = 300
    zoom_settle: int = 100
    title_card: int = 2600
    scene_card: int = 1700
    end_card: int = 2800
    call: Span = Span(1200, 500)
    noticed: Span = Span(500, 250)
    card_fade: int = 300

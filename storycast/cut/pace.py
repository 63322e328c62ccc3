"""Pace: how long things take on the screen."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Pace"]


@dataclass(frozen=True)
class Pace:
    """How long things take on the screen, in milliseconds.

    ``rest`` is how long the pointer stands on a target before it presses; ``reaction`` passes
    between press and result; ``result`` is how long a result is seen at least.
    """

    lead: int = 400
    tail: int = 600
    shortest_glide: int = 350
    longest_glide: int = 900
    rest: int = 150
    reaction: int = 120
    result: int = 900
    between: int = 300
    ring_before: int = 600
    ring_after: int = 700
    fade: int = 120
    page_fade: int = 300
    silent_step: int = 1500

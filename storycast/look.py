"""The look: how everything is drawn that the page itself does not show."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["DEFAULT_LOOK", "Colour", "Look"]

Colour = tuple[int, int, int]
"""Red, green and blue, each 0 to 255."""


@dataclass(frozen=True)
class Look:
    """Colours and measures of rings, pointer and ripples; lengths are CSS pixels.

    The ring's middle line lies ``ring_padding`` outside its target; ``casing_width`` is the pale
    line on both of its sides that parts it from pages of its own colour. ``halo_strength`` is how
    much the halo covers next to the ring, 0 to 1. ``background`` fills what the page's shape
    leaves free of the film's.
    """

    ring_colour: Colour = (234, 88, 12)
    ring_width: float = 3.0
    ring_padding: float = 6.0
    ring_radius: float = 9.0
    casing_colour: Colour = (255, 255, 255)
    casing_width: float = 1.25
    halo_width: float = 14.0
    halo_strength: float = 0.4
    pointer_height: float = 28.0
    pointer_colour: Colour = (255, 255, 255)
    pointer_outline: Colour = (24, 26, 32)
    ripple_colour: Colour = (234, 88, 12)
    ripple_radius: float = 26.0
    ripple_width: float = 3.0
    background: Colour = (22, 24, 29)


DEFAULT_LOOK = Look()
"""The look that is used where none is asked for."""

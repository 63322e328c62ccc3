"""The mark: what points out a target, in the style that the storyboard asks for."""

from __future__ import annotations

from recorder.front_matter import HighlightStyle
from recorder.take import Box
from storycast.drawing.arrow import draw_arrow
from storycast.drawing.badge import draw_badge
from storycast.drawing.layer import Frame
from storycast.drawing.ring import draw_ring
from storycast.drawing.spotlight import draw_spotlights
from storycast.look import Look

__all__ = ["draw_mark"]


def draw_mark(
    frame: Frame,
    box: Box,
    *,
    scale: float,
    look: Look,
    strength: float = 1.0,
    style: HighlightStyle = HighlightStyle.RING,
    number: str = "",
) -> None:
    """Point out ``box``; ``strength`` is 0 (unseen) to 1.

    A box without size, or wholly outside of the frame, has no mark. Several spotlights at once
    must be drawn together, by `draw_spotlights`: one by one they dim each other.
    """
    match style:
        case HighlightStyle.RING:
            draw_ring(frame, box, scale=scale, look=look, strength=strength)
        case HighlightStyle.SPOTLIGHT:
            draw_spotlights(frame, ((box, strength),), scale=scale, look=look)
        case HighlightStyle.ARROW:
            draw_arrow(frame, box, scale=scale, look=look, strength=strength)
        case HighlightStyle.NUMBER:
            draw_ring(frame, box, scale=scale, look=look, strength=strength)
            draw_badge(frame, box, number, scale=scale, look=look, strength=strength)
        case HighlightStyle.NONE:
            pass

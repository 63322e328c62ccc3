"""The picture: a shot with its marks."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from recorder.front_matter import HighlightStyle
from recorder.take import Box, shot_path
from storycast.drawing import Frame, draw_badge, draw_mark, draw_spotlights, load_shot
from storycast.film.composite import Composer
from storycast.film.frame import Layer, View
from storycast.film.seat import Beside as Resting
from storycast.film.seat import Seated
from storycast.guide.model import Beside, Figure
from storycast.look import Look
from storycast.people import dress
from storycast.timeline import Corner, CursorShape

__all__ = ["area_slices", "cut_area", "draw_figure"]

_DRAWN = {
    HighlightStyle.RING: HighlightStyle.RING,
    HighlightStyle.NUMBER: HighlightStyle.RING,  # its number is drawn with the others
    HighlightStyle.ARROW: HighlightStyle.ARROW,
}


def draw_figure(figure: Figure, take_folder: Path, scale: int, look: Look) -> Frame:
    """The figure's shot with each thing pointed out in its style, and by its number if it has one.

    Raises ``StorycastError`` where the shot is missing.
    """
    frame = load_shot(shot_path(take_folder, figure.moment))
    if figure.beside is not None:
        return _draw_both(figure, figure.beside, frame, take_folder, scale, look)
    look = dress(look, figure.person)
    lit = [(mark.box, 1.0) for mark in figure.marks if mark.style is HighlightStyle.SPOTLIGHT]
    if lit:
        draw_spotlights(frame, lit, scale=scale, look=look)
    for mark in figure.marks:
        if mark.style in _DRAWN:
            draw_mark(frame, mark.box, scale=scale, look=look, style=_DRAWN[mark.style])
    for mark in figure.marks:
        number = "" if mark.number is None else str(mark.number)
        draw_badge(frame, mark.box, number, scale=scale, look=look)
    return frame


def _draw_both(
    figure: Figure, beside: Beside, shot: Frame, take_folder: Path, scale: int, look: Look
) -> Frame:
    """Two screens beside each other, as large as one; each with its name tag."""
    size = shot.shape[1], shot.shape[0]
    composer = Composer(take_folder / "shots", (size[0] // scale, size[1] // scale), size, look)
    other = Resting(
        beside.person, (beside.moment.shot,), 1.0, None, CursorShape.ARROW, beside.is_left
    )
    seat = Seated(figure.person, Corner.TOP_LEFT, beside=other)
    frame = composer.blank()
    composer.draw(View((Layer(figure.moment.shot),), seat=seat), frame)
    return frame


def cut_area(frame: Frame, area: Box, scale: int) -> Frame:
    """The part of ``frame`` that shows ``area``."""
    return np.ascontiguousarray(frame[area_slices(area, scale)])


def area_slices(box: Box, scale: int) -> tuple[slice, slice]:
    """Where the rows and the columns of ``box`` are in a picture of so many pixels to one."""
    left, top = max(0, round(box.x * scale)), max(0, round(box.y * scale))
    right, bottom = round((box.x + box.width) * scale), round((box.y + box.height) * scale)
    return slice(top, max(top, bottom)), slice(left, max(left, right))

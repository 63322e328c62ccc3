"""The picture: a shot with its marks, as a file, and how much two shots differ."""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt

from recorder.front_matter import HighlightStyle
from recorder.take import Box, Moment, shot_path
from storycast.cache import content_name, found_once, source_digest
from storycast.drawing import Frame, draw_badge, draw_mark, draw_spotlights, load_shot
from storycast.film.composite import Composer
from storycast.film.frame import Layer, View
from storycast.film.seat import Beside as Resting
from storycast.film.seat import Seated
from storycast.guide.model import Beside, Figure
from storycast.guide.view import Compare
from storycast.look import Look
from storycast.people import dress
from storycast.timeline import Corner, CursorShape

__all__ = ["cut_area", "draw_figure", "shot_comparison"]

_TILE = 16  # CSS pixels; text that changes fills its tiles, not just its ink's pixels
_FLAT = 2.0  # of 255: an area whose brightness varies less shows nothing
_UNSEEN = 24  # of 255: a difference that smoothing makes and no reader sees

_DRAWN = {
    HighlightStyle.RING: HighlightStyle.RING,
    HighlightStyle.NUMBER: HighlightStyle.RING,  # its number is drawn with the others
    HighlightStyle.ARROW: HighlightStyle.ARROW,
}

_Changes = npt.NDArray[np.bool_]


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
    return np.ascontiguousarray(frame[_area(area, scale)])


def shot_comparison(take_folder: Path, scale: int, cache_folder: Path) -> Compare:
    """What compares two moments of the take in ``take_folder``.

    On the whole page it is the share of tiles that changed outside of masks. In a box it is how
    little its forms correlate, so that another colour (of what is pressed or pointed at) counts
    for nothing. What was found is kept in ``cache_folder``.
    """

    @lru_cache(maxsize=4)
    def frame(shot: Path) -> Frame:
        return load_shot(shot)

    @cache
    def compare(one: Moment, other: Moment, box: Box | None = None) -> float:
        if one.shot == other.shot:
            return 0.0
        masks = () if box else (*one.masks, *other.masks)
        name = content_name(
            one.shot, other.shot, repr((scale, box, masks)), source_digest(__name__)
        )
        return found_once(cache_folder / f"{name}.json", lambda: look(one, other, box))

    def look(one: Moment, other: Moment, box: Box | None) -> float:
        frames = tuple(frame(shot_path(take_folder, moment)) for moment in (one, other))
        if box is not None:
            return _form_change(*(picture[_area(box, scale)] for picture in frames))
        changed = _changed_pixels(*frames)
        for mask in (*one.masks, *other.masks):
            changed[_area(mask, scale)] = False
        return _tile_share(changed, _TILE * scale)

    return compare


def _changed_pixels(one: Frame, other: Frame) -> _Changes:
    red, green, blue = cv2.split(cv2.absdiff(one, other))
    changed: _Changes = cv2.max(cv2.max(red, green), blue) > _UNSEEN
    return changed


def _area(box: Box, scale: int) -> tuple[slice, slice]:
    left, top = max(0, round(box.x * scale)), max(0, round(box.y * scale))
    right, bottom = round((box.x + box.width) * scale), round((box.y + box.height) * scale)
    return slice(top, max(top, bottom)), slice(left, max(left, right))


def _tile_share(changed: _Changes, side: int) -> float:
    """The share of tiles, ``side`` pixels wide and high, in which anything changed."""
    height, width = changed.shape
    padded = np.pad(changed, ((0, -height % side), (0, -width % side)))
    tiles = padded.reshape(padded.shape[0] // side, side, padded.shape[1] // side, side)
    return float(tiles.any(axis=(1, 3)).mean())


def _form_change(one: Frame, other: Frame) -> float:
    """0 where both show the same forms, in whichever colours; 1 where they share none."""
    if not one.size:
        return 1.0
    grey, grey_other = (picture.mean(axis=2).ravel() for picture in (one, other))
    shows, other_shows = grey.std() > _FLAT, grey_other.std() > _FLAT
    if not (shows and other_shows):
        return float(shows != other_shows)
    return 1.0 - abs(float(np.corrcoef(grey, grey_other)[0, 1]))

"""Composites: what a view looks like as a frame of the film."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

import cv2
import numpy as np

from recorder.front_matter import HighlightStyle
from recorder.take import Box, Point
from storycast.drawing import (
    Frame,
    draw_call,
    draw_caps,
    draw_caption,
    draw_card,
    draw_drag,
    draw_mark,
    draw_menu,
    draw_pointer,
    draw_press,
    draw_prompt,
    draw_spotlights,
    draw_tag,
    load_shot,
    plain_frame,
)
from storycast.film.frame import Layer, View
from storycast.film.roll import roll_content
from storycast.film.seat import Beside, Seated
from storycast.halves import Halves
from storycast.look import Look
from storycast.people import dress
from storycast.timeline import Corner, Person

__all__ = ["Composer"]

_KEPT_SHEETS = 6
"""Pages as they were filmed, of 11 MB each at 2560 by 1440."""

_KEPT_PAGES = 8
"""Pages as large as in the film, of 6 MB each: those that clips under work need again soon."""

_Sheet = tuple[Layer, ...]
"""Layers that cover all that lies below them: a shot, and patches over it."""


class Composer:
    """Draws views as frames of ``size`` (width, height), letterboxed where shapes differ.

    It keeps the last shots that it read and made smaller; several threads may use it at once.
    ``folder`` is where shots are PNG files by name, ``viewport`` the page's size in CSS pixels.
    """

    def __init__(
        self, folder: Path, viewport: tuple[int, int], size: tuple[int, int], look: Look
    ) -> None:
        self._folder = folder
        self._look = look
        self._size = size
        self._viewport = viewport
        self._place = _place(viewport, size)
        self._whole = Box(x=0, y=0, width=viewport[0], height=viewport[1])
        self._sheet = lru_cache(maxsize=_KEPT_SHEETS)(self._lay)
        self._page = lru_cache(maxsize=_KEPT_PAGES)(self._frame)

    def blank(self) -> Frame:
        """Return a new frame to draw on, as often as you like: the letterbox stays."""
        return self._empty.copy()

    def draw(self, view: View, frame: Frame) -> None:
        """Draw all of ``view`` on ``frame``, which `blank` made.

        Raises ``FilmError`` where a shot is missing or damaged.
        """
        if not any(part >= 1 for _, part in view.cards):
            if view.cards:
                frame[:] = self._empty
            self._draw_screens(view, frame)
        for keys, part in view.caps:
            draw_caps(frame, keys, look=self._look, progress=part)
        for card, part in view.cards:
            draw_card(frame, card, look=self._look, strength=part)
        if view.caption is not None:
            caption = view.caption
            draw_caption(frame, caption.lines, caption.place, look=self._look)

    def is_blank(self, view: View) -> bool:
        """Whether the page of ``view`` is of one colour, or as good as."""
        return float(cv2.meanStdDev(self._sheet(view.layers[-1:]))[1].max()) < 1

    def _draw_screens(self, view: View, frame: Frame) -> None:
        """Draw the page, or two of them, and whose they are."""
        seat = view.seat
        if seat is None:
            self._draw_page(view, self._place.of(frame))
        elif seat.beside is not None:
            self._draw_halves(view, seat, seat.beside, frame)
        else:
            self._draw_page(view, self._place.of(frame))
            if seat.person is not None:
                draw_tag(frame, seat.person, seat.corner, look=self._look)
                draw_call(frame, seat.person, look=self._look, strength=seat.called)

    def _draw_halves(self, view: View, seat: Seated, beside: Beside, frame: Frame) -> None:
        """Draw the page that is acted on and the other one, each in its half."""
        frame[:] = self._empty
        self._draw_half(view, seat.person, frame, is_left=not beside.is_left)
        self._draw_half(_resting(beside), beside.person, frame, is_left=beside.is_left)

    def _draw_half(self, view: View, person: Person | None, frame: Frame, *, is_left: bool) -> None:
        """Draw a page in a half of the film, and a person's tag above it."""
        half, layout = self._half, Halves(self._size)
        canvas, page = half.blank(), half._place
        half._draw_page(view, page.of(canvas))
        if person is not None:
            top = max(page.top - layout.head, 0)
            unit = self._size[1] / 1080
            head = canvas[top : top + layout.head]
            draw_tag(head, person, Corner.TOP_LEFT, look=self._look, unit=unit)
        left = layout.left(is_left=is_left)
        frame[:, left : left + canvas.shape[1]] = canvas

    @cached_property
    def _empty(self) -> Frame:
        return plain_frame(self._size, self._look.background)

    @cached_property
    def _half(self) -> Composer:
        """What draws one of two screens that are seen beside each other."""
        half = Composer(self._folder, self._viewport, Halves(self._size).half, self._look)
        half._sheet = self._sheet
        return half

    def _draw_page(self, view: View, page: Frame) -> None:
        camera = view.camera or self._whole
        self._draw_layers(view, camera, page)
        look, scale = self._look, self._place.width / camera.width
        look = dress(look, view.seat.person if view.seat else None)
        for box, way in view.drags:
            draw_drag(page, _seen(box, camera), way, scale=scale)
        lights = [
            (_seen(mark.box, camera), mark.strength)
            for mark in view.marks
            if mark.style is HighlightStyle.SPOTLIGHT
        ]
        if lights:
            draw_spotlights(page, lights, scale=scale, look=look)
        for mark in view.marks:
            if mark.style is not HighlightStyle.SPOTLIGHT:
                draw_mark(
                    page,
                    _seen(mark.box, camera),
                    scale=scale,
                    look=look,
                    strength=mark.strength,
                    style=mark.style,
                    number=mark.number,
                )
        for menu, at_ms in view.menus:
            near = menu.model_copy(update={"box": _seen(menu.box, camera)})
            draw_menu(page, near, at_ms, scale=scale, look=look)
        for prompt, at_ms in view.prompts:
            whole = self._place.width / self._viewport[0]
            draw_prompt(page, prompt, at_ms, viewport=self._viewport, scale=whole, look=look)
        for point, kind, part in view.presses:
            draw_press(page, _shifted(point, camera), kind, progress=part, scale=scale, look=look)
        if view.pointer is not None:
            place = _shifted(view.pointer, camera)
            draw_pointer(page, place, view.shape, scale=scale, look=look)

    def _draw_layers(self, view: View, camera: Box, page: Frame) -> None:
        for sheet, cover in _sheets(view.layers):
            picture = self._picture(sheet, view, camera)
            if cover >= 1:
                page[:] = picture
            else:
                cv2.addWeighted(picture, cover, page, 1 - cover, 0, dst=page)

    def _picture(self, sheet: _Sheet, view: View, camera: Box) -> Frame:
        if view.roll is not None:
            rolled = roll_content(self._sheet(sheet), view.roll, self._shot, self._viewport[0])
            return self._framed(rolled, camera, hold=False)
        if view.moving:
            return self._framed(self._sheet(sheet), camera, hold=False)
        return self._page(sheet, camera)

    def _shot(self, name: str) -> Frame:
        return self._sheet((Layer(name),))

    def _lay(self, sheet: _Sheet) -> Frame:
        """The page as it was filmed, with its patches; not to be changed."""
        top = sheet[-1]
        if top.box is None:
            return load_shot(self._folder / f"{top.shot}.png")
        picture = self._sheet(sheet[:-1]).copy()
        patch = load_shot(self._folder / f"{top.shot}.png")
        scale = picture.shape[1] / self._viewport[0]
        left, upper = round(top.box.x * scale), round(top.box.y * scale)
        height, width = picture[upper:, left:].shape[:2]
        height, width = min(height, patch.shape[0]), min(width, patch.shape[1])
        picture[upper : upper + height, left : left + width] = patch[:height, :width]
        return picture

    def _frame(self, sheet: _Sheet, camera: Box) -> Frame:
        return self._framed(self._sheet(sheet), camera, hold=True)

    def _framed(self, picture: Frame, camera: Box, *, hold: bool) -> Frame:
        """What ``camera`` frames of a picture, as large as the page is in the film.

        A picture that is to ``hold`` still is worth the time that the sharpest way takes.
        """
        scale = picture.shape[1] / self._viewport[0]
        size = (self._place.width, self._place.height)
        across, down = camera.width * scale / size[0], camera.height * scale / size[1]
        left, upper = camera.x * scale, camera.y * scale
        if camera == self._whole:
            smaller = cv2.INTER_AREA if hold else cv2.INTER_LINEAR
            way = smaller if size[0] < picture.shape[1] else cv2.INTER_CUBIC
            return np.asarray(cv2.resize(picture, size, interpolation=way), np.uint8)
        if hold and _is_whole(across - 1) and _is_whole(left) and _is_whole(upper):
            x, y = round(left), round(upper)
            return np.ascontiguousarray(picture[y : y + size[1], x : x + size[0]])
        matrix = np.array(
            [[across, 0, left + across / 2 - 0.5], [0, down, upper + down / 2 - 0.5]], np.float64
        )
        way = cv2.INTER_CUBIC if hold else cv2.INTER_LINEAR
        flags = way | cv2.WARP_INVERSE_MAP
        warped = cv2.warpAffine(picture, matrix, size, flags=flags, borderMode=cv2.BORDER_REPLICATE)
        return np.asarray(warped, np.uint8)


def _resting(beside: Beside) -> View:
    """The page of a person who does nothing."""
    below, *above = beside.shots
    layers = (Layer(below), *(Layer(shot, beside.covers) for shot in above))
    seat = Seated(beside.person, Corner.TOP_LEFT)
    return View(layers, pointer=beside.pointer, shape=beside.shape, seat=seat)


def _is_whole(number: float) -> bool:
    return abs(number - round(number)) < 1e-3


def _sheets(layers: tuple[Layer, ...]) -> list[tuple[_Sheet, float]]:
    """Layers that are seen together, each with how much it covers of what lies below."""
    sheets: list[tuple[_Sheet, float]] = []
    for layer in layers:
        if layer.box is None:
            sheets.append(((Layer(layer.shot),), layer.cover))
        elif sheets:
            below, cover = sheets[-1]
            sheets[-1] = ((*below, Layer(layer.shot, box=layer.box)), cover)
    return sheets


def _seen(box: Box, camera: Box) -> Box:
    return box.model_copy(update={"x": box.x - camera.x, "y": box.y - camera.y})


def _shifted(point: Point, camera: Box) -> Point:
    return Point(x=point.x - camera.x, y=point.y - camera.y)


@dataclass(frozen=True)
class _Place:
    """Where the page lies in the frame, in pixels."""

    left: int
    top: int
    width: int
    height: int

    def of(self, frame: Frame) -> Frame:
        """The part of ``frame`` that is the page."""
        return frame[self.top : self.top + self.height, self.left : self.left + self.width]


def _place(viewport: tuple[int, int], size: tuple[int, int]) -> _Place:
    scale = min(size[0] / viewport[0], size[1] / viewport[1])
    width, height = round(viewport[0] * scale), round(viewport[1] * scale)
    return _Place((size[0] - width) // 2, (size[1] - height) // 2, width, height)

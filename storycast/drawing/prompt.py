"""The prompt: the browser's own dialogs, which no shot shows."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from recorder.take import Point
from storycast.drawing.font import NATIVE_FAMILY
from storycast.drawing.layer import Easel, Frame, Layer, darken, lay
from storycast.drawing.shape import Rectangle, around, presence, rounded, shadow
from storycast.drawing.text import (
    Lettering,
    ink_box,
    is_right_to_left,
    shorten,
    width,
    wrap,
    write,
)
from storycast.look import Colour, Look
from storycast.timeline import Prompt, PromptKind

__all__ = ["button_centre", "draw_prompt"]

_FADE_MS = 150
_DIM = 0.28

# CSS pixels:
_WIDTH = 448.0
_TOP = 10.0
_MARGIN = 8.0
_PAD = 22.0
_RADIUS = 14.0
_TITLE = Lettering(NATIVE_FAMILY, 15.0, bold=True)
_TEXT = Lettering(NATIVE_FAMILY, 13.0)
_LABEL = Lettering(NATIVE_FAMILY, 13.0)
_TITLE_ROW = 32.0
_LINE = 19.5
_FIELD = 34.0
_BUTTON = 34.0
_BUTTON_SIDE = 20.0
_LEAST_BUTTON = 76.0
_GAP = 16.0
_BETWEEN = 8.0

_ROW = 30.0
_MOST_ROWS = 4


def draw_prompt(
    frame: Frame,
    prompt: Prompt,
    at_ms: float,
    *,
    viewport: tuple[int, int],
    scale: float,
    look: Look,
) -> None:
    """Draw the dialog as it stands at ``at_ms``, in the upper middle of the page, dimming it."""
    strength = presence(at_ms, prompt.start_ms, prompt.end_ms, _FADE_MS)
    if strength <= 0:
        return
    pressed = prompt.pressed_ms is not None and at_ms >= prompt.pressed_ms
    button = _answered(prompt) if pressed else None
    written = [answer for start, answer in prompt.answers if start <= at_ms]
    answer = written[-1] if written else ""
    darken(frame, 255 - round(255 * _DIM * strength))
    said = _Said(prompt.kind, prompt.title, prompt.text, prompt.buttons)
    lay(frame, _dialog(said, answer, button, viewport, scale, look), strength)


def button_centre(prompt: Prompt, viewport: tuple[int, int]) -> Point:
    """Where the pointer goes to press the button that ``prompt`` is answered with."""
    plan = _plan(_Said(prompt.kind, prompt.title, prompt.text, prompt.buttons), viewport)
    left, top, right, bottom = plan.buttons[_answered(prompt)]
    return Point(x=(left + right) / 2, y=(top + bottom) / 2)


class _Said(NamedTuple):
    """What a dialog of this kind says."""

    kind: PromptKind
    title: str
    text: str
    buttons: tuple[str, ...]


@dataclass(frozen=True)
class _Plan:
    """Where everything in a dialog lies, in CSS pixels; ``buttons`` are from left to right.

    ``rows`` are the names of files.
    """

    panel: Rectangle
    lines: tuple[str, ...]
    rows: tuple[tuple[Rectangle, str], ...]
    field: Rectangle | None
    buttons: tuple[Rectangle, ...]


def _answered(prompt: Prompt) -> int:
    """Return which of its buttons a prompt is answered with, counted from the left."""
    return len(prompt.buttons) - 1 if prompt.accepted else 0


@lru_cache(maxsize=64)
def _plan(said: _Said, viewport: tuple[int, int]) -> _Plan:
    kind = said.kind
    wide = min(_WIDTH, viewport[0] - 2 * _MARGIN)
    left = (viewport[0] - wide) / 2
    inner = wide - 2 * _PAD
    names = tuple(said.text.splitlines()[:_MOST_ROWS]) if kind is PromptKind.FILE else ()
    text = "" if names else said.text.strip()
    asks = kind is PromptKind.PROMPT
    below = (_FIELD + _GAP if asks else 0) + _BUTTON + _PAD
    first = _TOP + _PAD + _TITLE_ROW
    most = int((viewport[1] - _MARGIN - below - _GAP - first) // _LINE)
    lines = () if names else _fitting(wrap(text, _TEXT, inner), inner, max(most, 1))
    rows = tuple(
        (
            (left + _PAD, first + number * _ROW, left + _PAD + inner, first + (number + 1) * _ROW),
            shorten(name, _TEXT, inner - 2 * _ROW),
        )
        for number, name in enumerate(names)
    )
    top = first + len(lines) * _LINE + len(rows) * _ROW + _GAP
    field = (left + _PAD, top - 2, left + _PAD + inner, top - 2 + _FIELD) if asks else None
    top += _FIELD + _GAP if asks else 0
    buttons: list[Rectangle] = []
    right = left + wide - _PAD
    for label in reversed(said.buttons):
        start = right - max(width(label, _LABEL) + 2 * _BUTTON_SIDE, _LEAST_BUTTON)
        buttons.insert(0, (start, top, right, top + _BUTTON))
        right = start - _BETWEEN
    panel = (left, _TOP, left + wide, top + _BUTTON + _PAD)
    return _Plan(panel, lines, rows, field, tuple(buttons))


def _fitting(lines: tuple[str, ...], room: float, most: int) -> tuple[str, ...]:
    """Return as many lines as there is room for; the last shows that more would follow."""
    if len(lines) <= most:
        return lines
    last = shorten(lines[most - 1] + " " + lines[most], _TEXT, room)
    return (*lines[: most - 1], last if last.endswith("…") else last + " …")


@lru_cache(maxsize=24)
def _dialog(
    said: _Said,
    answer: str,
    pressed: int | None,
    viewport: tuple[int, int],
    scale: float,
    look: Look,
) -> Layer:
    plan = _plan(said, viewport)
    panel = _scaled(plan.panel, scale)
    easel = Easel(around(panel, 30 * scale))
    whole = rounded(easel.area, panel, _RADIUS * scale)
    easel.coat((0, 0, 0), shadow(whole, drop=6 * scale, blur=9 * scale, strength=0.35))
    easel.coat(look.panel_edge, whole)
    line = max(0.75 * scale, 1.0)
    inside = _grown(panel, -line)
    easel.coat(look.panel_colour, rounded(easel.area, inside, _RADIUS * scale - line))
    pen = _Pen(easel, scale, look)
    row = _TOP + _PAD
    pen.line(said.title, plan.panel, row + 14, _TITLE)
    for index, words in enumerate(plan.lines):
        pen.line(words, plan.panel, row + _TITLE_ROW + index * _LINE + 13, _TEXT)
    for place, name in plan.rows:
        pen.file(place, name, chosen=bool(answer))
    if plan.field is not None:
        pen.field(plan.field, answer, open_to_type=pressed is None)
    for index, (place, label) in enumerate(zip(plan.buttons, said.buttons, strict=True)):
        pen.button(place, label, default=index == len(plan.buttons) - 1, pressed=index == pressed)
    return easel.layer()


@dataclass(frozen=True)
class _Pen:
    """Draws a dialog's parts; their places are CSS pixels."""

    easel: Easel
    scale: float
    look: Look

    def write(
        self, text: str, place: tuple[float, float], lettering: Lettering, colour: Colour
    ) -> None:
        x, y = (side * self.scale for side in place)
        grown = Lettering(lettering.family, lettering.size * self.scale, lettering.bold)
        write(self.easel, text, (x, y), grown, colour=colour)

    def line(self, text: str, panel: Rectangle, baseline: float, lettering: Lettering) -> None:
        left = panel[0] + _PAD
        if is_right_to_left(text):
            left = panel[2] - _PAD - width(text, lettering)
        self.write(text, (left, baseline), lettering, self.look.panel_text)

    def field(self, place: Rectangle, answer: str, *, open_to_type: bool) -> None:
        self._box(place, 6, self.look.accent_colour)
        self._box(_grown(place, -1.5), 4.5, self.look.panel_colour)
        shown = answer[-200:]
        while width(shown, _TEXT) > place[2] - place[0] - 24:
            shown = shown[1:]
        line = self._baseline(place, _TEXT)
        self.write(shown, (place[0] + 11, line), _TEXT, self.look.panel_text)
        if open_to_type:
            x = place[0] + 12 + width(shown, _TEXT)
            self._box((x, place[1] + 8, x + 1.25, place[3] - 8), 0, self.look.panel_text)

    def file(self, place: Rectangle, name: str, *, chosen: bool) -> None:
        look = self.look
        if chosen:
            self._box(place, 6, look.accent_colour)
        left, middle = place[0] + 10, (place[1] + place[3]) / 2
        sheet = (left, middle - 8, left + 12.5, middle + 8)
        self._box(sheet, 2, look.accent_text if chosen else look.panel_text)
        self._box(_grown(sheet, -1.2), 1, look.accent_colour if chosen else look.panel_colour)
        ink = look.accent_text if chosen else look.panel_text
        self.write(name, (left + 24, self._baseline(place, _TEXT)), _TEXT, ink)

    def button(self, place: Rectangle, label: str, *, default: bool, pressed: bool) -> None:
        look, radius = self.look, _BUTTON / 2
        face = look.accent_colour if default else look.panel_colour
        ink = look.accent_text if default else look.accent_colour
        if pressed:
            self._box(_grown(place, 3.5), radius + 3.5, look.accent_colour, 0.35)
            face = _mixed(face, look.accent_colour if not default else look.panel_text, 0.28)
        if not default:
            self._box(place, radius, _mixed(look.panel_edge, look.accent_colour, 0.25))
            self._box(_grown(place, -1), radius - 1, face)
        else:
            self._box(place, radius, face)
        x = (place[0] + place[2] - width(label, _LABEL)) / 2
        self.write(label, (x, self._baseline(place, _LABEL)), _LABEL, ink)

    def _baseline(self, place: Rectangle, lettering: Lettering) -> float:
        _, high, _, low = ink_box("H", lettering)
        return (place[1] + place[3]) / 2 - (high + low) / 2

    def _box(self, place: Rectangle, radius: float, colour: Colour, strength: float = 1) -> None:
        grown = _scaled(place, self.scale)
        part = around(grown, 1).within(self.easel.area)
        plane = rounded(part, grown, radius * self.scale)
        self.easel.coat(colour, np.asarray(plane * np.float32(strength), np.float32), part)


def _scaled(rectangle: Rectangle, scale: float) -> Rectangle:
    left, top, right, bottom = rectangle
    return (left * scale, top * scale, right * scale, bottom * scale)


def _grown(rectangle: Rectangle, by: float) -> Rectangle:
    left, top, right, bottom = rectangle
    return (left - by, top - by, right + by, bottom + by)


def _mixed(colour: Colour, other: Colour, part: float) -> Colour:
    red, green, blue = (
        round(one * (1 - part) + two * part) for one, two in zip(colour, other, strict=True)
    )
    return red, green, blue

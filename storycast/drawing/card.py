"""The card: a heading over the whole frame, before the film, between scenes and at its end."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
from PIL import Image

from storycast.drawing.layer import (
    Area,
    Easel,
    Frame,
    Layer,
    cover_within,
    distance,
    lay,
    plain_frame,
)
from storycast.drawing.shape import around, rounded
from storycast.drawing.text import Lettering, balance, is_right_to_left, width, write
from storycast.look import Logo, Look
from storycast.timeline import Card, CardKind

__all__ = ["draw_card"]

_HIGH = 1080.0  # the measures below are pixels of a frame that is this high, or as wide as 16:9
_WIDE = 1920.0
_SIDE = 180.0
_ROOM = 0.78  # of the height, for heading, line and logo together
_HEADINGS = {CardKind.TITLE: 92.0, CardKind.SCENE: 68.0, CardKind.END: 76.0}
_LINES = {CardKind.TITLE: 38.0, CardKind.SCENE: 38.0, CardKind.END: 36.0}
_LEADING = 1.22
_MOST_LINES = 4
_SHRINK = 0.93
_BUSY = 0.6  # a heading is made smaller than this only where it does not fit at all
_LEAST = 0.1
_BAR = (84.0, 8.0)
_BAR_GAP = 44.0
_LINE_GAP = 36.0
_RING = 24.0
_LOGO = (420.0, 110.0)
_LOGO_GAP = 72.0


def draw_card(frame: Frame, card: Card, *, look: Look, strength: float) -> None:
    """Draw ``card`` over all of ``frame``, ``strength`` of it: 0 (unseen) to 1.

    Raises ``OSError`` where the look's logo has gone since the look was loaded.
    """
    if strength <= 0:
        return
    height, width_px = frame.shape[:2]
    whole = _card(card.kind, card.heading, card.line, (width_px, height), look)
    if strength >= 1:
        frame[:] = whole
    else:
        frame[:] = cv2.addWeighted(whole, strength, frame, 1 - strength, 0)


@dataclass(frozen=True)
class _Setting:
    """How a card's words are set, in pixels of the frame."""

    heading: Lettering
    heading_lines: tuple[str, ...]
    line: Lettering
    line_lines: tuple[str, ...]

    @property
    def heading_height(self) -> float:
        return len(self.heading_lines) * self.heading.size * _LEADING

    @property
    def line_height(self) -> float:
        return len(self.line_lines) * self.line.size * 1.4


@lru_cache(maxsize=4)
def _card(kind: CardKind, heading: str, line: str, size: tuple[int, int], look: Look) -> Frame:
    """Draw a whole card, which nobody may draw on."""
    unit = min(size[1] / _HIGH, size[0] / _WIDE)
    logo = _logo(look.logo, unit) if look.logo and kind is not CardKind.SCENE else None
    logo_height = logo.area.bottom + _LOGO_GAP * unit if logo else 0.0
    room = (size[0] - 2 * _SIDE * unit, size[1] * _ROOM - logo_height)
    setting = _set(kind, heading, line, room, unit, look)
    canvas = plain_frame(size, look.card_colour)
    rightward = is_right_to_left(heading)
    easel = Easel(Area(0, 0, *size))
    top = (size[1] - _height(kind, setting, unit) - logo_height) / 2
    _decorate(easel, size[1] - top, unit, look, rightward=rightward)
    if logo:
        left = size[0] - _SIDE * unit - logo.area.right if rightward else _SIDE * unit
        lay(canvas, logo.moved(round(left), round(top)))
        top += logo_height
    _write_all(easel, kind, setting, top, unit=unit, look=look, rightward=rightward)
    lay(canvas, easel.layer())
    canvas.flags.writeable = False
    return canvas


def _decorate(easel: Easel, below: float, unit: float, look: Look, *, rightward: bool) -> None:
    """Draw a large pale ring that leaves the frame at a lower corner, where words leave room."""
    area = easel.area
    left, top = area.right - 470 * unit, area.bottom - 260 * unit
    if top - 2 * _RING * unit < below:
        return
    right, bottom = area.right + 600 * unit, area.bottom + 600 * unit
    if rightward:
        left, right = area.right - right, area.right - left
    half = ((right - left) / 2, (bottom - top) / 2)
    glow_width = 6 * _RING * unit
    part = around((left, top, right, bottom), glow_width).within(area)
    far = distance(part, ((left + right) / 2, (top + bottom) / 2), half, 110 * unit)
    line = cover_within(np.abs(far) - _RING / 2 * unit)
    glow = np.clip(1 - far / glow_width, 0, 1) ** 2 * (far > 0)
    easel.coat(look.card_accent, np.asarray(0.05 * glow, np.float32), part)
    easel.coat(look.card_accent, line * np.float32(0.16), part)


def _set(
    kind: CardKind, heading: str, line: str, room: tuple[float, float], unit: float, look: Look
) -> _Setting:
    """Set a card's words as large as there is room for."""
    large = 1.0
    while True:
        title = Lettering(look.font, _HEADINGS[kind] * unit * large, bold=True)
        scene = kind is CardKind.SCENE
        text = Lettering(look.font, _LINES[kind] * unit * (0.6 * large + 0.4), bold=scene)
        setting = _Setting(
            title, balance(heading, title, room[0]), text,
            balance(line, text, room[0]) if line.strip() else (),
        )  # fmt: skip
        fits = _height(kind, setting, unit) <= room[1]
        calm = len(setting.heading_lines) <= _MOST_LINES and _whole(heading, title, room[0])
        if (fits and (calm or large < _BUSY)) or large < _LEAST:
            return setting
        large *= _SHRINK


def _whole(heading: str, lettering: Lettering, room: float) -> bool:
    """Whether no word of a heading must be broken."""
    return all(width(word, lettering) <= room for word in heading.split())


def _height(kind: CardKind, setting: _Setting, unit: float) -> float:
    gap = _LINE_GAP * unit if setting.line_lines else 0.0
    bar = 0.0 if kind is CardKind.SCENE and setting.line_lines else (_BAR[1] + _BAR_GAP) * unit
    return setting.heading_height + setting.line_height + gap + bar


def _write_all(
    easel: Easel,
    kind: CardKind,
    setting: _Setting,
    top: float,
    *,
    unit: float,
    look: Look,
    rightward: bool,
) -> None:
    """Write accent, heading and line below each other; a scene's line is its accent."""
    lead = kind is CardKind.SCENE and bool(setting.line_lines)
    pen = _Pen(easel, _SIDE * unit, rightward)
    if lead:
        top = pen.write(setting.line_lines, top, setting.line, 1.4, look.card_accent)
        top += _LINE_GAP * unit * 0.5
    else:
        pen.bar(top, unit, look.card_accent)
        top += (_BAR[1] + _BAR_GAP) * unit
    top = pen.write(setting.heading_lines, top, setting.heading, _LEADING, look.card_heading)
    if not lead:
        top += _LINE_GAP * unit
        pen.write(setting.line_lines, top, setting.line, 1.4, look.card_text)


@dataclass(frozen=True)
class _Pen:
    """Writes between two margins, from the left one or the right one."""

    easel: Easel
    margin: float
    rightward: bool

    def write(
        self,
        lines: tuple[str, ...],
        top: float,
        lettering: Lettering,
        leading: float,
        colour: tuple[int, int, int],
    ) -> float:
        """Write lines below ``top`` and return where they end."""
        row = lettering.size * leading
        for words in lines:
            wide = width(words, lettering)
            x = self.easel.area.right - self.margin - wide if self.rightward else self.margin
            baseline = top + row / 2 + 0.36 * lettering.size
            write(self.easel, words, (x, baseline), lettering, colour=colour)
            top += row
        return top

    def bar(self, top: float, unit: float, colour: tuple[int, int, int]) -> None:
        wide, high = _BAR[0] * unit, _BAR[1] * unit
        x = self.easel.area.right - self.margin - wide if self.rightward else self.margin
        place = (x, top, x + wide, top + high)
        part = around(place, 1).within(self.easel.area)
        self.easel.coat(colour, rounded(part, place, high / 2), part)


def _logo(logo: Logo, unit: float) -> Layer:
    """Read a logo and make it as large as cards have them, at 0, 0."""
    with Image.open(logo.path) as picture:
        whole = picture.convert("RGBA")
    times = min(_LOGO[0] * unit / whole.width, _LOGO[1] * unit / whole.height)
    size = (max(1, round(whole.width * times)), max(1, round(whole.height * times)))
    # Pillow multiplies colours with their cover while it makes them smaller.
    pixels = np.asarray(whole.resize(size, Image.Resampling.LANCZOS))
    cover = pixels[..., 3:].astype(np.float32) / 255
    colour = (pixels[..., :3] * cover + 0.5).astype(np.uint8)
    keep = np.repeat(255 - pixels[..., 3:], 3, axis=2)
    return Layer(Area(0, 0, *size), colour, keep)

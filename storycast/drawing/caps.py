"""Key caps: the keys that are pressed, as a keyboard shows them, at the film's lower edge."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from storycast.drawing.layer import Area, Easel, Frame, Layer, lay
from storycast.drawing.shape import Rectangle, outline, presence, rounded, shadow
from storycast.drawing.text import Lettering, ink_box, width, write
from storycast.look import Look

__all__ = ["draw_caps"]

_SIGNS: dict[str, tuple[tuple[tuple[float, float], ...], ...]] = {
    "←": (((0.1, 0.5), (0.9, 0.5)), ((0.42, 0.2), (0.1, 0.5), (0.42, 0.8))),
    "→": (((0.1, 0.5), (0.9, 0.5)), ((0.58, 0.2), (0.9, 0.5), (0.58, 0.8))),
    "↑": (((0.5, 0.1), (0.5, 0.9)), ((0.2, 0.42), (0.5, 0.1), (0.8, 0.42))),
    "↓": (((0.5, 0.1), (0.5, 0.9)), ((0.2, 0.58), (0.5, 0.9), (0.8, 0.58))),
    "↵": (((0.92, 0.12), (0.92, 0.58), (0.1, 0.58)), ((0.36, 0.32), (0.1, 0.58), (0.36, 0.84))),
}
"""Signs that few fonts have, as lines in a square of 1."""

_HIGH = 1080.0  # the measures below are pixels of a frame that is this high
_CAP = 64.0
_LETTER = 27.0
_SIGN = 25.0
_SIGN_LINE = 1.6
_SPACE = 9.0
_SIDE = 19.0
_RADIUS = 11.0
_LIP = 6.0  # how much of a cap's front is seen, and how deep it goes
_BETWEEN = 42.0  # from cap to cap, with a plus sign in the middle
_PLUS = 7.0
_TRAY = 15.0
_LOW = 64.0  # from the tray to the frame's edge
_ROOM = 0.94  # of the frame's width
_COME, _GO = 0.12, 0.15
_PRESSED = (0.1, 0.34)
_RISE = 16.0


def draw_caps(frame: Frame, keys: Sequence[str], *, look: Look, progress: float) -> None:
    """Draw ``keys`` as caps in the lower middle of the film, as large as its height asks for.

    ``progress`` runs from 0 (they come) to 1 (they are gone). Without keys nothing is drawn.
    """
    strength = min(presence(progress, 0, 2, _COME), presence(progress, -1, 1, _GO))
    if not keys or strength <= 0:
        return
    unit = frame.shape[0] / _HIGH
    start, end = _PRESSED
    part = min(max((progress - start) / (end - start), 0.0), 1.0)
    depth = round(4 * math.sin(math.pi * part)) / 4
    caps = _caps(tuple(keys), frame.shape[1], unit, look, depth)
    across, down = caps.area.right, caps.area.bottom
    coming = presence(progress, 0, 2, _COME)
    lower = round((1 - coming) * _RISE * unit - (_LOW - _TRAY) * unit)
    lay(frame, caps.moved((frame.shape[1] - across) // 2, frame.shape[0] - down + lower), strength)


@dataclass(frozen=True)
class _Cap:
    """A cap that is ``width`` pixels wide; its words are texts and signs, each with its width."""

    width: float
    words: tuple[tuple[str, float], ...]


def _cap(key: str, unit: float, lettering: Lettering) -> _Cap:
    words = tuple(
        (word, _SIGN * unit if word in _SIGNS else width(word, lettering))
        for word in key.split(" ")
        if word
    )
    gaps = _SPACE * unit * max(len(words) - 1, 0)
    inked = sum(size for _, size in words) + gaps
    return _Cap(max(_CAP * unit, inked + 2 * _SIDE * unit), words)


def _total(caps: Sequence[_Cap], unit: float) -> float:
    return sum(cap.width for cap in caps) + (len(caps) - 1) * _BETWEEN * unit


@lru_cache(maxsize=48)
def _caps(keys: tuple[str, ...], most: int, unit: float, look: Look, depth: float) -> Layer:
    """Draw the tray and all caps, pressed down by ``depth`` (0 to 1), on an area at 0, 0."""
    lettering = Lettering(look.font, _LETTER * unit)
    caps = [_cap(key, unit, lettering) for key in keys]
    wide = _total(caps, unit) + 4 * _TRAY * unit
    if wide > most * _ROOM:
        unit *= most * _ROOM / wide
        lettering = Lettering(look.font, _LETTER * unit)
        caps = [_cap(key, unit, lettering) for key in keys]
    rim = _TRAY * unit  # around the tray, for its shadow
    inside = _total(caps, unit) + 2 * _TRAY * unit
    high = (_CAP + _LIP + 2 * _TRAY) * unit
    easel = Easel(Area(0, 0, math.ceil(inside + 2 * rim), math.ceil(high + 2 * rim)))
    tray = rounded(easel.area, (rim, rim, rim + inside, rim + high), (_RADIUS + _TRAY) * unit)
    easel.coat((0, 0, 0), shadow(tray, drop=3 * unit, blur=5 * unit, strength=0.22))
    easel.coat(look.tray_colour, tray * look.tray_strength)
    left, top = rim + _TRAY * unit, rim + _TRAY * unit
    for place, cap in _placed(caps, left, unit):
        _draw_cap(easel, cap, (place, top), lettering, unit=unit, look=look, depth=depth)
        if place > left:
            middle = (place - _BETWEEN * unit / 2, top + (_CAP + _LIP) * unit / 2)
            _draw_plus(easel, middle, unit)
    return easel.layer()


def _placed(caps: Sequence[_Cap], left: float, unit: float) -> Iterator[tuple[float, _Cap]]:
    for cap in caps:
        yield left, cap
        left += cap.width + _BETWEEN * unit


def _draw_cap(
    easel: Easel,
    cap: _Cap,
    corner: tuple[float, float],
    lettering: Lettering,
    *,
    unit: float,
    look: Look,
    depth: float,
) -> None:
    left, top = corner
    right, bottom = left + cap.width, top + (_CAP + _LIP) * unit
    sunk = 0.75 * _LIP * unit * depth
    face: Rectangle = (left, top + sunk, right, top + _CAP * unit + sunk)
    front = rounded(easel.area, (left, top + sunk, right, bottom), _RADIUS * unit)
    easel.coat((0, 0, 0), shadow(front, drop=2 * unit, blur=2.5 * unit, strength=0.3))
    easel.coat(look.cap_edge, front)
    easel.coat(look.cap_colour, rounded(easel.area, face, _RADIUS * unit))
    middle = (face[1] + face[3]) / 2
    _, high, _, low = ink_box("H", lettering)
    gaps = _SPACE * unit * (len(cap.words) - 1)
    place = (left + right) / 2 - (sum(size for _, size in cap.words) + gaps) / 2
    for word, size in cap.words:
        if word in _SIGNS:
            _draw_sign(easel, word, (place, middle - size / 2), size, unit=unit, look=look)
        else:
            line = middle - (high + low) / 2
            write(easel, word, (place, line), lettering, colour=look.cap_text)
        place += size + _SPACE * unit


def _draw_sign(
    easel: Easel, sign: str, corner: tuple[float, float], size: float, *, unit: float, look: Look
) -> None:
    lines = [
        [(corner[0] + x * size, corner[1] + y * size) for x, y in line] for line in _SIGNS[sign]
    ]
    plane = outline(easel.area, lines, _SIGN_LINE * unit, filled=False)
    easel.coat(look.cap_text, plane)


def _draw_plus(easel: Easel, middle: tuple[float, float], unit: float) -> None:
    x, y = middle
    arm = _PLUS * unit
    lines = [[(x - arm, y), (x + arm, y)], [(x, y - arm), (x, y + arm)]]
    easel.coat((255, 255, 255), outline(easel.area, lines, 1.5 * unit, filled=False) * 0.9)

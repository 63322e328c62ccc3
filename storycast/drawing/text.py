"""Text: measured, wrapped and set as planes, the same at every scale."""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
from PIL import Image, ImageDraw

from narration.phrase import split_phrases
from storycast.drawing.font import choose_face, load_font, printable
from storycast.drawing.layer import Area, Easel, Plane
from storycast.look import Colour

__all__ = [
    "Lettering",
    "balance",
    "ink_box",
    "is_right_to_left",
    "shorten",
    "width",
    "wrap",
    "write",
]

_MEASURED_PX = 256  # text is measured at this size, where hinting hardly moves a letter
_FINE_PX = 160  # letters are drawn about this high and made smaller: hinting does not show
_LONGEST = 400  # letters that may fit on a line
_IDEOGRAPHS = "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef"
_PIECES = re.compile(rf"\s+|[{_IDEOGRAPHS}]|[^\s{_IDEOGRAPHS}]+")
"""Between these a line may end: spaces, ideographs, and what stands between them."""


@dataclass(frozen=True)
class Lettering:
    """How text is set: ``family`` (or a font file), ``size`` in the caller's pixels."""

    family: str
    size: float
    bold: bool = False


@lru_cache(maxsize=4096)
def width(text: str, lettering: Lettering) -> float:
    """How wide ``text`` is on one line, in the unit of the lettering's size."""
    face = choose_face(lettering.family, text, bold=lettering.bold)
    length = load_font(face, _MEASURED_PX).getlength(printable(face, text))
    return float(length) * lettering.size / _MEASURED_PX


@lru_cache(maxsize=512)
def wrap(text: str, lettering: Lettering, room: float) -> tuple[str, ...]:
    """Break ``text`` into lines no wider than ``room``; a word that is wider is broken too."""
    lines: list[str] = []
    for paragraph in text.splitlines() or [""]:
        lines += _wrap_paragraph(paragraph.replace("\t", "    "), lettering, room)
    return tuple(lines)


def balance(text: str, lettering: Lettering, room: float) -> tuple[str, ...]:
    """Break ``text`` into as few lines as `wrap` does, but of widths as equal as may be."""
    lines = wrap(text, lettering, room)
    low, high = room / 2, room
    for _ in range(7):
        middle = (low + high) / 2
        if len(wrap(text, lettering, middle)) > len(lines):
            low = middle
        else:
            high = middle
    return wrap(text, lettering, high)


def shorten(text: str, lettering: Lettering, room: float) -> str:
    """Return ``text``, or as much of its beginning as fits, with an ellipsis."""
    if width(text, lettering) <= room:
        return text
    longest = min(len(text) - 1, _LONGEST)
    kept = next((end for end in range(longest, 0, -1) if _short(text, end, lettering) <= room), 0)
    return text[:kept].rstrip() + "…"


def is_right_to_left(text: str) -> bool:
    """Whether the first letter that has a direction runs from right to left."""
    ways = (unicodedata.bidirectional(letter) for letter in text)
    return next((way != "L" for way in ways if way in {"L", "R", "AL"}), False)


def ink_box(text: str, lettering: Lettering) -> tuple[float, float, float, float]:
    """Return what ``text`` inks: left, top, right and bottom from where its line begins."""
    face = choose_face(lettering.family, text, bold=lettering.bold)
    box = load_font(face, _MEASURED_PX).getbbox(printable(face, text), anchor="ls")
    left, top, right, bottom = (side * lettering.size / _MEASURED_PX for side in box)
    return left, top, right, bottom


def write(
    easel: Easel,
    text: str,
    place: tuple[float, float],
    lettering: Lettering,
    *,
    colour: Colour,
    within: Area | None = None,
) -> None:
    """Write ``text`` on ``easel``, where asked only ``within`` an area.

    ``place`` is where its left end meets the line that the letters stand on, in pixels.
    """
    size = lettering.size
    part = Area(
        math.floor(place[0] - size),
        math.floor(place[1] - 2 * size),
        math.ceil(place[0] + width(text, lettering) + size),
        math.ceil(place[1] + size),
    ).within(within or easel.area)
    part = part.within(easel.area)
    if not part.empty:
        easel.coat(colour, _inked(part, text, place, lettering), part)


def _inked(area: Area, text: str, place: tuple[float, float], lettering: Lettering) -> Plane:
    """Return how much ``text`` covers of each pixel of ``area``."""
    times = max(2, round(_FINE_PX / lettering.size)) if lettering.size < _FINE_PX else 1
    face = choose_face(lettering.family, text, bold=lettering.bold)
    font = load_font(face, max(1, round(lettering.size * times)))
    across, down = area.right - area.left, area.bottom - area.top
    fine = Image.new("L", (across * times, down * times))
    start = ((place[0] - area.left) * times, (place[1] - area.top) * times)
    ImageDraw.Draw(fine).text(start, printable(face, text), 255, font, anchor="ls")
    small = np.asarray(fine)
    if times > 1:
        small = np.asarray(cv2.resize(small, (across, down), interpolation=cv2.INTER_AREA))
    return np.asarray(small / np.float32(255), np.float32)


def _short(text: str, end: int, lettering: Lettering) -> float:
    return width(text[:end].rstrip() + "…", lettering)


def _wrap_paragraph(text: str, lettering: Lettering, room: float) -> list[str]:
    lines = [""]
    for piece in _pieces(text):
        if width((lines[-1] + piece).rstrip(), lettering) <= room:
            lines[-1] += piece
            continue
        rest = piece.lstrip()
        if width(rest, lettering) > room:
            *full, rest = _broken(rest, lettering, room)
            lines += full
        lines.append(rest)
    return [line.strip() for line in lines if line.strip()] or [""]


def _pieces(text: str) -> list[str]:
    phrases = split_phrases(text)
    return _PIECES.findall(text) if len(phrases) == 1 else list(phrases)


def _broken(word: str, lettering: Lettering, room: float) -> list[str]:
    """Cut a word that is wider than a line wherever it must be."""
    parts = [""]
    for letter in word:
        if parts[-1] and width(parts[-1] + letter, lettering) > room:
            parts.append("")
        parts[-1] += letter
    return parts

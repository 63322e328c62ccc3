"""The menu: the list of a native select, which no shot shows."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

from recorder.take import Point
from storycast.drawing.font import NATIVE_FAMILY
from storycast.drawing.layer import Area, Easel, Frame, Layer, lay
from storycast.drawing.shape import Rectangle, around, presence, rounded, shadow
from storycast.drawing.text import Lettering, ink_box, is_right_to_left, shorten, width, write
from storycast.look import Look
from storycast.timeline import Menu

__all__ = ["draw_menu", "option_centre"]

_FADE_MS = 120
_SCROLL_MS = 260
_MOST_ROWS = 10

# CSS pixels:
_LEAST_ROW, _MOST_ROW = 22.0, 29.0
_LETTER = 0.55  # of a row
_SIDE = 10.0
_PAD = 5.0  # above the first row and below the last
_GAP = 2.0  # between the select and its list
_MARGIN = 4.0  # between the list and the page's edge
_RADIUS = 6.0
_BAR = 6.0  # the scroll bar's thumb


def draw_menu(frame: Frame, menu: Menu, at_ms: float, *, scale: float, look: Look) -> None:
    """Draw the list of ``menu`` as it stands at ``at_ms``: below its box, or above.

    ``frame`` is the whole page. A menu without options has no list.
    """
    strength = presence(at_ms, menu.start_ms, menu.end_ms, _FADE_MS)
    if strength <= 0 or not menu.options:
        return
    viewport = (round(frame.shape[1] / scale), round(frame.shape[0] / scale))
    begun = [lit for start, lit in menu.places if start <= at_ms]
    lit = begun[-1] if begun else None
    first = round(_scrolled(menu, _rows(menu, viewport), at_ms) * 64) / 64
    lay(frame, _list(_content(menu), viewport, first, lit, scale, look), strength)


def option_centre(menu: Menu, option: int, viewport: tuple[int, int]) -> Point:
    """Where the pointer goes to choose ``option``, in CSS pixels of a page of that size.

    The option has the place that it has when it is lit; one that is never lit, when it would be.
    """
    rows = _rows(menu, viewport)
    first, found = 0, None
    for place, (_, lit) in zip(_firsts(menu, rows), menu.places, strict=True):
        first = place
        if lit == option:
            found = place
            break
    panel = _panel(_content(menu), viewport)
    row = option - (found if found is not None else _moved(first, option, rows))
    y = panel[1] + _PAD + (row + 0.5) * _row(menu.box.height)
    x = min(max(menu.box.centre.x, panel[0] + _SIDE), panel[2] - _SIDE)
    return Point(x=x, y=y)


@dataclass(frozen=True)
class _Content:
    """All of a menu that does not change while it is open; ``box`` is in CSS pixels."""

    box: Rectangle
    options: tuple[str, ...]
    disabled: tuple[int, ...]


def _content(menu: Menu) -> _Content:
    box = menu.box
    place = (box.x, box.y, box.x + box.width, box.y + box.height)
    return _Content(place, menu.options, menu.disabled)


def _row(box_height: float) -> float:
    """How high a row of the list is, from how high its select is."""
    return min(max(0.8 * box_height, _LEAST_ROW), _MOST_ROW)


def _room(top: float, bottom: float, high: float) -> tuple[float, float]:
    """How much room there is above and below a select in a page so ``high``."""
    return top - _GAP - _MARGIN, high - bottom - _GAP - _MARGIN


def _rows(menu: Menu, viewport: tuple[int, int]) -> int:
    box = menu.box
    room = max(_room(box.y, box.y + box.height, viewport[1]))
    fitting = math.floor((room - 2 * _PAD) / _row(box.height))
    return max(1, min(len(menu.options), _MOST_ROWS, fitting))


@lru_cache(maxsize=64)
def _panel(content: _Content, viewport: tuple[int, int]) -> Rectangle:
    """Return where the list lies, in CSS pixels."""
    left, top, right, bottom = content.box
    row = _row(bottom - top)
    above, below = _room(top, bottom, viewport[1])
    fitting = math.floor((max(above, below) - 2 * _PAD) / row)
    rows = max(1, min(len(content.options), _MOST_ROWS, fitting))
    high = rows * row + 2 * _PAD
    lettering = Lettering(NATIVE_FAMILY, _LETTER * row)
    bar = 2 * _BAR if rows < len(content.options) else 0
    widest = max(width(option, lettering) for option in content.options) + 2 * _SIDE + bar
    wide = min(max(widest, right - left), viewport[0] - 2 * _MARGIN)
    x = max(min(left, viewport[0] - _MARGIN - wide), _MARGIN)
    y = bottom + _GAP if high <= below or below >= above else top - _GAP - high
    y = max(min(y, viewport[1] - _MARGIN - high), 0)
    return (x, y, x + wide, y + high)


def _moved(first: int, lit: int, rows: int) -> int:
    """Scroll a list that starts at option ``first`` no further than until ``lit`` is seen."""
    return max(min(first, lit), lit - rows + 1)


def _firsts(menu: Menu, rows: int) -> tuple[int, ...]:
    """Return the first option that is seen at each of the menu's places.

    It stays the same where all that is ever lit can be seen at once.
    """
    chosen = [lit for _, lit in menu.places if lit is not None]
    first = 0
    if chosen and max(chosen) - min(chosen) < rows:
        first = _moved(_moved(0, min(chosen), rows), max(chosen), rows)
    firsts = []
    for _, lit in menu.places:
        first = first if lit is None else _moved(first, lit, rows)
        firsts.append(first)
    return tuple(firsts)


def _scrolled(menu: Menu, rows: int, at_ms: float) -> float:
    """How many options the list is scrolled; it arrives just when the next one is lit."""
    firsts = _firsts(menu, rows)
    scrolled = float(firsts[0]) if firsts else 0.0
    for (start, _), first in zip(menu.places, firsts, strict=True):
        part = presence(at_ms, start - _SCROLL_MS, math.inf, _SCROLL_MS)
        scrolled += (first - scrolled) * part
    return scrolled


@lru_cache(maxsize=48)
def _list(
    content: _Content,
    viewport: tuple[int, int],
    first: float,
    lit: int | None,
    scale: float,
    look: Look,
) -> Layer:
    """Draw the list with option ``first`` at its top and ``lit`` under the pointer."""
    left, top, right, bottom = panel = _scaled(_panel(content, viewport), scale)
    easel = Easel(around(panel, 16 * scale))
    whole = rounded(easel.area, panel, _RADIUS * scale)
    easel.coat((0, 0, 0), shadow(whole, drop=4 * scale, blur=6 * scale, strength=0.28))
    easel.coat(look.panel_edge, whole)
    line = max(scale, 1.0)
    inside = (left + line, top + line, right - line, bottom - line)
    easel.coat(look.panel_colour, rounded(easel.area, inside, _RADIUS * scale - line))
    row = _row(content.box[3] - content.box[1]) * scale
    seen = Area(round(left), round(top + _PAD * scale), round(right), round(bottom - _PAD * scale))
    rows = round((bottom - top - 2 * _PAD * scale) / row)
    barred = rows < len(content.options)
    for option in range(math.floor(first), min(math.ceil(first + rows), len(content.options))):
        y = top + _PAD * scale + (option - first) * row
        end = right - (2 * _BAR * scale if barred else 0)
        place = (left, y, end, y + row)
        _draw_option(
            easel, content, option, place, lit=option == lit, scale=scale, look=look, seen=seen
        )
    if barred:
        _draw_bar(easel, panel, first, (rows, len(content.options)), scale=scale, look=look)
    return easel.layer()


def _scaled(rectangle: Rectangle, scale: float) -> Rectangle:
    left, top, right, bottom = rectangle
    return (left * scale, top * scale, right * scale, bottom * scale)


def _draw_option(
    easel: Easel,
    content: _Content,
    option: int,
    place: Rectangle,
    *,
    lit: bool,
    scale: float,
    look: Look,
    seen: Area,
) -> None:
    left, top, right, bottom = place
    grey = option in content.disabled
    if lit and not grey:
        inset = _PAD * scale
        bar = (left + inset * 0.8, top, right - inset * 0.8, bottom)
        part = around(bar, 1).within(seen)
        if not part.empty:
            easel.coat(look.accent_colour, rounded(part, bar, 0.7 * _RADIUS * scale), part)
    colour = look.panel_faint if grey else look.accent_text if lit else look.panel_text
    lettering = Lettering(NATIVE_FAMILY, _LETTER * (bottom - top))
    text = shorten(content.options[option], lettering, right - left - 2 * _SIDE * scale + 1)
    _, high, _, low = ink_box("H", lettering)
    x = left + _SIDE * scale
    if is_right_to_left(text):
        x = right - _SIDE * scale - width(text, lettering)
    line = (top + bottom) / 2 - (high + low) / 2
    write(easel, text, (x, line), lettering, colour=colour, within=seen)


def _draw_bar(
    easel: Easel,
    panel: Rectangle,
    first: float,
    count: tuple[int, int],
    *,
    scale: float,
    look: Look,
) -> None:
    """Draw the scroll bar of a list that shows the first of two numbers of options."""
    _, top, right, bottom = panel
    shown, total = count
    track = bottom - top - 2 * _PAD * scale
    start = top + _PAD * scale + track * first / total
    x = right - 1.8 * _BAR * scale
    thumb = (x, start, x + _BAR * scale, start + track * shown / total)
    easel.coat(look.panel_faint, rounded(easel.area, thumb, _BAR * scale / 2) * 0.55)

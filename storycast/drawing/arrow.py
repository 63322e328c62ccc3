"""The arrow: it points at a box from the side where the page has most room."""

from __future__ import annotations

from functools import lru_cache

from recorder.take import Box
from storycast.drawing.layer import Easel, Frame, Layer, lay
from storycast.drawing.shape import Rectangle, around, outline, rectangle_in, shadow
from storycast.look import Look

__all__ = ["draw_arrow"]

_Place = tuple[float, float]

_SHORTEST = 0.55  # of its length: an arrow that is shorter reaches into its box instead
_HEAD = 0.34  # the head's length, in parts of the whole arrow's that the look asks for
_HALF_HEAD = 0.17
_HALF_NECK = 0.052
_HALF_TAIL = 0.022
_ROUND = 0.02
_MARGIN = 0.08  # between an arrow and the frame's edge


def draw_arrow(frame: Frame, box: Box, *, scale: float, look: Look, strength: float) -> None:
    """Draw an arrow that points at the middle of one side of ``box``, all of it in the frame."""
    target = rectangle_in(frame, box, scale)
    if target is None or strength <= 0:
        return
    height, width = frame.shape[:2]
    tip, way, length = _aim(target, (width, height), scale, look)
    lay(frame, _arrow(tip, way, length, scale, look), strength)


def _aim(
    target: Rectangle, size: tuple[int, int], scale: float, look: Look
) -> tuple[_Place, tuple[int, int], float]:
    """Return where the tip is, which way leads from it to the tail, and how long that is."""
    whole = look.arrow_length * scale
    gap, margin = look.ring_padding * scale * 0.7, _MARGIN * whole
    left, top, right, bottom = (
        min(max(side, 0.0), float(most)) for side, most in zip(target, size * 2, strict=True)
    )
    rooms = {
        (1, 0): size[0] - right, (-1, 0): left, (0, 1): size[1] - bottom, (0, -1): top,
    }  # fmt: skip
    way = max(rooms, key=lambda side: rooms[side])
    length = min(whole, max(rooms[way] - gap - margin, _SHORTEST * whole))
    middle = ((left + right) / 2, (top + bottom) / 2)
    edge = ((right - left) / 2 + gap, (bottom - top) / 2 + gap)
    tip = []
    for axis in (0, 1):
        place = middle[axis] + way[axis] * edge[axis]
        before = margin + (length if way[axis] < 0 else 0 if way[axis] else _HALF_HEAD * whole)
        after = margin + (length if way[axis] > 0 else 0 if way[axis] else _HALF_HEAD * whole)
        tip.append(max(min(place, size[axis] - after), before))
    return (tip[0], tip[1]), way, length


@lru_cache(maxsize=32)
def _arrow(tip: _Place, way: tuple[int, int], length: float, scale: float, look: Look) -> Layer:
    whole = look.arrow_length * scale
    head = _HEAD * whole
    side = (
        (0.0, 0.0), (head, _HALF_HEAD), (head * 0.86, _HALF_NECK), (length, _HALF_TAIL),
    )  # fmt: skip
    near = [(along, across * whole) for along, across in side]
    shape = near + [(along, -across) for along, across in reversed(near[1:])]
    places = [
        (tip[0] + way[0] * along - way[1] * across, tip[1] + way[1] * along + way[0] * across)
        for along, across in shape
    ]
    columns, rows = [x for x, _ in places], [y for _, y in places]
    bounds = (min(columns), min(rows), max(columns), max(rows))
    easel = Easel(around(bounds, whole * _MARGIN))
    casing = _ROUND * whole + 1.6 * look.casing_width * scale
    wide = outline(easel.area, [places], casing, filled=True)
    easel.coat((0, 0, 0), shadow(wide, drop=1.5 * scale, blur=2 * scale, strength=0.35))
    easel.coat(look.casing_colour, wide)
    inner = outline(easel.area, [places], _ROUND * whole, filled=True)
    easel.coat(look.ring_colour, inner)
    return easel.layer()

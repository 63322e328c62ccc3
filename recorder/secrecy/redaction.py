"""Redaction: what nobody may see is painted over in a picture, before anybody keeps it."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

import cv2
import numpy as np

from recorder.picture import Picture, decode_picture, encode_picture
from recorder.secrecy.secret import DOTS
from recorder.take import Box, Point

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from recorder.area import Area, Look

__all__ = ["redact"]

_COVER = (128, 114, 107)
"""Blue, green, red of a grey that is seen on light pages and on dark ones."""

_RIM_PX = 1
_RADIUS, _STEP = 0.17, 0.56
"""Of a dot, and from one to the next, in parts of the size of a field's text."""

_SMALLEST_PX = 1.5
_FRACTION_BITS = 4  # OpenCV draws circles in parts of a pixel


def redact(
    png: bytes,
    areas: Iterable[Area],
    scale: int,
    *,
    corner: Point,
    dots: int = len(DOTS),
) -> bytes:
    """The picture with boxes over ``areas``, and ``dots`` in fields.

    ``scale`` are its device pixels to each CSS pixel; its own corner lies at ``corner``. A picture
    in which nothing is to be hidden stays as it is, to the byte.
    """
    seen = [(area, part) for area in areas for part in area.parts]
    if not seen:
        return png
    picture = decode_picture(png)
    # Fields first: what covers them besides stays a box.
    for area, part in sorted(seen, key=lambda pair: not pair[0].is_field):
        # Letters stand out of their boxes a little; a field's text does not leave the field.
        spot = _spot(picture, part, scale, corner, rim_px=0 if area.look else _RIM_PX)
        if not spot.size:
            continue
        if area.look is None:
            spot[:] = _COVER
        else:
            spot[:] = _main_colour(spot)
            _draw_dots(picture, area.look, part, scale, corner, dots)
    return encode_picture(picture)


def _spot(picture: Picture, box: Box, scale: int, corner: Point, *, rim_px: int) -> Picture:
    """The pixels of a box and of a rim around it."""
    left = math.floor((box.x - corner.x - rim_px) * scale)
    top = math.floor((box.y - corner.y - rim_px) * scale)
    right = math.ceil((box.x + box.width - corner.x + rim_px) * scale)
    bottom = math.ceil((box.y + box.height - corner.y + rim_px) * scale)
    return picture[max(0, top) : max(0, bottom), max(0, left) : max(0, right)]


def _main_colour(spot: Picture) -> Sequence[int]:
    """The colour of most pixels: what text stands on."""
    packed = spot.reshape(-1, 3).astype(np.uint32) @ np.array([1, 1 << 8, 1 << 16], np.uint32)
    colours, counts = np.unique(packed, return_counts=True)
    most = int(colours[counts.argmax()])
    return most & 255, most >> 8 & 255, most >> 16


def _draw_dots(
    picture: Picture, look: Look, part: Box, scale: int, corner: Point, count: int
) -> None:
    size = min(look.size, part.height, part.width / (len(DOTS) * _STEP))
    step, radius = size * _STEP, max(size * _RADIUS, _SMALLEST_PX / scale)
    start = look.start + step / 2
    if look.side == "right":
        start = look.start - step / 2
        step = -step
    elif look.side == "center":
        start -= count * step / 2
    fine = scale << _FRACTION_BITS
    for number in range(count):
        place = (start + number * step - corner.x, look.y - corner.y)
        cv2.circle(
            picture,
            (round(place[0] * fine), round(place[1] * fine)),
            round(radius * fine),
            _colour(look.colour),
            -1,
            cv2.LINE_AA,
            _FRACTION_BITS,
        )


def _colour(css: str) -> tuple[int, int, int]:
    """Blue, green and red of a colour that Chromium computed; grey where it is none of sRGB."""
    found = re.match(r"rgba?\((\d+), (\d+), (\d+)", css)
    if not found:
        return _COVER
    red, green, blue = map(int, found.groups())
    return blue, green, red

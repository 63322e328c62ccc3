"""Pictures: what looks different although the page's structure is what it was."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from math import ceil, floor

import cv2
import numpy as np
from numpy.typing import NDArray

from recorder.take import Box
from storycast.drift.comparison.element import Element

__all__ = ["are_same", "count_unlike", "find_unlike", "holder_of"]

_SEEN = 20
"""Of 255 in a channel, after smoothing: less is anti-aliasing, or a shade that nobody sees."""

_LEAST_PX = 60
_THIN_PX = 3  # a caret, and no more
_GAP_PX = 13
_RING_PX = 6  # so far around a field or a button its focus is drawn,
_RING_INSIDE_PX = 4  # and so far within its edge
_AROUND_PX = 8.0

_Picture = NDArray[np.uint8]


def find_unlike(
    before: bytes,
    after: bytes,
    *,
    viewport: tuple[int, int],
    explained: Sequence[Box] = (),
    focusable: Sequence[Box] = (),
) -> tuple[Box, ...]:
    """Return where two pictures of a page look different, in CSS pixels.

    ``explained`` are areas whose difference is known already, or masked; a ring around one of
    ``focusable`` is focus that was left there. Pictures of different sizes differ everywhere.
    """
    first, second = _smooth(before, viewport), _smooth(after, viewport)
    differs = np.minimum(_outside(first, second), _outside(second, first))
    if not differs.any():
        return ()
    for box in explained:
        _clear(differs, box, _AROUND_PX)
    for box in focusable:
        _clear_ring(differs, box)
    near = np.ones((_GAP_PX, _GAP_PX), np.uint8)
    joined = np.asarray(cv2.morphologyEx(differs, cv2.MORPH_CLOSE, near), np.uint8)
    return tuple(_areas(joined, differs, focusable))


def count_unlike(
    before: bytes,
    after: bytes,
    boxes: Sequence[tuple[Box, Box]],
    *,
    viewport: tuple[int, int],
) -> list[int]:
    """Return for each pair of boxes how many pixels of one look different from the other's.

    The first box of a pair is in the picture ``before``, the second in ``after``.
    """
    first, second = _smooth(before, viewport), _smooth(after, viewport)
    counts = []
    for old, new in boxes:
        high, wide = round(min(old.height, new.height)), round(min(old.width, new.width))
        parts = [
            picture[round(box.y) : round(box.y) + high, round(box.x) : round(box.x) + wide]
            for picture, box in ((first, old), (second, new))
        ]
        if parts[0].shape != parts[1].shape or not parts[0].size:
            counts.append(0)
            continue
        one, other = parts
        counts.append(int(np.minimum(_outside(one, other), _outside(other, one)).sum()))
    return counts


def are_same(
    before: bytes, after: bytes, boxes: Sequence[Box], *, viewport: tuple[int, int]
) -> list[bool]:
    """Return for each of ``boxes`` whether both pictures show the very same in all of it.

    Of what is not seen whole, nobody can tell.
    """
    first, second = (
        cv2.imdecode(np.frombuffer(each, np.uint8), cv2.IMREAD_COLOR) for each in (before, after)
    )
    if first is None or second is None or first.shape != second.shape:
        return [False] * len(boxes)
    scale = first.shape[1] / viewport[0]
    differs = (first != second).any(axis=2)
    return [
        min(box.x, box.y) >= 0
        and box.x + box.width <= viewport[0]
        and box.y + box.height <= viewport[1]
        and not _cut(differs, box, scale).any()
        for box in boxes
    ]


def _cut(picture: NDArray[np.bool_], box: Box, scale: float) -> NDArray[np.bool_]:
    left, top = floor(box.x * scale), floor(box.y * scale)
    right, bottom = ceil((box.x + box.width) * scale), ceil((box.y + box.height) * scale)
    return picture[top:bottom, left:right]


def holder_of(box: Box, elements: Sequence[Element]) -> Element | None:
    """Return the smallest element around the middle of ``box`` that can be named."""
    middle = box.centre
    around = [each for each in elements if each.content and each.box.holds(middle)]
    return min(around, key=lambda each: each.box.width * each.box.height, default=None)


def _smooth(content: bytes, viewport: tuple[int, int]) -> _Picture:
    """The picture in CSS pixels, smoothed, so that a letter's edge is no difference."""
    picture = cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_COLOR)
    if picture is None:
        return np.zeros((viewport[1], viewport[0], 3), np.uint8)
    if picture.shape[:2] != (viewport[1], viewport[0]):
        picture = cv2.resize(picture, viewport, interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.GaussianBlur(picture, (5, 5), 0), np.uint8)


def _outside(one: _Picture, other: _Picture) -> _Picture:
    """Where ``one`` is lighter or darker than all that ``other`` shows within a pixel of there.

    A letter that is drawn half a pixel further on is not.
    """
    near = np.ones((3, 3), np.uint8)
    lightest, darkest = cv2.dilate(other, near), cv2.erode(other, near)
    beyond = cv2.max(cv2.subtract(one, lightest), cv2.subtract(darkest, one))
    return np.asarray(beyond.max(axis=2) > _SEEN, np.uint8)


def _areas(joined: _Picture, differs: _Picture, controls: Sequence[Box]) -> Iterator[Box]:
    """Yield what differs enough to be seen; the corners of a control count together."""
    count, _, stats, _ = cv2.connectedComponentsWithStats(joined)
    corners: Counter[int] = Counter()
    for left, top, wide, high, _ in stats[1:count]:
        seen = int(differs[top : top + high, left : left + wide].sum())
        area = Box(x=float(left), y=float(top), width=float(wide), height=float(high))
        if min(wide, high) <= _THIN_PX:
            continue
        if seen >= _LEAST_PX:
            yield area
        else:
            holding = (number for number, box in enumerate(controls) if box.holds(area.centre))
            corners.update({next(holding, -1): seen})
    yield from (
        controls[number] for number, seen in corners.items() if number >= 0 and seen >= _LEAST_PX
    )


def _goes_around(differs: _Picture, box: Box) -> bool:
    """Whether something differs at the middle of two sides of ``box``, and not at its corners only.

    A part of ``box`` that is out of the picture counts as one that differs.
    """
    middle_x, middle_y = box.x + box.width / 2, box.y + box.height / 2
    sides = (
        (middle_x, box.y), (middle_x, box.y + box.height),
        (box.x, middle_y), (box.x + box.width, middle_y),
    )  # fmt: skip
    found = 0
    for x, y in sides:
        left, top = max(round(x) - _RING_PX, 0), max(round(y) - _RING_PX, 0)
        part = differs[top : round(y) + _RING_PX, left : round(x) + _RING_PX]
        found += part.size == 0 or bool(part.any())
    return found > 1


def _clear(differs: _Picture, box: Box, around: float) -> None:
    left, top = max(round(box.x - around), 0), max(round(box.y - around), 0)
    right, bottom = round(box.x + box.width + around), round(box.y + box.height + around)
    differs[top : max(bottom, 0), left : max(right, 0)] = 0


def _clear_ring(differs: _Picture, box: Box) -> None:
    """Clear the edge of ``box``, where what is in it is as it was."""
    inner = Box(
        x=box.x + _RING_INSIDE_PX,
        y=box.y + _RING_INSIDE_PX,
        width=max(box.width - 2 * _RING_INSIDE_PX, 0),
        height=max(box.height - 2 * _RING_INSIDE_PX, 0),
    )
    left, top = max(round(inner.x), 0), max(round(inner.y), 0)
    inside = differs[top : top + round(inner.height), left : left + round(inner.width)].copy()
    if int(inside.sum()) < _LEAST_PX and _goes_around(differs, box):
        _clear(differs, box, _RING_PX)
        differs[top : top + inside.shape[0], left : left + inside.shape[1]] = inside

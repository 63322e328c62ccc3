"""A line of text on a page, and how it is cut out of a picture."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from recorder.secrecy import DOTS, HIDDEN
from recorder.snapshot import Node, read_snapshot
from recorder.take import Box, Moment, shot_path
from storycast.verify.frame import Luma

__all__ = [
    "LETTER_PX",
    "MARGIN",
    "Line",
    "holds_all",
    "lines_in",
]

LETTER_PX = 44
"""How high a line is made before it is read: tesseract reads 30 to 50 best."""

MARGIN = 0.5
"""CSS pixels around a line."""

_LEAST_LETTERS = 2
_ONE_LINE = 2.2
"""A box that is higher, in parts of its font's size, holds several lines."""

_SPACE = 0.4
"""Of its height: texts that are not farther apart are read as one."""


@dataclass(frozen=True, eq=False)
class Line:
    """A line of text on the page, as the shot and as the film show it."""

    text: str
    shot: Luma
    film: Luma


def lines_in(
    take: Path,
    moment: Moment,
    width: int,
    *,
    seen: Box,
    picture: Luma,
    place: tuple[float, float, float],
    is_hidden: Callable[[Box], bool],
) -> Iterator[Line]:
    """Yield the lines of a moment of ``take`` that ``picture`` shows.

    ``seen`` is the part of the page, ``width`` CSS pixels wide in all, that it shows at ``place``:
    left, top and width in its own pixels. Lines in boxes that are hidden are left out.
    """
    shot = _read_shot(shot_path(take, moment))
    left, top, wide = place
    zoom = wide / seen.width
    corner = (left - seen.x * zoom, top - seen.y * zoom)
    nodes = read_snapshot(take / "snapshots" / f"{moment.snapshot}.json.gz").nodes
    for text, whole in _joined_lines(node for node in nodes if _is_line(node)):
        box = _padded(whole)
        if holds_all(seen, box) and not is_hidden(box):
            yield Line(
                text=text,
                shot=_cut_line(shot, box, shot.shape[1] / width, (0.0, 0.0)),
                film=_cut_line(picture, box, zoom, corner),
            )


def _joined_lines(nodes: Iterable[Node]) -> Iterator[tuple[str, Box]]:
    """Join texts that follow each other on one line, such as the words of a line of code."""
    text, box = "", Box(x=0, y=0, width=0, height=0)
    for node in nodes:
        gap = node.box.x - (box.x + box.width)
        if text and node.box.y == box.y and abs(gap) <= _SPACE * node.box.height:
            width = node.box.x + node.box.width - box.x
            height = max(box.height, node.box.height)
            text, box = text + node.name, Box(x=box.x, y=box.y, width=width, height=height)
            continue
        if len("".join(text.split())) >= _LEAST_LETTERS:
            yield text, box
        text, box = node.name, node.box
    if len("".join(text.split())) >= _LEAST_LETTERS:
        yield text, box


def _is_line(node: Node) -> bool:
    """Whether a node is a text on a single line."""
    if HIDDEN in node.name or DOTS in node.name:  # nobody may see it
        return False
    if node.role != "StaticText" or len(node.styles) < 3:
        return False
    return 0 < node.box.height <= _ONE_LINE * float(node.styles[2].removesuffix("px"))


def _padded(box: Box) -> Box:
    """A line with what its letters may reach beyond it."""
    return Box(x=box.x - MARGIN, y=box.y, width=box.width + 2 * MARGIN, height=box.height)


def holds_all(outer: Box, box: Box) -> bool:
    """Whether all of ``box`` lies in ``outer``."""
    return (
        outer.x <= box.x
        and outer.y <= box.y
        and box.x + box.width <= outer.x + outer.width
        and box.y + box.height <= outer.y + outer.height
    )


def _read_shot(path: Path) -> Luma:
    """A shot in grey."""
    shot = cv2.imread(str(path), cv2.IMREAD_GRAYSCALE)
    if shot is None:
        raise SystemExit(f"error: the shot {path} is missing or damaged")
    return np.asarray(shot, np.uint8)


def _cut_line(picture: Luma, box: Box, scale: float, origin: tuple[float, float]) -> Luma:
    """A line out of a picture, as high as all others and dark on white, whatever its colours."""
    left, top = round(box.x * scale + origin[0]), round(box.y * scale + origin[1])
    right = round((box.x + box.width) * scale + origin[0])
    bottom = round((box.y + box.height) * scale + origin[1])
    part = picture[max(top, 0) : bottom, max(left, 0) : right]
    factor = LETTER_PX / part.shape[0]
    size = (max(round(part.shape[1] * factor), 1), LETTER_PX)
    larger = cv2.resize(part, size, interpolation=cv2.INTER_CUBIC)
    ground = float(np.median(larger))
    away = np.abs(larger.astype(np.float32) - ground)
    return np.asarray(255 - 255 * away / max(float(away.max()), 1.0), np.uint8)

"""Pages sketched in code: their elements, and a picture in which each has its own colour."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import cv2
import numpy as np

from recorder.snapshot import Node, Snapshot
from recorder.take import Box
from storycast.drift.comparison.element import Element, read_elements

__all__ = ["SIZE", "draw", "node", "sketch"]

SIZE = (400, 300)
_PLAIN = ("rgb(0, 0, 0)", "rgb(255, 255, 255)", "16px", "400", "visible", "1")


def node(role: str, name: str, box: Sequence[float], depth: int = 1, **facts: object) -> Node:
    """A node at ``box``: left, top, width and height."""
    place = dict(zip(("x", "y", "width", "height"), box, strict=True))
    made = {"role": role, "name": name, "tag": "x", "depth": depth, "box": place, "styles": _PLAIN}
    return Node.model_validate(made | facts)


def sketch(*nodes: Node) -> tuple[Element, ...]:
    """The elements of a page that shows ``nodes``."""
    page = node("RootWebArea", "Page", (0, 0, *SIZE), 0)
    return read_elements(Snapshot(nodes=(page, *nodes)))


def draw(colours: Mapping[Box, int]) -> bytes:
    """A white picture with boxes of these shades of grey."""
    picture = np.full((SIZE[1], SIZE[0], 3), 255, np.uint8)
    for box, shade in colours.items():
        left, top = round(box.x), round(box.y)
        picture[top : top + round(box.height), left : left + round(box.width)] = shade
    return bytes(cv2.imencode(".png", picture)[1])

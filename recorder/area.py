"""Areas: where a page shows what nobody may see, and what of its structure they hide."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from recorder.secrecy import DOTS, HIDDEN
from recorder.snapshot import Snapshot
from recorder.take import Box

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from recorder.snapshot import Node
    from recorder.take import Target

__all__ = [
    "Area",
    "Look",
    "clean_snapshot",
    "clean_target",
    "covers_field",
    "read_area",
    "shown_boxes",
]

_MOST = 0.9
_LEAST_TEXT = 2
_FIELDS = ("input", "textarea", "select")
_OF_ANYBODY = ("id", "class", "name", "type", "role", "for", "autocomplete", "required")
"""Attributes of a hidden element that tell nothing of what it says."""

_VALUES = ("value", "data-value")


@dataclass(frozen=True)
class Look:
    """How a field writes: its text's ``colour`` as CSS computes it, its ``size`` in CSS pixels.

    The first character stands at ``start`` on the ``side`` of the field ("left", "right" or
    "center"); ``y`` is the middle of its line.
    """

    colour: str
    size: float
    start: float
    side: str
    y: float


@dataclass(frozen=True)
class Area:
    """Something that nobody may see: its boxes, and those ``parts`` of them that are in sight.

    ``text`` is what it says. Of a field only the text is hidden, and it shows dots instead.
    """

    is_field: bool
    whole: tuple[Box, ...]
    parts: tuple[Box, ...]
    text: str
    look: Look | None = None

    @property
    def sign(self) -> str:
        """What stands for its text."""
        return DOTS if self.is_field else HIDDEN

    def holds(self, box: Box) -> bool:
        """Whether nearly all of a box lies in it."""
        return any(_share(box, own) >= _MOST for own in self.whole)

    def touches(self, box: Box) -> bool:
        """Whether some of a box lies in it."""
        return any(_share(box, own) > 0 for own in self.whole)

    def hide(self, text: str) -> str:
        """``text`` without its own."""
        for own in {self.text.strip(), " ".join(self.text.split())}:
            if len(own) >= _LEAST_TEXT:
                text = text.replace(own, self.sign)
        return text


def read_area(found: Mapping[str, Any]) -> Area:
    """An area as ``hidden.js`` tells it."""
    look = found["look"]
    return Area(
        is_field=found["kind"] == "dots",
        whole=tuple(map(_box, found["whole"])),
        parts=tuple(map(_box, found["parts"])),
        text=found["text"],
        look=Look(**look) if look else None,
    )


def shown_boxes(areas: Iterable[Area]) -> tuple[Box, ...]:
    """What of the areas is in sight."""
    return tuple(dict.fromkeys(part for area in areas for part in area.parts))


def covers_field(areas: Iterable[Area], box: Box) -> bool:
    """Whether a field at ``box`` is one whose text is hidden."""
    return any(area.is_field and area.holds(box) for area in areas)


def clean_snapshot(snapshot: Snapshot, areas: tuple[Area, ...]) -> Snapshot:
    """The structure of a page without what its areas hide."""
    if not areas:
        return snapshot
    return Snapshot(nodes=tuple(_clean_node(node, areas) for node in snapshot.nodes))


def clean_target(target: Target, areas: tuple[Area, ...]) -> Target:
    """A target without what the areas of its page hide."""
    for area in areas:
        if not area.touches(target.box):
            continue
        if area.holds(target.box) and not (area.is_field and target.tag in _FIELDS):
            update = {
                "name": target.name and area.sign,
                "text": target.text and area.sign,
                "attributes": _telling_nothing(target.attributes),
            }
        else:
            kept = {
                name: area.hide(text)
                for name, text in target.attributes.items()
                if not (area.is_field and name in _VALUES)
            }
            update = {
                "name": area.hide(target.name),
                "text": area.hide(target.text),
                "attributes": kept,
            }
        target = target.model_copy(update=update)
    return target


def _clean_node(node: Node, areas: tuple[Area, ...]) -> Node:
    for area in areas:
        if not area.touches(node.box):
            continue
        is_whole = area.holds(node.box)
        if is_whole and not (area.is_field and node.tag in _FIELDS):
            update = {
                "name": node.name and area.sign,
                "value": node.value and area.sign,
                "attributes": _telling_nothing(node.attributes),
            }
        else:
            value = area.sign if is_whole and node.value else area.hide(node.value)
            update = {"name": area.hide(node.name), "value": value}
        node = node.model_copy(update=update)
    return node


def _telling_nothing(attributes: dict[str, str]) -> dict[str, str]:
    return {name: text for name, text in attributes.items() if name in _OF_ANYBODY}


def _share(box: Box, other: Box) -> float:
    """How much of ``box`` lies in ``other``, 0 to 1; a box without a size lies in it or not."""
    width = min(box.x + box.width, other.x + other.width) - max(box.x, other.x)
    height = min(box.y + box.height, other.y + other.height) - max(box.y, other.y)
    if width < 0 or height < 0:
        return 0.0
    size = box.width * box.height
    return width * height / size if size else 1.0


def _box(edges: Sequence[float]) -> Box:
    left, top, right, bottom = edges
    return Box(x=left, y=top, width=right - left, height=bottom - top)

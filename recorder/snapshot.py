"""The snapshot: a page's structure at one moment, as it stands on disk."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel, ConfigDict

from recorder.take import Box

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

__all__ = [
    "CAPTURED_STYLES",
    "STYLES",
    "Node",
    "Snapshot",
    "pack_snapshot",
    "read_nodes",
    "read_snapshot",
]

STYLES = ("color", "background-color", "font-size", "font-weight", "visibility", "opacity")
"""The computed styles that are kept of each node, in this order."""

_EDGES = ("border-left-width", "border-top-width", "padding-left", "padding-top")
_IMAGES = ("background-image", "mask-image")

CAPTURED_STYLES = (*STYLES, *_EDGES, *_IMAGES)
"""What the browser is asked for.

Where a frame's document begins is told by the frame's edges, what is an icon by its image.
"""

_ATTRIBUTES = frozenset({"id", "class", "name", "type", "href", "title", "placeholder", "for"})
_STATES = frozenset(
    {"checked", "disabled", "expanded", "selected", "pressed", "required", "readonly", "invalid"}
)
_UNTOLD = frozenset({"none", "generic", "InlineTextBox", "LineBreak"})
_CONTROLS = frozenset({"button", "link", "tab", "option", "checkbox", "radio", "switch"})
_ICON_PX = (6.0, 64.0)
_EDGE_STYLES = slice(len(STYLES), len(STYLES) + len(_EDGES))


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Node(_Model):
    """One thing on the page that has a box.

    ``role``, ``name`` and ``states`` are the accessibility tree's; ``depth`` is how many of its
    ancestors are nodes too; ``styles`` are the values of `STYLES`. An icon that a style sheet draws
    is an ``image``, named by its tooltip.
    """

    role: str
    name: str
    value: str = ""
    tag: str
    depth: int
    box: Box
    states: dict[str, str] = {}
    attributes: dict[str, str] = {}
    styles: tuple[str, ...] = ()


class Snapshot(_Model):
    """A page's nodes in the order of the accessibility tree, frames after what holds them."""

    version: Literal[1] = 1
    nodes: tuple[Node, ...]


def pack_snapshot(snapshot: Snapshot) -> bytes:
    """The bytes of ``snapshot`` as a file: JSON, gzip; the same for the same snapshot."""
    return gzip.compress(snapshot.model_dump_json().encode(), mtime=0)


def read_snapshot(path: Path) -> Snapshot:
    """Read the snapshot at ``path``."""
    return Snapshot.model_validate_json(gzip.decompress(path.read_bytes()))


def read_nodes(
    captured: Mapping[str, Any], trees: Sequence[Sequence[Mapping[str, Any]]]
) -> Iterator[tuple[int, Node]]:
    """Yield the nodes of a page's snapshot, each with DevTools' ``backendNodeId`` of it.

    ``captured`` is the result of DOMSnapshot.captureSnapshot (with `CAPTURED_STYLES`), whose bounds
    are CSS pixels from a document's corner; ``trees`` are the nodes of Accessibility.getFullAXTree
    for each of its documents.
    """
    reader = _Reader(captured)
    for tree in trees:
        yield from reader.nodes(tree)


class _Reader:
    """Looks up the boxes, styles and attributes of what an accessibility tree names."""

    def __init__(self, captured: Mapping[str, Any]) -> None:
        self._strings = captured["strings"]
        self._documents = captured["documents"]
        self._places: dict[int, tuple[int, int, int]] = {}
        for number, document in enumerate(self._documents):
            identifiers = document["nodes"]["backendNodeId"]
            for row, node in enumerate(document["layout"]["nodeIndex"]):
                self._places.setdefault(identifiers[node], (number, node, row))
        self._offsets = self._frame_offsets()

    def nodes(self, tree: Sequence[Mapping[str, Any]]) -> Iterator[tuple[int, Node]]:
        """The nodes of one accessibility tree that are told and have a box, with their numbers."""
        by_id = {item["nodeId"]: item for item in tree}
        pending = [(item, 0, "") for item in tree[:1]]
        while pending:
            item, depth, around = pending.pop()
            node = self._node(item, depth, around)
            if node is not None:
                yield item["backendDOMNodeId"], node
            inner = (depth + 1, node.role) if node is not None else (depth, around)
            children = (by_id.get(child) for child in item.get("childIds", ()))
            pending.extend((child, *inner) for child in reversed([c for c in children if c]))

    def _node(self, item: Mapping[str, Any], depth: int, around: str) -> Node | None:
        """The node of ``item``, which stands in a node of the role ``around``; None if untold."""
        place = self._places.get(item.get("backendDOMNodeId", -1))
        role = item.get("role", {}).get("value", "none")
        if item["ignored"] or place is None:
            return None
        is_icon = role == "generic" and around not in _CONTROLS and self._is_icon(item, place)
        if role in _UNTOLD and not is_icon:
            return None
        number, index, row = place
        document = self._documents[number]
        box = self._box(number, document["layout"]["bounds"][row])
        attributes = self._attributes(document["nodes"]["attributes"][index])
        return Node(
            role="image" if is_icon else role,
            name=attributes.get("title", "")
            if is_icon
            else str(item.get("name", {}).get("value", "")),
            value=str(item.get("value", {}).get("value", "")),
            tag=self._strings[document["nodes"]["nodeName"][index]].lower(),
            depth=depth,
            box=box,
            states=_states(item),
            attributes=attributes,
            styles=self._styles(document, row)[: len(STYLES)],
        )

    def _is_icon(self, item: Mapping[str, Any], place: tuple[int, int, int]) -> bool:
        """Whether an element without a role is a small picture and nothing else."""
        number, index, row = place
        document = self._documents[number]
        tag = self._strings[document["nodes"]["nodeName"][index]]
        if item.get("childIds") or tag.startswith("::"):  # what stands before or after a text
            return False
        least, most = _ICON_PX
        size = document["layout"]["bounds"][row][2:]
        images = self._styles(document, row)[-len(_IMAGES) :]
        return all(least <= px <= most for px in size) and any("url(" in each for each in images)

    def _box(self, number: int, bounds: Sequence[float]) -> Box:
        left, top = self._offsets.get(number, (0.0, 0.0))
        x, y, width, height = bounds
        return Box(x=x + left, y=y + top, width=width, height=height)

    def _styles(self, document: Mapping[str, Any], row: int) -> tuple[str, ...]:
        return tuple(self._strings[style] for style in document["layout"]["styles"][row])

    def _attributes(self, pairs: Sequence[int]) -> dict[str, str]:
        words = [self._strings[pair] for pair in pairs]
        found = dict(zip(words[::2], words[1::2], strict=True))
        return {name: text for name, text in found.items() if name in _ATTRIBUTES}

    def _frame_offsets(self) -> dict[int, tuple[float, float]]:
        """What to add to a document's bounds to get places in the viewport."""
        offsets = {0: self._unscrolled(0, 0.0, 0.0)}
        for number, document in enumerate(self._documents):
            inner = document["nodes"]["contentDocumentIndex"]
            for node, child in zip(inner["index"], inner["value"], strict=True):
                place = self._places.get(document["nodes"]["backendNodeId"][node])
                if place is None or number not in offsets:
                    continue
                left, top = offsets[number]
                x, y, *_ = document["layout"]["bounds"][place[2]]
                edges = [_pixels(word) for word in self._styles(document, place[2])[_EDGE_STYLES]]
                left, top = left + x + sum(edges[::2]), top + y + sum(edges[1::2])
                offsets[child] = self._unscrolled(child, left, top)
        return offsets

    def _unscrolled(self, number: int, left: float, top: float) -> tuple[float, float]:
        document = self._documents[number]
        return left - document.get("scrollOffsetX", 0), top - document.get("scrollOffsetY", 0)


def _pixels(style: str) -> float:
    """A length as Chromium computes it; 0 for one that is none (``auto``)."""
    number = style.removesuffix("px")
    return float(number) if number != style else 0.0


def _states(item: Mapping[str, Any]) -> dict[str, str]:
    return {
        state["name"]: str(state["value"].get("value", ""))
        for state in item.get("properties", ())
        if state["name"] in _STATES
    }

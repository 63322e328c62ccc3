"""The snapshot: a page's structure at one moment, as it stands on disk."""

from __future__ import annotations

import gzip
import zlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel, ConfigDict

from recorder.errors import RecorderError
from recorder.readable_name import readable_name
from recorder.take import Box

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

__all__ = [
    "CAPTURED_STYLES",
    "STYLES",
    "Corner",
    "Node",
    "Snapshot",
    "SnapshotReader",
    "pack_snapshot",
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
_FRAMES = ("IFRAME", "FRAME")
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
    """Read the snapshot at ``path``. Raises `RecorderError` where it is damaged."""
    try:
        return Snapshot.model_validate_json(gzip.decompress(path.read_bytes()))
    except (OSError, EOFError, zlib.error, ValueError) as error:
        raise RecorderError(
            f"The snapshot {path} is missing or damaged.", "Film it again: 'storycast record'."
        ) from error


@dataclass(frozen=True)
class Corner:
    """How the window shows a document: where its corner lies, and how it is scaled.

    ``scale`` is that of CSS transforms; ``zoom`` is CSS zoom, of which a document's own boxes know.
    """

    x: float = 0.0
    y: float = 0.0
    scale: float = 1.0
    zoom: float = 1.0


class SnapshotReader:
    """Looks up the boxes, styles and attributes of what an accessibility tree names.

    ``captured`` is the result of DOMSnapshot.captureSnapshot (with `CAPTURED_STYLES`), whose bounds
    are CSS pixels from a document's corner; ``scale_of`` is asked how a frame is scaled (by
    transforms, by zoom), by DevTools' number of it; ``corner`` is the outermost document's.
    ``foreign`` are the frames whose documents were not captured, by number, with their corners.
    """

    def __init__(
        self,
        captured: Mapping[str, Any],
        scale_of: Callable[[int], tuple[float, float]],
        corner: Corner | None = None,
    ) -> None:
        self.foreign: dict[int, Corner] = {}
        self._strings = captured["strings"]
        self._documents = captured["documents"]
        self._scale_of = scale_of
        self._places: dict[int, tuple[int, int, int]] = {}
        for number, document in enumerate(self._documents):
            identifiers = document["nodes"]["backendNodeId"]
            for row, node in enumerate(document["layout"]["nodeIndex"]):
                self._places.setdefault(identifiers[node], (number, node, row))
        self._corners = self._find_corners(corner or Corner())

    @property
    def has_closed_trees(self) -> bool:
        """Whether any of the documents has a closed shadow tree."""
        return any(
            self._strings[kind] == "closed"
            for document in self._documents
            for kind in document["nodes"].get("shadowRootType", {}).get("value", ())
        )

    def nodes(self, tree: Sequence[Mapping[str, Any]]) -> Iterator[tuple[int, Node]]:
        """The nodes of an accessibility tree that are told and have a box.

        ``tree`` is the result of Accessibility.getFullAXTree for one of the documents; each node
        comes with DevTools' ``backendNodeId`` of it.
        """
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
        name, title = str(item.get("name", {}).get("value", "")), attributes.get("title", "")
        return Node(
            role="image" if is_icon else role,
            name=title if is_icon else readable_name(name, title),
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
        corner = self._corners.get(number, Corner())
        x, y, width, height = (length * corner.scale for length in bounds)
        return Box(x=x + corner.x, y=y + corner.y, width=width, height=height)

    def _styles(self, document: Mapping[str, Any], row: int) -> tuple[str, ...]:
        return tuple(self._strings[style] for style in document["layout"]["styles"][row])

    def _attributes(self, pairs: Sequence[int]) -> dict[str, str]:
        words = [self._strings[pair] for pair in pairs]
        found = dict(zip(words[::2], words[1::2], strict=True))
        return {name: text for name, text in found.items() if name in _ATTRIBUTES}

    def _find_corners(self, outermost: Corner) -> dict[int, Corner]:
        """How the window shows each document, by its place; those that it holds follow it."""
        corners = {0: self._scrolled(0, outermost)}
        for number, document in enumerate(self._documents):
            index = document["nodes"]["contentDocumentIndex"]
            inner = dict(zip(index["index"], index["value"], strict=True))
            for node in self._frames(document):
                identifier = document["nodes"]["backendNodeId"][node]
                place = self._places.get(identifier)
                if place is None or number not in corners:
                    continue
                corner = self._inside(identifier, place[2], document, corners[number])
                if node in inner:
                    corners[inner[node]] = self._scrolled(inner[node], corner)
                else:
                    self.foreign[identifier] = corner
        return corners

    def _frames(self, document: Mapping[str, Any]) -> Sequence[int]:
        """The nodes of a document that hold another one."""
        nodes = document["nodes"]
        names = {place for place, text in enumerate(self._strings) if text in _FRAMES}
        named = [node for node, name in enumerate(nodes["nodeName"]) if name in names]
        held = nodes["contentDocumentIndex"]["index"]
        return [*held, *(node for node in named if node not in held)]

    def _inside(
        self, identifier: int, row: int, document: Mapping[str, Any], outer: Corner
    ) -> Corner:
        transform, zoom = self._scale_of(identifier)
        x, y, *_ = document["layout"]["bounds"][row]
        edges = [_pixels(word) for word in self._styles(document, row)[_EDGE_STYLES]]
        edge_scale = outer.zoom * zoom * transform
        return Corner(
            x=outer.x + (x + sum(edges[::2]) * edge_scale) * outer.scale,
            y=outer.y + (y + sum(edges[1::2]) * edge_scale) * outer.scale,
            scale=outer.scale * transform,
            zoom=outer.zoom * zoom,
        )

    def _scrolled(self, number: int, corner: Corner) -> Corner:
        document = self._documents[number]
        return replace(
            corner,
            x=corner.x - document.get("scrollOffsetX", 0) * corner.scale,
            y=corner.y - document.get("scrollOffsetY", 0) * corner.scale,
        )


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

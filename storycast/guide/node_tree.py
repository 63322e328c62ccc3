"""The node tree: a page's nodes, what holds each, which of them a target is, and who reads them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Protocol

from recorder.snapshot import Node, read_snapshot
from recorder.take import Box, Moment, Target
from storycast.geometry import area, holds_box, likeness, shared_area

__all__ = ["NodeTree", "ReadPage", "no_page", "snapshot_reader"]

_SAME = 0.8
"""Boxes that share more than this much of what they cover are one element's."""

_SLACK = 2.0
"""CSS pixels by which a box may reach out of what holds it: borders, and rounding."""

_TEXT = "StaticText"

_KEPT = 4
"""Pages: pictures that follow each other often show the same one."""


@dataclass(frozen=True)
class NodeTree:
    """Nodes in the order of the accessibility tree; each is told by its place in it."""

    nodes: Sequence[Node]
    viewport: tuple[int, int]

    def above(self, place: int) -> Iterator[int]:
        """What holds a node, the nearest first."""
        parent = self._parents[place]
        while parent is not None:
            yield parent
            parent = self._parents[parent]

    def inside(self, place: int) -> Iterator[int]:
        """All that a node holds, in order."""
        depth = self.nodes[place].depth
        for inner in range(place + 1, len(self.nodes)):
            if self.nodes[inner].depth <= depth:
                return
            yield inner

    def is_seen(self, place: int) -> bool:
        """Whether a node has room in the viewport, and is not hidden."""
        node = self.nodes[place]
        whole = Box(x=0, y=0, width=self.viewport[0], height=self.viewport[1])
        return "hidden" not in node.styles and shared_area(node.box, whole) > 0

    def find(self, target: Target) -> int | None:
        """The node that ``target`` is, or else the smallest around it that says the same."""
        alike = {
            place: likeness(node.box, target.box)
            for place, node in enumerate(self.nodes)
            if node.role == target.role
        }
        best = max(alike, key=alike.__getitem__, default=None)
        if best is not None and alike[best] >= _SAME:
            return best
        said = " ".join((target.name or target.text).split())
        around = [
            place
            for place, node in enumerate(self.nodes)
            if said
            and said in node.name
            and node.role != _TEXT
            and holds_box(node.box, target.box, slack=_SLACK)
        ]
        return min(around, key=lambda place: area(self.nodes[place].box), default=None)

    @cached_property
    def _parents(self) -> Sequence[int | None]:
        parents: list[int | None] = []
        stack: list[int] = []
        for place, node in enumerate(self.nodes):
            while stack and self.nodes[stack[-1]].depth >= node.depth:
                stack.pop()
            parents.append(stack[-1] if stack else None)
            stack.append(place)
        return parents


class ReadPage(Protocol):
    """How the page at a moment is read."""

    def __call__(self, moment: Moment, /) -> NodeTree:
        """The page's nodes; none where they are not known."""


def no_page(_moment: Moment) -> NodeTree:
    """Nothing is known of any page."""
    return NodeTree((), (0, 0))


def snapshot_reader(take_folder: Path, viewport: tuple[int, int]) -> ReadPage:
    """What reads the pages of the take in ``take_folder``; it keeps the last ones."""

    @lru_cache(maxsize=_KEPT)
    def read(name: str) -> NodeTree:
        path = take_folder / "snapshots" / f"{name}.json.gz"
        known = name and path.is_file()
        return NodeTree(read_snapshot(path).nodes if known else (), viewport)

    return lambda moment: read(moment.snapshot)

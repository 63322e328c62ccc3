"""The outline: by what the elements of a page can be selected, for those who look for masks."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from recorder.replacement import write_whole
from recorder.take import Box

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

__all__ = ["MOST_ELEMENTS", "Outlined", "read_outline", "write_outline"]

MOST_ELEMENTS = 5000
"""So many elements of a page are told at most."""

_FOLDER = "outlines"


@dataclass(frozen=True, eq=False)
class Outlined:
    """An element of the outermost document; ``parent`` is the nearest one that has a size.

    ``attributes`` are those besides ``id`` and ``class`` that can select it.
    """

    parent: Outlined | None
    tag: str
    id: str
    classes: tuple[str, ...]
    attributes: Mapping[str, str]
    box: Box


def write_outline(folder: Path, snapshot: str, rows: Sequence[Any]) -> None:
    """Keep what ``outline.js`` tells of the page of a snapshot in the take's folder."""
    path = _path(folder, snapshot)
    path.parent.mkdir(exist_ok=True)
    write_whole(path, json.dumps(rows).encode())


def read_outline(folder: Path, snapshot: str) -> tuple[Outlined, ...]:
    """The elements of the page of a snapshot; none where no outline was kept."""
    path = _path(folder, snapshot)
    found: list[Outlined] = []
    for above, tag, name, classes, attributes, x, y, width, height in (
        json.loads(path.read_bytes()) if path.exists() else ()
    ):
        parent = found[above] if above >= 0 else None
        box = Box(x=x, y=y, width=width, height=height)
        found.append(Outlined(parent, tag, name, tuple(classes), attributes, box))
    return tuple(found)


def _path(folder: Path, snapshot: str) -> Path:
    return folder / _FOLDER / f"{snapshot}.json"

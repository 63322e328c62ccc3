"""The notebook: a storyboard's file, in which nothing moves but what was changed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from recorder.replacement import write_whole
from storycast.errors import StorycastError

__all__ = ["write_front_matter"]


def write_front_matter(path: Path, settings: Mapping[str, object]) -> None:
    """Put ``settings`` into what the notebook's metadata says under ``storycast``.

    Raises `StorycastError` where the file is laid out as no notebook is, so that other lines would
    change too.
    """
    raw = path.read_bytes().decode()
    notebook = json.loads(raw)
    layout = next((each for each in _layouts(raw) if _written(notebook, each) == raw), None)
    if layout is None:
        raise StorycastError(
            f"{path} is not laid out as notebooks are, and was left as it is.",
            "Save it once in Jupyter, or put the settings into its metadata by hand.",
        )
    front = notebook["metadata"].setdefault("storycast", {})
    front.update(settings)
    write_whole(path, _written(notebook, layout).encode())


def _layouts(raw: str) -> Iterator[Mapping[str, Any]]:
    """How a notebook may be laid out, as Jupyter writes it first."""
    for indent in (1, 2, 4, "\t", None):
        for is_ascii in (False, True):
            for separators in ((",", ": "), (", ", ": "), (",", ":")):
                yield {
                    "end": raw[len(raw.rstrip()) :],
                    "indent": indent,
                    "ensure_ascii": is_ascii,
                    "separators": separators,
                }


def _written(notebook: object, layout: Mapping[str, Any]) -> str:
    options = {name: value for name, value in layout.items() if name != "end"}
    return json.dumps(notebook, **options) + str(layout["end"])

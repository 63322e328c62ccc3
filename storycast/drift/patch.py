"""The patch: what a storyboard would say of the application as it is now, as a diff."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path
from typing import TYPE_CHECKING, Any

from storycast.drift.model import Drift, Kind

if TYPE_CHECKING:
    from recorder.take import Locator, Step

__all__ = ["propose_patch"]

_BY_TEXT = frozenset({"link text", "partial link text"})


@dataclass(frozen=True)
class _Edit:
    """A text in a cell that is replaced by another; cells count from 0."""

    cell: int
    old: str
    new: str


def propose_patch(path: Path, drift: Drift, filmed: Sequence[Step]) -> str:
    """Return a unified diff of the notebook at ``path``; empty where nothing can be proposed.

    Names in the prose become what things are called now, and so do locators that look for them by
    their text; ``filmed`` are the baseline's steps, which tell of those. Locators that fail become
    what finds the same thing now. Nothing else in the file moves. The diff names the notebook as
    seen from the current folder, where it lies below that.
    """
    raw = path.read_text(encoding="utf-8")
    cells = json.loads(raw)["cells"]
    edits = [*_names(drift), *_healed(drift, cells), *_locators(drift, filmed)]
    changed = _applied(raw, cells, edits)
    name = _name(path)
    lines = unified_diff(
        raw.splitlines(keepends=True),
        changed.splitlines(keepends=True),
        f"a/{name}",
        f"b/{name}",
    )
    return "".join(
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines
    )


def _name(path: Path) -> str:
    """What ``git apply`` knows a file by that is run in the working folder."""
    full, here = path.absolute(), Path.cwd()
    return (full.relative_to(here) if full.is_relative_to(here) else full).as_posix().lstrip("/")


def _names(drift: Drift) -> Iterator[_Edit]:
    for sentence in drift.false_sentences:
        if sentence.now:
            for mark in ("**", "__"):
                old, new = (f"{mark}{name}{mark}" for name in (sentence.name, sentence.now))
                yield _Edit(sentence.cell - 1, old, new)


def _healed(drift: Drift, cells: Sequence[Mapping[str, Any]]) -> Iterator[_Edit]:
    for healed in drift.healed:
        for quote in "\"'":
            old, new = (_written(each, quote) for each in (healed.locator, healed.found_by))
            yield _Edit(_place(old, healed.cell - 1, cells), old, new)


def _place(text: str, last: int, cells: Sequence[Mapping[str, Any]]) -> int:
    """The cell in which a text stands: ``last``, or the nearest one before it."""
    places = (place for place in range(last, -1, -1) if text in "".join(cells[place]["source"]))
    return next(places, last)


def _written(locator: Locator, quote: str) -> str:
    """A locator as Python says it: By.ID, "save"."""
    strategy = locator.by.upper().replace(" ", "_")
    value = locator.value.replace("\\", "\\\\").replace(quote, f"\\{quote}")
    return f"By.{strategy}, {quote}{value}{quote}"


def _locators(drift: Drift, filmed: Sequence[Step]) -> Iterator[_Edit]:
    renamed = {each.before: each.after for each in drift.changes if each.kind is Kind.RENAMED}
    for action in (action for step in filmed for action in step.actions):
        locator = action.target.locator if action.target is not None else None
        if locator is not None and locator.by in _BY_TEXT and locator.value in renamed:
            for quote in "\"'":
                texts = (locator.value, renamed[locator.value])
                old, new = (text.replace(quote, f"\\{quote}") for text in texts)
                yield _Edit(action.cell, f"{quote}{old}{quote}", f"{quote}{new}{quote}")


def _applied(raw: str, cells: Sequence[Any], edits: Iterable[_Edit]) -> str:
    """Return the notebook's text with ``edits`` in the lines of its cells, and nowhere else."""
    lines = raw.splitlines(keepends=True)
    places = dict(_source_lines(lines, cells))
    for edit in dict.fromkeys(edits):
        old, new = (json.dumps(text, ensure_ascii=False)[1:-1] for text in (edit.old, edit.new))
        for place in places.get(edit.cell, ()):
            lines[place] = lines[place].replace(old, new)
    return "".join(lines)


def _source_lines(lines: Sequence[str], cells: Sequence[Any]) -> Iterator[tuple[int, list[int]]]:
    """Yield each cell's place, and which lines of the file are its source.

    A notebook as JupyterLab and nbformat write it has a line for each line of a cell.
    """
    starts = [number for number, line in enumerate(lines) if re.match(r'\s*"source": ', line)]
    if len(starts) != len(cells):
        return
    for place, start in enumerate(starts):
        source = cells[place]["source"]
        count = len(source) if isinstance(source, list) else 0
        first = start if count == 0 else start + 1
        yield place, list(range(first, first + max(count, 1)))

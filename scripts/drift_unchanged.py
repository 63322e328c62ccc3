"""Films storyboards again and again, and counts what differs although nothing has changed."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.table import Table

from recorder.storyboard import read_storyboard
from storycast.checking import approve_take, check
from storycast.drift import as_lines
from storycast.edition import Choices
from storycast.make import film, make, publish, speak
from storycast.terminal import Terminal

__all__ = ["count_unchanged"]


def count_unchanged(boards: list[Path], rounds: int) -> Table:
    """Film each of ``boards`` so many times, and once more for the baseline; tell what differs."""
    table = Table(box=None, pad_edge=False)
    for head in ("storyboard", "times", "drift told", "shots differ", "guide differs"):
        table.add_column(head, justify="left" if head == "storyboard" else "right")
    for path in boards:
        with TemporaryDirectory() as desk:
            told, shots, guides = _count(path, rounds, Path(desk))
        table.add_row(path.stem, str(rounds), str(told), str(shots), str(guides))
    return table


def _count(path: Path, rounds: int, desk: Path) -> tuple[int, int, int]:
    shutil.copytree(path.parent, desk / "boards", ignore=shutil.ignore_patterns("baselines"))
    board = read_storyboard(desk / "boards" / path.name)
    terminal = Terminal()
    counts = [0, 0, 0]
    first: tuple[str, str] | None = None
    for number in range(rounds + 1):
        choices = Choices(output=desk / f"output-{number}", cache=desk / "cache")
        edition = make(board, (film, speak, publish), choices, terminal)
        made = _digest(edition.folder / "take" / "shots"), _digest_guide(edition.folder)
        if first is None:
            first = made
            approve_take(board, choices.output)
            continue
        kept = Choices(output=choices.output, cache=choices.cache, film_again=False)
        drift = check(board, kept, terminal).drift
        if drift.found:
            terminal.tell("\n".join(as_lines(drift)), {})
        counts[0] += drift.found
        counts[1] += made[0] != first[0]
        counts[2] += made[1] != first[1]
        shutil.rmtree(choices.output)
    return counts[0], counts[1], counts[2]


def _digest(folder: Path) -> str:
    return _digest_all(path for path in sorted(folder.rglob("*")) if path.is_file())


def _digest_guide(folder: Path) -> str:
    names = ("guide.html", "guide.md", "transcript.txt", "notebook.ipynb")
    pictures = sorted((folder / "pictures").rglob("*"))
    return _digest_all([*(folder / name for name in names), *pictures])


def _digest_all(paths: Iterator[Path] | list[Path]) -> str:
    found = hashlib.sha256()
    for path in paths:
        if path.is_file():
            found.update(path.name.encode() + path.read_bytes())
    return found.hexdigest()

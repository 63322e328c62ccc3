"""The terminal: progress on standard error, results on standard output."""

from __future__ import annotations

import json
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from storycast.edition import Edition

__all__ = ["Terminal"]

_NAMES = {
    "film": "film",
    "guide": "guide",
    "take": "take",
    "track": "track",
}


class Terminal:
    """Tells people, or machines with ``as_json``, what is done and what has come of it."""

    def __init__(self, *, as_json: bool = False) -> None:
        self._as_json = as_json
        self._log = Console(stderr=True, highlight=False)
        self._out = Console(highlight=False, soft_wrap=True)
        self._progress = Progress(
            SpinnerColumn(finished_text="✓"),
            TextColumn("{task.description}"),
            BarColumn(bar_width=24),
            TextColumn("{task.percentage:>3.0f} %"),
            TimeElapsedColumn(),
            console=self._log,
        )

    @contextmanager
    def task(self, board: str, doing: str) -> Iterator[Callable[[int, int], None]]:
        """Show a progress bar; gives what to call with how much is done and of how much."""
        words = f"{doing} [bold]{board}[/]"
        if not self._log.is_terminal:
            self._log.print(f"{words} …")
            yield lambda _done, _total: None
            return
        with self._progress:
            bar = self._progress.add_task(f"{words:<40}", total=None)
            yield lambda done, total: self._progress.update(bar, completed=done, total=total)
            self._progress.update(bar, completed=1, total=1)
            self._progress.refresh()

    def tell_edition(self, edition: Edition) -> None:
        """Print what was made, and where it is."""
        if self._as_json:
            self._print_json(
                {
                    "board": edition.board,
                    "made": list(edition.made),
                    "film_s": round(edition.film_s, 3),
                    "seconds": {name: round(took, 3) for name, took in edition.seconds.items()},
                    **{name: str(path) for name, path in edition.paths.items()},
                }
            )
        elif not edition.made:
            self._out.print(f"[bold]{edition.board}[/]: nothing to do, {edition.folder} is current")
        else:
            took = sum(edition.seconds.values())
            length = f", {edition.film_s:.0f} s of film" if edition.film_s else ""
            made = ", ".join(edition.made)
            self._out.print(f"[bold]{edition.board}[/]: made {made} in {took:.1f} s{length}")
            for name in ("film", "guide"):
                if name in edition.made:
                    self._out.print(f"  {name:<6} {edition.paths[name]}", markup=False)

    def tell_error(self, message: str, hint: str, board: str = "") -> None:
        """Print what failed on standard error, as a result too where machines read it."""
        self._log.print(f"[bold red]error:[/] {_plain(message)}", soft_wrap=True)
        if hint:
            self._log.print(f"[bold]hint:[/] {_plain(hint)}", soft_wrap=True)
        if self._as_json:
            self._print_json({"board": board, "error": message, "hint": hint})

    def tell(self, text: str, facts: object = None) -> None:
        """Print a result: ``text`` for people, ``facts`` for machines."""
        if self._as_json:
            self._print_json(facts)
        else:
            self._out.print(text)

    def _print_json(self, facts: object) -> None:
        sys.stdout.write(json.dumps(facts, ensure_ascii=False) + "\n")


def _plain(text: str) -> str:
    return text.replace("[", r"\[")

"""The terminal: progress on standard error, results on standard output."""

from __future__ import annotations

import json
import sys
from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.progress import (
    BarColumn,
    Progress,
    ProgressColumn,
    SpinnerColumn,
    Task,
    TaskProgressColumn,
    TextColumn,
    TimeElapsedColumn,
)
from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from storycast.edition import Edition
    from storycast.ending import Ending

__all__ = ["Terminal"]

_SHOWN = ("film", "guide")


class _TimeLeft(ProgressColumn):
    """How long it will take still, once that can be told."""

    max_refresh = 0.5

    def render(self, task: Task) -> Text:
        left_s = task.time_remaining
        if task.finished or left_s is None:
            return Text("")
        minutes, seconds = divmod(int(left_s), 60)
        return Text(f"{minutes}:{seconds:02} left", style="progress.remaining")


class _Bars:
    """Progress bars on ``console``, below one another where several things are done at once."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._lock = Lock()
        self._shown: Progress | None = None
        self._users = 0

    @contextmanager
    def open(self) -> Iterator[Progress]:
        """What shows bars; they stay on the terminal when the last one who has it leaves."""
        with self._lock:
            self._users += 1
            if self._shown is None:
                self._shown = self._begin()
            progress = self._shown
        try:
            yield progress
        finally:
            with self._lock:
                self._users -= 1
                if not self._users:
                    progress.stop()
                    self._shown = None

    def _begin(self) -> Progress:
        progress = Progress(
            SpinnerColumn(finished_text="[green]✓[/]"),
            TextColumn("{task.description}"),
            BarColumn(bar_width=24),
            TaskProgressColumn(),
            TimeElapsedColumn(),
            _TimeLeft(),
            console=self._console,
        )
        progress.start()
        return progress


class Terminal:
    """Tells people, or machines with ``as_json``, what is done and what has come of it.

    ``boards`` is how many storyboards will be told of by `begin`.
    """

    def __init__(self, *, as_json: bool = False, boards: int = 1) -> None:
        self._as_json = as_json
        self._log = Console(stderr=True, highlight=False, emoji=False)
        self._out = Console(highlight=False, emoji=False, soft_wrap=True)
        self._bars = _Bars(self._log)
        self._boards = boards
        self._begun = 0

    def begin(self) -> None:
        """The next storyboard is being worked on."""
        self._begun += 1

    @contextmanager
    def task(self, board: str, doing: str) -> Iterator[Callable[[int, int], None]]:
        """Show a progress bar; gives what to call with how much is done and of how much."""
        place = f"({self._begun}/{self._boards}) " if self._boards > 1 else ""
        words = f"{place}{doing:<10} [bold]{escape(board)}[/]"
        if not self._log.is_terminal:
            self._log.print(f"{place}{doing} {escape(board)} …", soft_wrap=True)
            yield lambda _done, _total: None
            return
        with self._bars.open() as progress:
            bar = progress.add_task(words, total=None)
            told = 1

            def update(done: int, total: int) -> None:
                nonlocal told
                told = total
                progress.update(bar, completed=done, total=total)

            try:
                yield update
            except BaseException:
                progress.update(bar, description=f"[red]{words}[/]")
                raise
            progress.update(bar, completed=told or 1, total=told or 1)

    def tell_edition(self, edition: Edition) -> None:
        """Print what was made, and where it is."""
        if self._as_json:
            self._print_json(
                {
                    "board": edition.board,
                    "made": list(edition.made),
                    "film_s": round(edition.film_s, 3),
                    "seconds": {name: round(took, 3) for name, took in edition.seconds.items()},
                    "notes": list(edition.notes),
                    **{name: str(path) for name, path in edition.paths.items()},
                }
            )
            return
        self.tell_notes(edition.notes)
        board = f"[bold]{escape(edition.board)}[/]"
        if not edition.made:
            self._out.print(f"{board}: nothing to do, {escape(str(edition.folder))} is current")
            return
        length = f", {edition.film_s:.0f} s of film" if edition.film_s else ""
        took = f"{sum(edition.seconds.values()):.1f} s"
        self._out.print(f"{board}: made {', '.join(edition.made)} in {took}{length}")
        for name in edition.made:
            shown = str(edition.paths.get(name, "")) if name in _SHOWN else ""
            if shown:
                self._out.print(f"  {name:<6} {shown}", markup=False)

    def tell_failure(self, ending: Ending, board: str = "") -> None:
        """Print what failed on standard error, as a result too where machines read it.

        Of several storyboards the sentence says which.
        """
        named = self._boards == 1 or not board or board in ending.message
        told = ending.message if named else f"{board}: {ending.message}"
        self._log.print(f"[bold red]error:[/] {escape(told)}", soft_wrap=True)
        if ending.hint:
            self._log.print(f"[bold]hint:[/] {escape(ending.hint)}", soft_wrap=True)
        if self._as_json:
            self._print_json({"board": board, "error": ending.message, "hint": ending.hint})

    def tell_notes(self, notes: Iterable[str]) -> None:
        """Print what a maker should know and can live with; machines find it in the results."""
        for note in () if self._as_json else notes:
            self._log.print(f"[bold]note:[/] {escape(note)}", soft_wrap=True)

    def tell(self, text: str, facts: object) -> None:
        """Print a result: ``text`` for people, ``facts`` for machines."""
        if self._as_json:
            self._print_json(facts)
        else:
            self._out.print(text, markup=False)

    def _print_json(self, facts: object) -> None:
        # ASCII, because a name on disk need not be valid Unicode, nor the output a UTF-8 one.
        sys.stdout.write(json.dumps(facts) + "\n")
        sys.stdout.flush()

"""The terminal: progress on standard error, results on standard output."""

from __future__ import annotations

import json
import os
import sys
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from rich.console import Console

    from storycast.bars import Bars
    from storycast.edition import Edition
    from storycast.ending import Ending

__all__ = ["Terminal"]

_SHOWN = ("film", "guide")


# Rich is imported where it draws or prints: machines that read JSON do not wait for it.


def _open_console(**settings: bool) -> Console:
    from rich.console import Console  # noqa: PLC0415 - see above

    return Console(highlight=False, emoji=False, **settings)  # type: ignore[arg-type]


def _escaped(text: str) -> str:
    from rich.markup import escape  # noqa: PLC0415 - see above

    return escape(text)


def _is_watched() -> bool:
    """Whether somebody looks on, or is said to (https://force-color.org)."""
    return sys.stderr.isatty() or bool(os.environ.get("FORCE_COLOR"))


class Terminal:
    """Tells people, or machines with ``as_json``, what is done and what has come of it.

    ``boards`` is how many storyboards will be told of by `begin`.
    """

    def __init__(self, *, as_json: bool = False, boards: int = 1) -> None:
        self._as_json = as_json
        self._boards = boards
        self._begun = 0

    @cached_property
    def _log(self) -> Console:
        return _open_console(stderr=True)

    @cached_property
    def _out(self) -> Console:
        return _open_console(soft_wrap=True)

    @cached_property
    def _bars(self) -> Bars:
        from storycast.bars import Bars  # noqa: PLC0415 - only where somebody looks on

        return Bars(self._log)

    def begin(self) -> None:
        """The next storyboard is being worked on."""
        self._begun += 1

    @contextmanager
    def task(self, board: str, doing: str) -> Iterator[Callable[[int, int], None]]:
        """Show a progress bar; gives what to call with how much is done and of how much."""
        place = f"({self._begun}/{self._boards}) " if self._boards > 1 else ""
        if not _is_watched():
            sys.stderr.write(f"{place}{doing} {board} …\n")
            sys.stderr.flush()
            yield lambda _done, _total: None
            return
        words = f"{place}{doing:<10} [bold]{_escaped(board)}[/]"
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
        board = f"[bold]{_escaped(edition.board)}[/]"
        if not edition.made:
            self._out.print(f"{board}: nothing to do, {_escaped(str(edition.folder))} is current")
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
        self._log.print(f"[bold red]error:[/] {_escaped(told)}", soft_wrap=True)
        if ending.hint:
            self._log.print(f"[bold]hint:[/] {_escaped(ending.hint)}", soft_wrap=True)
        if self._as_json:
            self._print_json({"board": board, "error": ending.message, "hint": ending.hint})

    def tell_notes(self, notes: Iterable[str]) -> None:
        """Print what a maker should know and can live with; machines find it in the results."""
        for note in () if self._as_json else notes:
            self._log.print(f"[bold]note:[/] {_escaped(note)}", soft_wrap=True)

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

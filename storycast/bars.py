"""Progress bars, for whoever looks on."""

from __future__ import annotations

from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING

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
    from collections.abc import Iterator

    from rich.console import Console

__all__ = ["Bars"]


class _TimeLeft(ProgressColumn):
    """How long it will take still, once that can be told."""

    max_refresh = 0.5

    def render(self, task: Task) -> Text:
        left_s = task.time_remaining
        if task.finished or left_s is None:
            return Text("")
        minutes, seconds = divmod(int(left_s), 60)
        return Text(f"{minutes}:{seconds:02} left", style="progress.remaining")


class Bars:
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

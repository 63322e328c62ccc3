"""Processes of ffmpeg: how they are started, fed and listened to.

To start takes one of them a twentieth of a second, which is more than many work.
"""

from __future__ import annotations

import subprocess
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Sequence
from contextlib import ExitStack, suppress
from threading import Lock
from typing import IO, Self, cast

from storycast.errors import FilmError

__all__ = ["Command", "run", "run_pipeline", "start_ahead", "stop_ahead"]

Command = tuple[str, ...]
"""A program and its arguments."""


def run(command: Command, feed: Iterable[memoryview] = ()) -> str:
    """Run ``command`` with ``feed`` on its input and return what it said, on either output.

    It has started when the first piece is asked for: who has to wait for what it reads may do that
    in ``feed``. Raises ``FilmError`` where ffmpeg is missing, the disk is full or ffmpeg fails.
    """
    with _taken(command) as process:
        process.feed(feed)
        said = process.listen()
    if process.status:
        raise _failure(said, process.status)
    return said


def run_pipeline(commands: Sequence[Command], feed: Iterable[memoryview] = ()) -> tuple[str, ...]:
    """Run all ``commands`` at once, each on what the one before puts out, the first on ``feed``.

    Returns what each said on its standard error; the last may put out nothing. Raises
    ``FilmError`` as `run` does.
    """
    with ExitStack() as stack:
        processes: list[_Process] = []
        for command in reversed(commands):
            process = _Process(command, processes[0]) if processes else _taken(command)
            processes.insert(0, stack.enter_context(process))
        processes[0].feed(feed)
        said = tuple(process.listen() for process in processes)
    failed = [
        (text, process.status)
        for text, process in zip(said, processes, strict=True)
        if process.status
    ]
    if failed:  # what only lost its reader did not fail first
        raise _failure(*next((each for each in failed if "Broken pipe" not in each[0]), failed[0]))
    return said


def start_ahead(*commands: Command) -> None:
    """Start what will be run soon, so that it is ready then; `stop_ahead` ends what was not."""
    for command in commands:
        with suppress(FilmError):  # who runs it is told
            process = _Process(command)
            with _waiting_lock:
                _waiting[command].append(process)


def stop_ahead() -> None:
    """End all that was started ahead and not run."""
    with _waiting_lock:
        left = [process for processes in _waiting.values() for process in processes]
        _waiting.clear()
    for process in left:
        process.close()


class _Process:
    """A process that has started, as a context that ends it.

    What it says is kept, on either output; or what it puts out is the input of ``reader``.
    """

    def __init__(self, command: Command, reader: _Process | None = None) -> None:
        self._log = tempfile.TemporaryFile()  # noqa: SIM115 - it is closed with the process
        out = reader._entry if reader else self._log
        try:
            self._process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=out, stderr=self._log
            )
        except FileNotFoundError as error:
            self._log.close()
            raise FilmError("ffmpeg is not installed.", "apt-get install ffmpeg") from error
        if reader:
            reader._entry.close()  # only the process has it, and its reader learns when it ends

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    @property
    def _entry(self) -> IO[bytes]:
        return cast("IO[bytes]", self._process.stdin)

    @property
    def status(self) -> int | None:
        """How it ended; None where it has not."""
        return self._process.returncode

    def feed(self, feed: Iterable[memoryview]) -> None:
        """Write all of ``feed``; where the process ends early, what it said tells why."""
        with suppress(BrokenPipeError):
            for piece in feed:
                self._entry.write(piece)
        with suppress(BrokenPipeError):
            self._entry.close()

    def listen(self) -> str:
        """Wait for its end, and return what it said."""
        self._process.wait()
        self._log.seek(0)
        return self._log.read().decode(errors="replace")

    def close(self) -> None:
        """End it, whatever it does."""
        self._process.kill()
        with suppress(BrokenPipeError):
            self._entry.close()
        self._process.wait()
        self._log.close()


_waiting: defaultdict[Command, list[_Process]] = defaultdict(list)
_waiting_lock = Lock()


def _taken(command: Command) -> _Process:
    """The process that was started ahead for ``command``, or else a new one."""
    with _waiting_lock:
        if _waiting[command]:
            return _waiting[command].pop()
    return _Process(command)


_LINE_LENGTH = 200
"""So much of each of ffmpeg's lines is told: the reason stands last, after all that it repeats."""


def _failure(said: str, status: int) -> FilmError:
    if "No space left on device" in said:
        return FilmError("The disk is full.", "Free some space, then render again.")
    lines = [line.strip()[-_LINE_LENGTH:] for line in said.splitlines() if line.strip()]
    last = " / ".join(lines[-3:]) or "it gave no reason"
    return FilmError(f"ffmpeg failed with status {status}: {last}.")

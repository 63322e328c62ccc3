"""Processes of ffmpeg: how they are started, fed and listened to.

To start takes one of them a twentieth of a second, which is more than many work.
"""

from __future__ import annotations

import subprocess
import tempfile
from collections import defaultdict
from collections.abc import Iterable
from contextlib import closing, suppress
from threading import Lock
from typing import IO, cast

from storycast.errors import FilmError

__all__ = ["Command", "Pipeline", "run", "run_pipeline", "start_ahead", "stop_ahead"]

Command = tuple[str, ...]
"""A program and its arguments."""

Pipeline = tuple[Command, ...]
"""Programs each of which reads what the one before puts out."""


def run(command: Command, feed: Iterable[memoryview] = ()) -> str:
    """Run ``command`` with ``feed`` on its input and return what it said, on either output.

    It has started when the first piece is asked for: who has to wait for what it reads may do that
    in ``feed``. Raises ``FilmError`` where ffmpeg is missing, the disk is full or ffmpeg fails.
    """
    (said,) = run_pipeline((command,), feed)
    return said


def run_pipeline(commands: Pipeline, feed: Iterable[memoryview] = ()) -> tuple[str, ...]:
    """Run all ``commands`` at once, each on what the one before puts out, the first on ``feed``.

    Returns what each said on its standard error, and the last one on its output as well. Raises
    ``FilmError`` as `run` does.
    """
    with closing(_taken(commands)) as line:
        line.processes[0].feed(feed)
        said = tuple(process.listen() for process in line.processes)
    failed = [
        (text, process.status)
        for text, process in zip(said, line.processes, strict=True)
        if process.status
    ]
    if failed:  # what only lost its reader did not fail first
        raise _failure(*next((each for each in failed if "Broken pipe" not in each[0]), failed[0]))
    return said


def start_ahead(*pipelines: Pipeline) -> None:
    """Start what will be run soon, so that it is ready then; `stop_ahead` ends what was not."""
    for commands in pipelines:
        with suppress(FilmError):  # who runs it is told
            line = _Line(commands)
            with _waiting_lock:
                _waiting[commands].append(line)


def stop_ahead() -> None:
    """End all that was started ahead and not run."""
    with _waiting_lock:
        left = [line for lines in _waiting.values() for line in lines]
        _waiting.clear()
    for line in left:
        line.close()


class _Line:
    """The processes of a pipeline, which have started; `close` ends them."""

    def __init__(self, commands: Pipeline) -> None:
        self.processes: list[_Process] = []
        try:
            for command in reversed(commands):
                self.processes.insert(0, _Process(command, next(iter(self.processes), None)))
        except FilmError:
            self.close()
            raise

    def close(self) -> None:
        """End them, whatever they do."""
        for process in self.processes:
            process.close()


class _Process:
    """A process that has started; `close` ends it.

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


_waiting: defaultdict[Pipeline, list[_Line]] = defaultdict(list)
_waiting_lock = Lock()


def _taken(commands: Pipeline) -> _Line:
    """What was started ahead for ``commands``, or else new processes."""
    with _waiting_lock:
        if _waiting[commands]:
            return _waiting[commands].pop()
    return _Line(commands)


_LINE_LENGTH = 200
"""So much of each of ffmpeg's lines is told: the reason stands last, after all that it repeats."""


def _failure(said: str, status: int) -> FilmError:
    if "No space left on device" in said:
        return FilmError("The disk is full.", "Free some space, then render again.")
    lines = [line.strip()[-_LINE_LENGTH:] for line in said.splitlines() if line.strip()]
    last = " / ".join(lines[-3:]) or "it gave no reason"
    return FilmError(f"ffmpeg failed with status {status}: {last}.")

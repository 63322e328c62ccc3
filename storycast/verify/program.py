"""Programs: ffmpeg and ffprobe, run to look into a file."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import BufferedReader, BufferedWriter
from pathlib import Path
from typing import IO, cast

from storycast.verify.errors import VerifyError

__all__ = ["Program", "piped", "run"]

_MISSING = "{} is not installed."
_PIPE = 1 << 20  # bytes: a picture has two million, and each filling of the pipe is a switch
_HINT = "apt-get install ffmpeg"
_AGAIN = "Make it again."


def run(*command: str) -> tuple[bytes, str]:
    """Run ``command`` to its end; return what it wrote on standard output and what it said.

    Raises ``VerifyError`` where it is missing or fails.
    """
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    except FileNotFoundError as error:
        raise VerifyError(_MISSING.format(command[0]), _HINT) from error
    said = done.stderr.decode(errors="replace")
    if done.returncode:
        raise VerifyError(f"{command[0]} cannot read the film: {_reason(said)}.", _AGAIN)
    return done.stdout, said


class Program:
    """A command that was started before the film is there that it reads on its input.

    To start takes ffmpeg a twentieth of a second. Raises ``VerifyError`` where it is missing.
    """

    def __init__(self, *command: str) -> None:
        self._name = command[0]
        self._out, self._log = _kept(), _kept()
        try:
            self._process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=self._out, stderr=self._log
            )
        except FileNotFoundError as error:
            self._forget()
            raise VerifyError(_MISSING.format(command[0]), _HINT) from error

    def read(self, film: Path) -> tuple[bytes, str]:
        """Have it read ``film``; return what it wrote on standard output and what it said.

        Raises ``VerifyError`` where it fails.
        """
        entry = cast("BufferedWriter", self._process.stdin)
        with suppress(BrokenPipeError), entry, film.open("rb") as file:
            shutil.copyfileobj(file, entry, _PIPE)
        status = self._process.wait()
        self._out.seek(0)
        self._log.seek(0)
        data, said = self._out.read(), self._log.read().decode(errors="replace")
        if status:
            raise VerifyError(f"{self._name} cannot read the film: {_reason(said)}.", _AGAIN)
        return data, said

    def close(self) -> None:
        """End it, whatever it does."""
        self._process.kill()
        with suppress(BrokenPipeError):
            cast("BufferedWriter", self._process.stdin).close()
        self._process.wait()
        self._forget()

    def _forget(self) -> None:
        self._out.close()
        self._log.close()


def _kept() -> IO[bytes]:
    """A file without a name; whoever has it closes it."""
    return tempfile.TemporaryFile()


@contextmanager
def piped(*command: str) -> Iterator[BufferedReader]:
    """Give what ``command`` writes on standard output, while it writes.

    Raises ``VerifyError`` where it is missing, or fails though all of it was read.
    """
    with tempfile.TemporaryFile() as log:
        try:
            process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=log,
                pipesize=_PIPE,
            )
        except FileNotFoundError as error:
            raise VerifyError(_MISSING.format(command[0]), _HINT) from error
        with process:
            try:
                yield cast("BufferedReader", process.stdout)
            except BaseException:
                process.kill()
                raise
        if process.returncode:
            log.seek(0)
            reason = _reason(log.read().decode(errors="replace"))
            raise VerifyError(f"{command[0]} cannot read the film: {reason}.", _AGAIN)


def _reason(said: str) -> str:
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    return lines[-1][-200:].rstrip(".") if lines else "it gives no reason"

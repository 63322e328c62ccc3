"""Programs: ffmpeg and ffprobe, run to look into a file."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader
from typing import cast

from storycast.verify.errors import VerifyError

__all__ = ["piped", "run"]

_MISSING = "{} is not installed."
_PIPE = 1 << 20  # bytes: a picture has two million, and each filling of the pipe is a switch
_HINT = "apt-get install ffmpeg"


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
        raise VerifyError(f"{command[0]} cannot read the film: {_reason(said)}.", "Make it again.")
    return done.stdout, said


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
            raise VerifyError(f"{command[0]} cannot read the film: {reason}.", "Make it again.")


def _reason(said: str) -> str:
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    return lines[-1][-200:].rstrip(".") if lines else "it gives no reason"

"""Runs the programs that open what Python cannot: poppler's and ffmpeg's."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from storycast.errors import StorycastError
from storycast.sweep.model import Data

__all__ = ["UnreadableError", "file_of", "missing", "run"]

_TIMEOUT_S = 600
_PACKAGES = {"pdftotext": "poppler-utils", "pdftoppm": "poppler-utils"}


class UnreadableError(Exception):
    """Something cannot be read: it is damaged or encrypted, as the message says."""


def run(*command: str) -> bytes:
    """Run ``command`` and return what it writes on standard output.

    Raises ``StorycastError`` where the program is missing, ``UnreadableError`` where it fails.
    """
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            timeout=_TIMEOUT_S,
        )
    except FileNotFoundError:
        raise missing(command[0]) from None
    except subprocess.TimeoutExpired:
        raise UnreadableError(f"{command[0]} does not come to an end with it") from None
    if done.returncode:
        if b"password" in done.stderr.lower():
            raise UnreadableError("it is encrypted")
        raise UnreadableError(f"it is damaged, {command[0]} says")
    return done.stdout


def missing(program: str) -> StorycastError:
    """What is told where ``program`` is not installed."""
    package = _PACKAGES.get(program, "ffmpeg")
    return StorycastError(
        f"{program} is not installed, so there are files that cannot be swept.",
        f"apt-get install {package}",
    )


@contextmanager
def file_of(data: Data) -> Iterator[Path]:
    """Give a file that holds ``data``: its own, or one that is gone afterwards."""
    if data.path:
        yield data.path.absolute()
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "content"
        path.write_bytes(data.content)
        yield path

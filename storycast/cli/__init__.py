"""The command line: one verb for each thing that is done."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

from storycast.cli import drift, library, machine, production, stage, storyboard, sweep
from storycast.cli.application import app
from storycast.ending import Terminated

if TYPE_CHECKING:
    from types import FrameType

__all__ = [
    "app",
    "drift",
    "library",
    "machine",
    "main",
    "production",
    "stage",
    "storyboard",
    "sweep",
]


def main() -> None:
    """Run the command line of this process."""
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), _terminate)
    app()


def _terminate(_number: int, _frame: FrameType | None) -> None:
    raise Terminated

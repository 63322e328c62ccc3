"""The command line: one verb for each thing that is done."""

from __future__ import annotations

import atexit
import os
import signal
import sys
import threading
from contextlib import suppress
from typing import TYPE_CHECKING, NoReturn

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
    try:
        app()
    except SystemExit as ending:
        if not isinstance(ending.code, int):
            raise
        _leave(ending.code)


def _leave(code: int) -> NoReturn:
    """End this process, and leave its memory to the system.

    To take apart what large libraries have made takes a tenth of a second, and changes nothing.
    """
    for thread in threading.enumerate():
        if thread is not threading.current_thread() and not thread.daemon:
            thread.join()
    atexit._run_exitfuncs()
    with suppress(OSError):  # nobody reads what is told any more
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(code)


def _terminate(_number: int, _frame: FrameType | None) -> None:
    raise Terminated

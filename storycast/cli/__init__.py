"""The command line: one verb for each thing that is done."""

from __future__ import annotations

import atexit
import gc
import os
import signal
import sys
import threading
from contextlib import suppress
from importlib import import_module
from typing import TYPE_CHECKING, NoReturn

from recorder.lazy import lazy_names
from storycast.ending import Terminated

if TYPE_CHECKING:
    from types import FrameType

    from typer import Typer

    from storycast.cli.commands import app

__all__ = ["app", "main"]

__getattr__ = lazy_names(__name__, {"commands": ("app",)})

COMMANDS = {
    "approve": "drift",
    "check": "drift",
    "mask": "drift",
    "serve": "library",
    "site": "library",
    "doctor": "machine",
    "make": "production",
    "narrate": "production",
    "publish": "production",
    "record": "production",
    "render": "production",
    "verify": "production",
    "lint": "storyboard",
    "new": "storyboard",
    "translate": "storyboard",
    "sweep": "sweep",
}
"""Which module has a command: who calls one does not wait until all others are there."""


_GARBAGE = 100_000
"""After so many new objects those that nobody has any more are looked for.

Imports leave none, and with Python's own number a tenth of their time goes into looking.
"""

_TURN_S = 0.0005
"""So long a thread that computes keeps others from it.

With Python's own number, ten times that, who makes the film waits for who makes the guide beside
it, each time that it reads or writes a file.
"""


def main() -> None:
    """Run the command line of this process."""
    gc.set_threshold(_GARBAGE)
    sys.setswitchinterval(_TURN_S)
    run = _open(sys.argv[1] if len(sys.argv) > 1 else "")
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), _terminate)
    try:
        run()
    except SystemExit as ending:
        if not isinstance(ending.code, int):
            raise
        _leave(ending.code)


def _open(command: str) -> Typer:
    """The application with ``command``, or with all where there is none of this name."""
    if command not in COMMANDS:
        return import_module("storycast.cli.commands").app  # type: ignore[no-any-return]
    import_module(f"storycast.cli.{COMMANDS[command]}")
    from storycast.cli.application import app  # noqa: PLC0415 - see above

    app.registered_commands = [
        each
        for each in app.registered_commands
        if each.callback is not None and each.callback.__name__ == command
    ]
    return app


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

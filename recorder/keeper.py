"""Runs one command and leaves nothing of it behind: no process, no folder.

Started as ``python keeper.py [--remove FOLDER]... -- COMMAND...`` by a process that keeps its end
of the keeper's standard input open. When that process ends, however it ends, the pipe closes; then,
or when told to stop, or when the command itself ends, all that came of the command is ended too.
On Linux that holds for daemons as well: the keeper is what orphans are handed to.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import shutil
import signal
import subprocess
import sys
import threading
from types import FrameType

import psutil

__all__ = ["GRACE_S", "main"]

GRACE_S = 5.0
"""How long processes are given to end by themselves before they are killed."""

_PR_SET_CHILD_SUBREAPER = 36  # linux/prctl.h


def main(arguments: list[str]) -> int:
    """Run the command after ``--``; return its exit code, or 128 and the signal's number."""
    split = arguments.index("--")
    folders = [word for word in arguments[:split] if word != "--remove"]
    command = arguments[split + 1 :]
    _adopt_orphans()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _stop)
    try:
        child = subprocess.Popen(command, stdin=subprocess.DEVNULL, start_new_session=True)
        threading.Thread(target=_stop_at_end_of_input, daemon=True).start()
        code = child.wait()
    except KeyboardInterrupt:
        code = 128 + signal.SIGTERM
    except OSError as error:
        sys.stderr.write(f"{command[0]}: {error.strerror}\n")
        code = 127
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_IGN)
    _end_descendants()
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)
    return code if code >= 0 else 128 - code


def _adopt_orphans() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _stop_at_end_of_input() -> None:
    while os.read(0, 4096):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


def _end_descendants() -> None:
    """End every descendant, and those that appear while others end."""
    myself = psutil.Process()
    while children := myself.children(recursive=True):
        for child in children:
            _send(child, signal.SIGTERM)
        _, alive = psutil.wait_procs(children, timeout=GRACE_S)
        for child in alive:
            _send(child, signal.SIGKILL)
        psutil.wait_procs(alive, timeout=GRACE_S)


def _send(process: psutil.Process, number: signal.Signals) -> None:
    with contextlib.suppress(psutil.NoSuchProcess):
        process.send_signal(number)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

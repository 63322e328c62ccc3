"""Runs one command and leaves nothing of it behind: no process, no folder.

Started as ``python keeper.py [OPTION]... -- COMMAND...`` by a process that keeps its end of the
keeper's standard input open. When that process ends, however it ends, the pipe closes; then, or
when told to stop, or when the command itself ends, all that came of the command is ended too.
On Linux that holds for daemons as well: the keeper is what orphans are handed to.

``--remove FOLDER`` removes a folder at the end; ``--last FOLDER`` the one that FOLDER lies in, if
FOLDER is empty then and the command did not end by itself; ``--keep DRAFT FOLDER`` moves a folder
before that if it did, and well; ``--hide NAME`` prints ``***`` for the value of a variable.
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

_PR_SET_PDEATHSIG = 1  # linux/prctl.h
_PR_SET_CHILD_SUBREAPER = 36
_LINE_LIMIT = 65536
_LEAST = 4  # as recorder.secrecy.secret has it, which takes long to import


def main(arguments: list[str]) -> int:
    """Run the command after ``--``; return its exit code, or 128 and the signal's number."""
    split = arguments.index("--")
    options, command = _read(arguments[:split]), arguments[split + 1 :]
    _adopt_orphans()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _stop)
    told, printing = False, None
    try:
        child = _start(command, piped=bool(options["--hide"]))
        if options["--hide"]:
            printing = threading.Thread(target=_print, args=(child, options["--hide"]))
            printing.daemon = True
            printing.start()
        threading.Thread(target=_stop_at_end_of_input, daemon=True).start()
        code = child.wait()
    except KeyboardInterrupt:
        told, code = True, 128 + signal.SIGTERM
    except OSError as error:
        sys.stderr.write(f"{command[0]}: {error.strerror}\n")
        code = 127
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_IGN)
    _end_descendants()
    if printing is not None:
        printing.join(GRACE_S)
    if code == 0:
        code = _keep(*options["--keep"])
    for folder in options["--remove"]:
        shutil.rmtree(folder, ignore_errors=True)
    if told:
        _remove_last(options["--last"])
    return code if code >= 0 else 128 - code


def _read(words: list[str]) -> dict[str, list[str]]:
    """What is given for each option; `argparse` takes as long to import as all of the rest."""
    given: dict[str, list[str]] = {"--remove": [], "--last": [], "--keep": [], "--hide": []}
    rest = iter(words)
    for option in rest:
        given[option] += [next(rest) for _ in range(2 if option == "--keep" else 1)]
    return given


def _start(command: list[str], *, piped: bool) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE if piped else None,
        stderr=subprocess.STDOUT if piped else None,
        start_new_session=True,
        # Even a keeper can be killed: then at least the command ends with it.
        preexec_fn=_end_with_parent if sys.platform == "linux" else None,  # noqa: PLW1509 - no threads yet
    )


def _end_with_parent() -> None:
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def _print(child: subprocess.Popen[bytes], hidden: list[str]) -> None:
    """Print what the command prints, without the values of the variables ``hidden``."""
    lines = {line for name in hidden for line in _lines(os.environ.get(name, ""))}
    secrets = [line.encode() for line in sorted(lines, key=len, reverse=True)]
    while child.stdout and (line := child.stdout.readline(_LINE_LIMIT)):
        for secret in secrets:
            line = line.replace(secret, b"***")
        with contextlib.suppress(OSError):  # a full disk must not hold the command up
            os.write(1, line)


def _lines(value: str) -> list[str]:
    """What of a secret is hidden: of several lines those that are in no text by chance."""
    lines = [line.strip() for line in value.strip().splitlines()]
    return [line for line in lines if len(lines) == 1 or len(line) >= _LEAST]


def _keep(draft: str = "", folder: str = "") -> int:
    try:
        if draft:
            os.replace(draft, folder)  # noqa: PTH105 - pathlib takes long to import
    except OSError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def _remove_last(folders: list[str]) -> None:
    for folder in folders:
        with contextlib.suppress(OSError):  # another keeper's is still there
            os.rmdir(folder)  # noqa: PTH106 - as above
            shutil.rmtree(os.path.dirname(folder), ignore_errors=True)  # noqa: PTH120 - as above


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

"""How a command ends: its exit code, and the sentence that tells what failed."""

from __future__ import annotations

import errno
from dataclasses import dataclass

__all__ = ["DONE", "DRIFT", "FAILED", "USAGE", "Ending", "Terminated", "explain"]

DONE, FAILED, USAGE, DRIFT = 0, 1, 2, 3
_INTERRUPTED, _TERMINATED = 130, 143  # what shells give for Ctrl-C and for SIGTERM

_OTHER_FOLDER = "Choose another folder with --output."
_FULL = {errno.ENOSPC, errno.EDQUOT}
_REMEDIES = {
    **dict.fromkeys(
        _FULL, "Make room, or choose folders on another disk with --output and STORYCAST_CACHE."
    ),
    errno.EACCES: _OTHER_FOLDER,
    errno.EPERM: _OTHER_FOLDER,
    errno.EROFS: _OTHER_FOLDER,
}


class Terminated(KeyboardInterrupt):
    """Somebody asked this process to end, other than by Ctrl-C."""


@dataclass(frozen=True)
class Ending:
    """An exit code, what failed, and what to do about it ("" where nobody knows)."""

    code: int
    message: str
    hint: str = ""


def explain(error: BaseException) -> Ending:
    """How a command ends that ``error`` has ended."""
    # Where one of them was raised, its package is loaded already; else nobody pays for it.
    from narration.errors import NarrationError  # noqa: PLC0415
    from recorder.errors import RecorderError, StoryboardError  # noqa: PLC0415
    from storycast.errors import StorycastError  # noqa: PLC0415

    match error:
        case StoryboardError():
            return Ending(USAGE, error.message, error.hint)
        case StorycastError() | RecorderError() | NarrationError():
            return Ending(FAILED, error.message, error.hint or _remedy(error.__cause__))
        case KeyboardInterrupt():
            code = _TERMINATED if isinstance(error, Terminated) else _INTERRUPTED
            return Ending(code, "Stopped; what is published is whole.")
        case OSError():
            place = error.filename2 or error.filename  # where a copy goes, not what is copied
            where = f"{place}: " if place else ""
            told = "The disk is full" if error.errno in _FULL else error.strerror or str(error)
            return Ending(FAILED, f"{where}{told}.", _remedy(error))
    told = str(error).strip().split("\n")[0]
    return Ending(
        FAILED,
        f"Storycast itself has failed: {type(error).__name__}{told and f': {told}'}.",
        "Run it again with --debug, and report what it prints then.",
    )


def _remedy(error: BaseException | None) -> str:
    return _REMEDIES.get(error.errno or 0, "") if isinstance(error, OSError) else ""

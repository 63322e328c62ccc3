"""The recorder's errors.

RecorderError
├── StoryboardError     the notebook cannot be a storyboard as it stands
│   └── ParameterError  a value was given for a parameter that the storyboard does not have
├── SecretError         a secret is not set, or not kept as a secret
├── StageError          the application did not start, or is not the one that answers
├── BrowserError        no browser or driver, or it could not be started
└── TakeError           the take ended before the storyboard did
    ├── StageLostError  the application ended, or answered no more, while it was filmed
    └── FenceError      the storyboard went to a host that it may not visit
"""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

__all__ = [
    "UNREACHABLE_HINT",
    "BrowserError",
    "FenceError",
    "ParameterError",
    "RecorderError",
    "SecretError",
    "StageError",
    "StageLostError",
    "StoryboardError",
    "TakeError",
    "nearest",
]

UNREACHABLE_HINT = "Film it again once something answers there."
"""What to do where a page cannot be reached."""


class RecorderError(Exception):
    """What failed and where, in one sentence; ``hint`` says what to do."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def retell(self, hide: Callable[[str], str]) -> None:
        """Say it without what ``hide`` leaves out of a text."""
        self.message, self.hint = hide(self.message), hide(self.hint)
        self.args = (self.message,)


class StoryboardError(RecorderError):
    """The notebook cannot be a storyboard as it stands."""


class ParameterError(StoryboardError):
    """A value was given for a parameter that the storyboard does not have."""


class SecretError(RecorderError):
    """A secret is not set, or not kept as a secret; its value is never told."""


class StageError(RecorderError):
    """The application did not start, or is not the one that answers."""


class BrowserError(RecorderError):
    """No browser or driver was found, or it could not be started."""


class TakeError(RecorderError):
    """The take ended before the storyboard did; ``picture`` shows the page at that moment."""

    def __init__(self, message: str, hint: str = "", picture: Path | None = None) -> None:
        super().__init__(message, hint)
        self._advice = hint
        self.show(picture)

    def show(self, picture: Path | None) -> None:
        """Say where the picture of what the page showed is."""
        self.picture = picture
        if picture is not None:
            self.hint = f"{self._advice} What the page showed then: {picture}".lstrip()

    def retell(self, hide: Callable[[str], str]) -> None:
        """Say it without what ``hide`` leaves out of a text."""
        super().retell(hide)
        self._advice = hide(self._advice)


class StageLostError(TakeError):
    """The application ended, or answered no more, while it was filmed."""


class FenceError(TakeError):
    """The storyboard went to a host that it may not visit."""


def nearest(word: str, known: Iterable[str]) -> str:
    """A sentence that names the known word nearest to ``word``, or all of them."""
    names = sorted(known)
    close = get_close_matches(word, names, n=1)
    if close:
        return f"Did you mean {close[0]!r}?"
    return f"Known are: {', '.join(names)}." if names else "There is none."

"""What can go wrong in Storycast, as a tree.

::

    StorycastError       anything that a user can be told in a sentence
    ├── CutError         take and track cannot be laid out as a film
    ├── FilmError        a film, a clip, its sound or its poster could not be made
    └── VerifyError      a finished film cannot be measured, or is not as it should be

Each carries a message (what happened) and a hint (what to do about it, or "").
"""

from __future__ import annotations

__all__ = ["CutError", "FilmError", "StorycastError"]


class StorycastError(Exception):
    """Something went wrong that the user can be told: ``message``, and ``hint`` or ""."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message, hint)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return self.message


class CutError(StorycastError):
    """Take and track cannot be laid out as a film."""


class FilmError(StorycastError):
    """A film, or a part of one, could not be made; what was there before is untouched."""

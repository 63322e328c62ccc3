"""Places: which paths a form may write to in a guide's folder."""

from __future__ import annotations

import re
from collections.abc import Mapping

from storycast.errors import StorycastError

__all__ = ["require_places"]

_PART = re.compile(r"(?!\.)[^/\\:*?\"<>|\x00-\x1f]+(?<![. ])")
_TAKEN = re.compile(
    r"(take|track|failed)(/.*)?|(film|captions|chapters|drift|poster|timeline|verify|provenance)\..*"
    r"|guide\.json|transcript\.txt",
    re.IGNORECASE,
)
_EDITION = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*")
"""Folders with such names hold the guide in other languages."""


def require_places(made: Mapping[str, Mapping[str, bytes]]) -> dict[str, bytes]:
    """All files of forms, by their paths.

    Raises `StorycastError` where one would leave the guide's folder or replace what is not its own.
    """
    files: dict[str, bytes] = {}
    for form, own in made.items():
        for path, content in own.items():
            if reason := _objection(path):
                raise _refusal(form, path, reason)
            if files.setdefault(path, content) != content:
                raise _refusal(form, path, "another form writes something else there")
    return files


def _objection(path: str) -> str:
    """Why nothing may be written to ``path``; "" where it may."""
    first, *others = path.split("/")
    if not all(_PART.fullmatch(part) for part in (first, *others)):
        return "it is no plain path in the guide's folder"
    if _TAKEN.fullmatch(path) or (others and _EDITION.fullmatch(first)):
        return "that is another one's place"
    return ""


def _refusal(form: str, path: str, reason: str) -> StorycastError:
    return StorycastError(
        f"The form {form!r} may not write {path!r}: {reason}.",
        "Publish without this form, and tell its author.",
    )

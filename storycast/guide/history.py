"""The history: what was approved that changed a guide."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

from storycast.guide.card import Change

__all__ = ["read_changes"]

_HISTORY = "history.jsonl"


def read_changes(baseline: Path) -> tuple[Change, ...]:
    """What was approved in ``baseline``, a folder, that changed anything, the oldest first.

    A line of its history that cannot be read tells nothing.
    """
    try:
        lines = (baseline / _HISTORY).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return ()
    found = (_change(line) for line in lines)
    return tuple(change for change in found if change is not None)


def _change(line: str) -> Change | None:
    try:
        fact = json.loads(line)
        sentences = tuple(str(each["sentence"]) for each in fact.get("changes", ()))
        day = datetime.fromisoformat(fact["approved"]).date()
        return Change(on=day, sentences=sentences, comment=fact["comment"]) if sentences else None
    except (ValueError, TypeError, KeyError, AttributeError):
        return None

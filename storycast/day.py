"""The day: when something is done, unless SOURCE_DATE_EPOCH says when.

That variable is how builds that give the same bytes are told the time:
https://reproducible-builds.org/specs/source-date-epoch/
"""

from __future__ import annotations

import os
from datetime import UTC, date, datetime

from storycast.errors import StorycastError

__all__ = ["now", "pinned_day", "today"]

_VARIABLE = "SOURCE_DATE_EPOCH"


def now() -> datetime:
    """This moment, or the pinned one, in UTC. Raises `StorycastError` where that is none."""
    return _pinned() or datetime.now(UTC)


def today() -> date:
    """This day, or the pinned one, in UTC. Raises `StorycastError` where that is none."""
    return now().date()


def pinned_day() -> date | None:
    """The day that SOURCE_DATE_EPOCH says; None where it is not set."""
    pinned = _pinned()
    return pinned and pinned.date()


def _pinned() -> datetime | None:
    given = os.environ.get(_VARIABLE, "")
    if not given:
        return None
    try:
        return datetime.fromtimestamp(int(given), UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise StorycastError(
            f"{_VARIABLE} is {given!r}, which is no moment.",
            "It is the number of seconds since 1970, such as 1764547200.",
        ) from error

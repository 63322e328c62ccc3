"""What a drift report says, as it stands on disk."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict

from recorder.take import Box, Locator

__all__ = [
    "Change",
    "Consequences",
    "Drift",
    "FalseSentence",
    "HealedLocator",
    "Kind",
    "Place",
    "Weight",
]


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Kind(StrEnum):
    """What has become of something on the page."""

    RENAMED = "renamed"
    TEXT = "text changed"
    MOVED = "moved"
    RESIZED = "resized"
    RESTYLED = "restyled"
    ADDED = "added"
    REMOVED = "removed"
    REORDERED = "reordered"
    STATE = "state changed"
    BEHAVIOUR = "behaviour"
    UNREACHABLE = "unreachable"
    PICTURE = "picture only"


class Weight(StrEnum):
    """What a change means to the reader of a guide, the heaviest first."""

    BREAKS = "breaks the guide"
    SHOWS = "shows"
    ELSEWHERE = "elsewhere on the page"
    BELOW_NOTICE = "below notice"


class Place(_Model):
    """Where on a page something is: what it is called, and its boxes before and now."""

    role: str
    name: str
    before: Box | None = None
    after: Box | None = None


class Change(_Model):
    """One thing that is different, told once.

    ``number`` is its place in the report, 0 for what nobody would notice; ``id`` is the same in
    every check in which it is seen.
    ``step`` is the first step in which it is seen, ``also`` the others; ``count`` is how many
    elements it is about. ``before`` and ``after`` are texts where it is about such, ``shots`` the
    pictures of the page in which it was found.
    """

    kind: Kind
    weight: Weight
    sentence: str
    step: int
    also: tuple[int, ...] = ()
    place: Place
    count: int = 1
    before: str = ""
    after: str = ""
    shots: tuple[str, str] = ("", "")
    number: int = 0
    id: str = ""

    @property
    def order(self) -> int:
        """Its place among others by weight, the heaviest first."""
        return list(Weight).index(self.weight)


class FalseSentence(_Model):
    """A sentence of the prose that names something which is called otherwise now.

    ``corrected`` is what it should say; empty where the thing is gone.
    """

    step: int
    cell: int
    line: int
    sentence: str
    name: str
    now: str
    corrected: str


class HealedLocator(_Model):
    """A locator of the storyboard that fails, and what was found without it.

    ``found_by`` is a locator that finds it now, ``reason`` what showed that it is the same.
    """

    step: int
    cell: int
    line: int | None
    thing: str
    locator: Locator
    found_by: Locator
    reason: str
    score: float
    margin: float

    @property
    def sentence(self) -> str:
        """It in words."""
        return (
            f"{self.thing} is not found by {self.locator} any more; it was known by {self.reason}, "
            f"and {self.found_by} finds it."
        )


class Consequences(_Model):
    """What has to be made again: pictures of these steps, these sentences' sound and captions.

    Each of the ``editions`` (the storyboard's name, with the language of a translation) has a film
    and a guide that are no longer right.
    """

    pictures: tuple[int, ...] = ()
    cues: tuple[str, ...] = ()
    editions: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """It in words; empty where there is nothing to do."""
        parts = []
        if self.pictures:
            many = "s" if len(self.pictures) > 1 else ""
            parts.append(f"the picture{many} of step{many} {_listed(self.pictures)}")
        if self.cues:
            many = "s" if len(self.cues) > 1 else ""
            parts.append(f"sound and captions of {len(self.cues)} sentence{many}")
        if self.editions:
            parts.append(f"film and guide of {_listed(self.editions)}")
        return f"To be made again: {'; '.join(parts)}." if parts else ""


def _listed(items: tuple[object, ...]) -> str:
    *first, last = map(str, items)
    return f"{', '.join(first)} and {last}" if first else last


class Drift(_Model):
    """What is different between a baseline and a take.

    ``told`` are changes of the storyboard itself, which are no changes of the application;
    ``notes`` say what was not compared as it should be, and why, and whether another version was
    filmed. ``approved`` is how many changes were left out because they are approved; ``baseline``
    is a name for the baseline's content.
    """

    version: Literal[1] = 1
    board: str
    steps: int
    changes: tuple[Change, ...] = ()
    false_sentences: tuple[FalseSentence, ...] = ()
    healed: tuple[HealedLocator, ...] = ()
    told: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    consequences: Consequences = Consequences()
    approved: int = 0
    baseline: str = ""

    @property
    def found(self) -> bool:
        """Whether there is anything that a reader or a maintainer should know."""
        return bool(self.false_sentences or self.healed) or any(
            change.weight is not Weight.BELOW_NOTICE for change in self.changes
        )

"""Healing: knows for the recorder what a storyboard's locators found when it was approved.

The recorder asks while it films (`recorder.healing.Healer`). What it finds is accepted only where
it is clearly the same thing (`search`), and where what was done to it did what it did before
(`confirmation`).
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from recorder.healing import Candidate, Wanted
from storycast.drift.baseline import Pages, read_baseline
from storycast.drift.comparison.element import read_elements
from storycast.drift.comparison.match import likeness, match
from storycast.drift.comparison.words import tell_role
from storycast.drift.healing.search import ALIKE, element_at, find_again
from storycast.drift.model import HealedLocator
from storycast.edition import baseline_folder
from storycast.errors import StorycastError

if TYPE_CHECKING:
    from recorder.snapshot import Snapshot
    from recorder.storyboard import Storyboard
    from recorder.take import Action, Locator, Step, Target

__all__ = ["BaselineHealer", "find_healed", "open_healer"]


def open_healer(board: Storyboard) -> BaselineHealer | None:
    """What the baseline of ``board`` knows; None where it has none that can be read."""
    if not baseline_folder(board).is_dir():
        return None
    try:
        return BaselineHealer(board, read_baseline(board))
    except StorycastError:
        return None


@dataclass(frozen=True)
class BaselineHealer:
    """A `recorder.healing.Healer` that knows what was approved."""

    board: Storyboard
    baseline: Pages

    def wanted(self, cell: int, locator: Locator, count: int, actor: str) -> Wanted | None:
        """What ``locator`` found for ``actor`` in the step that this cell belongs to.

        Or in the next one: what is waited for at a step's end is often what that acts on.
        """
        step = next((each.number for each in self.board.steps if cell in each.cells), -1)
        places = ((number, actor, str(locator)) for number in (step, step + 1))
        known = next((self._actions[place] for place in places if place in self._actions), ())
        action = known[min(count, len(known) - 1)] if known else None
        if action is None or action.before is None:
            return None
        try:
            page = self.baseline.snapshot(action.before.snapshot)
        except StorycastError:
            return None
        return Wanted(action, page) if page is not None else None

    @cached_property
    def _actions(self) -> dict[tuple[int, str, str], list[Action]]:
        found: dict[tuple[int, str, str], list[Action]] = {}
        for step in self.baseline.take.steps:
            for action in step.actions:
                if action.target is not None and action.target.locator is not None:
                    key = step.number, action.actor, str(action.target.locator)
                    found.setdefault(key, []).append(action)
        return found

    def fits(self, wanted: Wanted, target: Target) -> bool:
        """Whether ``target`` is what is wanted, by role and name; else it is worth a search."""
        meant = wanted.action.target
        assert meant is not None  # noqa: S101 - what is wanted was acted on
        names = (meant.name or meant.text, target.name or target.text)
        alike = likeness(*names) >= ALIKE if any(names) else True
        return alike and (meant.role == target.role or meant.tag == target.tag)

    def find(self, wanted: Wanted, page: Snapshot) -> Candidate | None:
        """What is wanted, on ``page``."""
        assert wanted.action.target is not None  # noqa: S101 - as above
        return find_again(wanted.action.target, wanted.page, page)

    def is_other(self, wanted: Wanted, target: Target, page: Snapshot) -> bool:
        """Whether ``target`` was on the page before, and was another thing."""
        assert wanted.action.target is not None  # noqa: S101 - as above
        before, after = read_elements(wanted.page), read_elements(page)
        meant, now = (
            element_at(elements, each.box, each.role, each.name)
            for elements, each in ((before, wanted.action.target), (after, target))
        )
        if meant is None or now is None:
            return False
        was = next((old for old, new in match(before, after).items() if new is now), None)
        return was is not None and was is not meant and (was.role, was.name) == (now.role, now.name)


def find_healed(steps: Sequence[Step]) -> Iterator[HealedLocator]:
    """The locators that fail, each told once for a line of the storyboard."""
    known: set[Hashable] = set()
    for step, action in ((own, action) for own in steps for action in own.actions):
        target = action.target
        if target is None or target.healed is None or target.locator is None:
            continue
        key = action.cell, action.line, target.locator
        if key not in known:
            known.add(key)
            yield HealedLocator(
                step=step.number,
                cell=action.cell + 1,
                line=action.line,
                thing=f"The {tell_role(target.role)} “{target.name or target.text}”",
                locator=target.locator,
                found_by=target.healed.locator,
                reason=target.healed.reason,
                score=target.healed.score,
                margin=target.healed.margin,
            )

"""Confirmation: whether what was found again did what was done before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from recorder.errors import TakeError
from recorder.failure import FILE, Failure
from recorder.replacement import write_whole
from recorder.take import read_take
from storycast.drift.baseline import FilmedTake, Pages, read_baseline
from storycast.drift.comparison.element import read_elements

if TYPE_CHECKING:
    from pathlib import Path

    from recorder.storyboard import Storyboard
    from recorder.take import Action

__all__ = ["confirm", "unconfirmed"]

_HALF = 0.5


def unconfirmed(old: Pages, new: Pages) -> Iterator[tuple[int, Action]]:
    """Yield the healed actions of ``new`` that did not do what they did before, with their steps.

    An action does the same where as many pages are left, the same dialogs open, and at least half
    of what appeared and went when it was approved does so now.
    """
    steps = {step.number: step for step in old.take.steps}
    for step in new.take.steps:
        before = steps.get(step.number)
        known = [each for each in before.actions if each.target] if before else []
        count: Counter[str] = Counter()
        for action in (each for each in step.actions if each.target and each.target.locator):
            key = str(action.target.locator) if action.target else ""
            same = [
                each
                for each in known
                if each.kind is action.kind and each.target and str(each.target.locator) == key
            ]
            place, count[key] = count[key], count[key] + 1
            healed = action.target is not None and action.target.healed is not None
            if (
                healed
                and same
                and not _does_the_same(same[min(place, len(same) - 1)], action, old, new)
            ):
                yield step.number, action


def _does_the_same(was: Action, now: Action, old: Pages, new: Pages) -> bool:
    if was.before is None or now.before is None:
        return True
    if (was.after.dialog is None) != (now.after.dialog is None):
        return False
    left = [
        action.before is not None
        and action.before.address.partition("?")[0] != action.after.address.partition("?")[0]
        for action in (was, now)
    ]
    if left[0] != left[1]:
        return False
    expected = _effect(old, was.before.snapshot, was.after.snapshot)
    if not expected:
        return True
    done = _effect(new, now.before.snapshot, now.after.snapshot)
    return len(expected & done) >= _HALF * len(expected)


def _effect(pages: Pages, before: str, after: str) -> frozenset[tuple[bool, str, str]]:
    """What an action made appear (true) and go (false): roles and contents."""
    if before == after:
        return frozenset()
    sides = [_contents(pages, name) for name in (before, after)]
    return frozenset(
        [(True, *each) for each in sides[1] - sides[0]]
        + [(False, *each) for each in sides[0] - sides[1]]
    )


def _contents(pages: Pages, name: str) -> frozenset[tuple[str, str]]:
    snapshot = pages.snapshot(name)
    elements = read_elements(snapshot) if snapshot is not None else ()
    return frozenset((each.role, each.name or each.value) for each in elements)


def confirm(board: Storyboard, folder: Path) -> None:
    """Require that every healed action of the take in ``folder`` did what it did before.

    Raises `TakeError` where one did not; the take has failed there, and says so.
    """
    old, new = read_baseline(board), FilmedTake(folder, read_take(folder))
    for _, action in unconfirmed(old, new):
        target = action.target
        assert target is not None  # noqa: S101 - it was healed
        assert target.healed is not None  # noqa: S101
        reason = (
            f"{target.locator} finds nothing any more, and what is likest to it, "
            f"{target.healed.locator}, does not do what that did"
        )
        failure = Failure(
            cell=action.cell,
            line=action.line,
            locator=str(target.locator),
            reason=reason,
            picture=False,
        )
        write_whole(folder / FILE, failure.model_dump_json(indent=1).encode())
        raise TakeError(f"{board.path}, {failure.place}: {reason}.")

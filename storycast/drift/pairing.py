"""Pairing: what of two takes of a storyboard is held against each other."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from difflib import SequenceMatcher

from recorder.take import Action, Moment, Step

__all__ = ["align_steps", "pair_actions", "pair_moments"]

_Aligned = tuple[list[tuple[Step, Step]], tuple[str, ...]]


def align_steps(old: Sequence[Step], new: Sequence[Step]) -> _Aligned:
    """Pair the steps of both takes; what the storyboard itself has changed is told apart."""

    def keys(steps: Sequence[Step]) -> list[Hashable]:
        return [
            tuple((a.kind, a.target and a.target.locator) for a in step.actions) for step in steps
        ]

    pairs: list[tuple[Step, Step]] = []
    told: list[str] = []
    matcher = SequenceMatcher(None, keys(old), keys(new), autojunk=False)
    for kind, start, end, first, last in matcher.get_opcodes():
        one, other = old[start:end], new[first:last]
        if kind == "equal" or len(one) == len(other):
            pairs += zip(one, other, strict=True)
            continue
        told += (f"Step {step.number} is not in the storyboard any more." for step in one)
        told += (f"Step {step.number} is new in the storyboard." for step in other)
    return pairs, tuple(told)


def pair_moments(one: Step, other: Step) -> Iterator[tuple[Moment, Moment]]:
    """The moments of a step that are compared with each other."""
    for old, new in pair_actions(one, other):
        if old.before is not None and new.before is not None:
            yield old.before, new.before
        yield old.after, new.after
    if one.end is not None and other.end is not None:
        yield one.end, other.end


def pair_actions(one: Step, other: Step) -> Iterator[tuple[Action, Action]]:
    """What was done in both steps, without what the browser did by itself."""
    first = [action for action in one.actions if not action.implied]
    second = [action for action in other.actions if not action.implied]
    return zip(first, second, strict=False)

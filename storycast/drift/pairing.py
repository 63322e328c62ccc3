"""Pairing: what of two takes of a storyboard is held against each other."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from difflib import SequenceMatcher

from recorder.take import Action, Beside, Moment, Step

__all__ = ["align_steps", "pair_actions", "pair_moments"]

_Aligned = tuple[list[tuple[Step, Step]], tuple[str, ...]]


def align_steps(old: Sequence[Step], new: Sequence[Step]) -> _Aligned:
    """Pair the steps of both takes; what the storyboard itself has changed is told apart."""

    def keys(steps: Sequence[Step]) -> list[Hashable]:
        return [
            tuple((a.actor, a.kind, a.target and a.target.locator) for a in step.actions)
            for step in steps
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
        if old.beside is not None and new.beside is not None and _is_same(old.beside, new.beside):
            yield old.beside.before, new.beside.before
            yield old.beside.after, new.beside.after
    if one.end is not None and other.end is not None and one.end.actor == other.end.actor:
        yield one.end, other.end


def _is_same(old: Beside, new: Beside) -> bool:
    return old.before.actor == new.before.actor


def pair_actions(one: Step, other: Step) -> Iterator[tuple[Action, Action]]:
    """What each actor did in both steps, without what the browser did by itself."""
    first = [action for action in one.actions if not action.implied]
    second = [action for action in other.actions if not action.implied]
    for actor in dict.fromkeys(action.actor for action in first):
        yield from zip(
            (action for action in first if action.actor == actor),
            (action for action in second if action.actor == actor),
            strict=False,
        )

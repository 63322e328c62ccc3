"""Gathering: the changes of all steps, each told once, where it is seen first."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from storycast.drift.comparison.difference import Difference
from storycast.drift.comparison.element import Element
from storycast.drift.comparison.seen import LABELLED
from storycast.drift.model import Change, Kind, Weight

__all__ = ["Gathering", "known_by"]

_NAMED = 4
_LONGEST = 40


@dataclass
class Gathering:
    """Changes as they are found, step by step."""

    _found: dict[Hashable, Change] = field(default_factory=dict)
    _others: defaultdict[Hashable, dict[str, int]] = field(
        default_factory=lambda: defaultdict(dict)
    )

    def add(self, key: Hashable, change: Change) -> None:
        """Take ``change``, which is the same as others of this ``key``, in other steps."""
        known = self._found.get(key)
        if known is None:
            self._found[key] = change
        else:
            self._others[key].setdefault(change.place.name, change.step)
            self._found[key] = _once(known, change)

    def changes(self) -> list[Change]:
        """All changes with their ids, in the order of steps, in each the heaviest first."""
        named = (_with_others(each, self._others[key]) for key, each in self._found.items())
        return sorted(map(_identified, named), key=lambda each: (each.step, each.order))

    @staticmethod
    def numbered(changes: Sequence[Change], approved: Collection[str]) -> tuple[Change, ...]:
        """Those of ``changes`` whose ids are not ``approved``, as reports number them."""
        return tuple(_numbered([each for each in changes if each.id not in approved]))


def known_by(difference: Difference) -> Hashable:
    """What a difference is the same by that is seen in several steps."""
    element = difference.old or difference.new
    assert element is not None  # noqa: S101 - one of both is there
    if difference.kind is Kind.RESTYLED:  # by one rule, wherever it is seen
        values = difference.what, difference.before, difference.after, difference.more
        drawn = {difference.element, *difference.along}
        roles = frozenset(each.role for each in drawn if drawn.isdisjoint(each.ancestors))
        return difference.kind, roles, *values
    shape = difference.kind in (Kind.MOVED, Kind.RESIZED, Kind.REORDERED)
    detail = () if shape else (difference.what, difference.before, difference.after)
    held = () if shape or element.role not in LABELLED else _names_in(element)
    return difference.kind, element.role, element.content, *detail, *held


def _names_in(element: Element) -> tuple[str, ...]:
    """What a toolbar or the like holds: two of one name may be two."""
    return tuple(each.name for each in element.children if each.name and not each.passes)


def _once(known: Change, again: Change) -> Change:
    """One change that is seen in several steps, told where it weighs most."""
    if again.order < known.order:
        known, again = again, known
    steps = {known.step, *known.also, again.step, *again.also} - {known.step}
    return known.model_copy(update={"also": tuple(sorted(steps))})


def _with_others(change: Change, others: Mapping[str, int]) -> Change:
    """A change with the names of the others in later steps to which the same has happened."""
    told = [(name, step) for name, step in others.items() if name and name != change.place.name]
    if not told:
        return change
    names = ", ".join(f"“{name[:_LONGEST]}” (step {step})" for name, step in told[:_NAMED])
    left = f" and {len(told) - _NAMED} more" if told[_NAMED:] else ""
    sentence = f"{change.sentence} The same: {names}{left}."
    return change.model_copy(update={"sentence": sentence})


def _identified(change: Change) -> Change:
    """The change with its id, which does not tell in which steps it is seen."""
    known = (change.kind, change.place.role, change.place.name, change.before, change.after)
    digest = hashlib.sha256(repr((*map(str, known), change.sentence)).encode()).hexdigest()
    return change.model_copy(update={"id": digest[:8]})


def _numbered(changes: Sequence[Change]) -> Iterator[Change]:
    """Number what is reported: the heaviest first, as reports tell it."""
    noticed = [each for each in changes if each.weight is not Weight.BELOW_NOTICE]
    ordered = sorted(noticed, key=lambda each: each.order)
    numbers = {each.id: number for number, each in enumerate(ordered, start=1)}
    for each in changes:
        yield each.model_copy(update={"number": numbers.get(each.id, 0)})

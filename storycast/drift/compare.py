"""Comparison: what is different between a baseline and a take, step by step, in words."""

from __future__ import annotations

import re
from collections.abc import Collection, Hashable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from storycast.drift.behaviour import find_address, tell_behaviour
from storycast.drift.comparison.appearance import find_picture_differences, keep_drawn
from storycast.drift.comparison.difference import Difference
from storycast.drift.comparison.element import read_elements
from storycast.drift.comparison.finder import find_differences
from storycast.drift.comparison.masking import is_masked
from storycast.drift.comparison.match import match
from storycast.drift.comparison.part import find_part_differences
from storycast.drift.comparison.pointer import Places, find_places, is_by_pointer
from storycast.drift.comparison.seen import keep_seen
from storycast.drift.comparison.words import tell
from storycast.drift.gathering import Gathering, known_by
from storycast.drift.healing.healer import find_healed
from storycast.drift.model import Change, Drift, Kind, Place, Weight
from storycast.drift.origin import tell_limits
from storycast.drift.pairing import align_steps, pair_actions, pair_moments
from storycast.drift.prose import find_false_sentences
from storycast.drift.weight import Scale

if TYPE_CHECKING:
    from recorder.storyboard import Storyboard
    from recorder.take import Action, Moment, Step
    from storycast.drift.baseline import Pages

__all__ = ["Seen", "Stop", "compare", "find_seen"]


@dataclass(frozen=True)
class Stop:
    """Where a take ended before its storyboard did: in a step (None: nobody knows), and why.

    ``place`` is the cell (0 is the first) and its line.
    """

    step: int | None
    reason: str
    place: tuple[int, int] = (-1, 0)


@dataclass(frozen=True)
class Seen:
    """A difference, and the moments of both takes in which it was seen."""

    difference: Difference
    old: Moment
    new: Moment


def find_seen(board: Storyboard, old: Pages, new: Pages) -> Iterator[Seen]:
    """Yield every difference between two takes of ``board`` that somebody would notice."""
    comparison = _Comparison(board, old, new)
    pairs, _ = align_steps(old.take.steps, new.take.steps)
    seen: set[Difference] = set()
    for one, other in pairs:
        for before, after in pair_moments(one, other):
            for difference in comparison.differences(before, after):
                if difference not in seen and comparison.is_noticed(difference):
                    yield Seen(difference, before, after)
                seen.add(difference)


def compare(
    board: Storyboard,
    old: Pages,
    new: Pages,
    stop: Stop | None = None,
    *,
    approved: Collection[str] = (),
) -> Drift:
    """Tell what is different in ``new``, a take of ``board``, from the baseline ``old``.

    Both are told as ``board`` tells them now. A change is told once, in the first step in which it
    is seen; one whose id is ``approved`` is not told. A take that has come to a ``stop`` is
    compared as far as it goes.
    """
    comparison = _Comparison(board, old, new)
    pairs, told = align_steps(old.take.steps, new.take.steps)
    gathering = Gathering()
    if stop is not None:
        pairs = [
            (one, two)
            for one in old.take.steps
            for two in new.take.steps
            if one.number == two.number
        ]
        told = ()
        gathering.add(stop, comparison.unreachable(stop))
    for one, other in pairs:
        if stop is not None and other.number == stop.step:
            continue
        for key, change in comparison.step(one, other):
            gathering.add(key, change)
    changes = gathering.changes()
    told_of = gathering.numbered(changes, approved)
    return Drift(
        board=board.edition,
        steps=len(pairs),
        changes=told_of,
        false_sentences=tuple(
            each
            for pair in pairs
            for each in find_false_sentences(board, (old, new), pair, changes)
            # What the step would have shown after it began, nobody knows.
            if each.now or stop is None or each.step != stop.step
        ),
        healed=tuple(find_healed(new.take.steps)),
        told=told,
        notes=tuple(tell_limits(old, new, pairs)),
        approved=len(changes) - len(told_of),
    )


@dataclass
class _Comparison:
    """Two takes of one storyboard, held against each other."""

    board: Storyboard
    old: Pages
    new: Pages
    _known: dict[Hashable, tuple[Difference, ...]] = field(default_factory=dict)

    @cached_property
    def _text_masks(self) -> tuple[re.Pattern[str], ...]:
        return tuple(re.compile(each) for each in self.board.front.text_masks)

    @cached_property
    def _places(self) -> tuple[Places, Places]:
        return find_places(self.old.take.steps), find_places(self.new.take.steps)

    @cached_property
    def _scale(self) -> Scale:
        steps = self.old.take.steps
        targets = [action for step in steps for action in step.actions if action.target]
        return Scale(self.board, targets, self.new.take.viewport)

    def step(self, one: Step, other: Step) -> Iterator[tuple[Hashable, Change]]:
        """Yield what is different in a step, each with what it is known by.

        Where its page has lost its rest, it may still have been still for a moment by chance:
        nothing that it shows in the step is told.
        """
        moments = list(pair_moments(one, other))
        restless = next((pair for pair in moments if _is_restless(*pair)), None)
        if restless is not None:
            yield Kind.BEHAVIOUR, self._restless(other.number, *restless)
        for old, new in pair_actions(one, other):
            yield from self._behaviour(other.number, old, new)
        for before, after in moments if restless is None else ():
            yield from self._moment(other.number, before, after)

    def is_noticed(self, difference: Difference) -> bool:
        """Whether anybody would notice it."""
        return self._scale.weigh(difference) is not Weight.BELOW_NOTICE

    def unreachable(self, stop: Stop) -> Change:
        """What could not be done in the step in which a take has stopped."""
        step = next((each for each in self.old.take.steps if each.number == stop.step), None)
        actions = [action for action in step.actions if action.target] if step else []
        left = [each for each in actions if (each.cell, each.line or 0) >= stop.place]
        is_begun = bool(actions) and not left
        target = actions[0].target if left else None
        named = target is not None and len(actions) == 1 and bool(target.name)
        thing = f"“{target.name}”" if named and target else "what this step is about"
        lacking = " to its end" if is_begun else f", so that {thing} was not reached"
        return Change(
            kind=Kind.UNREACHABLE,
            weight=Weight.BREAKS,
            sentence=f"The step could not be done{lacking}: {stop.reason}.",
            step=stop.step or 1,
            place=Place(
                role=target.role if named and target else "",
                name=target.name if named and target else "",
                before=target.box if named and target else None,
            ),
        )

    def _behaviour(self, step: int, old: Action, new: Action) -> Iterator[tuple[Hashable, Change]]:
        told = tell_behaviour(old, new, self._text_masks)
        if not told:
            return
        target = new.target or old.target
        thing = f"“{target.name}”" if target and target.name else f"the action ({new.kind})"
        sentence = f"{thing[0].upper()}{thing[1:]} {told}."
        place = Place(role=target.role if target else "", name=target.name if target else "")
        yield (
            (Kind.BEHAVIOUR, sentence),
            Change(
                kind=Kind.BEHAVIOUR,
                weight=Weight.BREAKS,
                sentence=sentence,
                step=step,
                place=place,
                before=find_address(old, self._text_masks),
                after=find_address(new, self._text_masks),
                shots=(old.after.shot, new.after.shot),
            ),
        )

    def _moment(self, step: int, old: Moment, new: Moment) -> Iterator[tuple[Hashable, Change]]:
        for difference in self.differences(old, new):
            yield known_by(difference), self._change(difference, step, (old.shot, new.shot))

    def differences(self, old: Moment, new: Moment) -> tuple[Difference, ...]:
        """All that differs between two moments and is not masked.

        What a page shows that has just lost its rest differs by chance; one that never has any
        is compared by its structure.
        """
        if (old.snapshot, old.shot) == (new.snapshot, new.shot) or _is_restless(old, new):
            return ()
        names = (old.snapshot, old.shot), (new.snapshot, new.shot)
        if names not in self._known:
            self._known[names] = self._find(old, new)
        was_at, is_at = (
            places.get(each, ()) for places, each in zip(self._places, (old, new), strict=True)
        )
        return tuple(each for each in self._known[names] if not is_by_pointer(each, was_at, is_at))

    def _find(self, old: Moment, new: Moment) -> tuple[Difference, ...]:
        """All that differs between two moments and is not masked, wherever the pointer is."""
        before, after = self.old.snapshot(old.snapshot), self.new.snapshot(new.snapshot)
        if before is None or after is None:
            return ()
        masks = (*old.masks, *new.masks, *old.hidden, *new.hidden)
        # What is masked may have another width in each of them: where only the other's mask is, the
        # text stands by itself.
        was, is_now = (
            read_elements(page, self._text_masks, areas=(*of.masks, *of.hidden) or masks)
            for page, of in ((before, old), (after, new))
        )
        pairs = match(was, is_now)
        every = keep_seen(find_differences(was, is_now, pairs), was, is_now, pairs)
        found = [each for each in every if not is_masked(each, masks)]
        if not (old.settled and new.settled):
            return tuple(found)
        size = self.new.take.viewport
        pictures = self.old.picture(old.shot), self.new.picture(new.shot)
        found = keep_drawn(found, *pictures, viewport=size)
        if old.shot == new.shot:
            return tuple(found)
        sights = (was, pictures[0]), (is_now, pictures[1])
        drawn = find_picture_differences(*sights, found, viewport=size, masks=masks)
        if found and not drawn:
            drawn = find_part_differences(*sights, found, pairs, viewport=size, masks=masks)
        return (*found, *drawn)

    def _restless(self, step: int, old: Moment, new: Moment) -> Change:
        """That a page does not come to rest any more."""
        return Change(
            kind=Kind.BEHAVIOUR,
            weight=Weight.SHOWS,
            sentence=(
                "The page does not come to rest any more: what it shows meanwhile is not compared."
            ),
            step=step,
            place=Place(role="page", name=new.title),
            shots=(old.shot, new.shot),
        )

    def _change(self, difference: Difference, step: int, shots: tuple[str, str]) -> Change:
        old, new = difference.old, difference.new
        element = difference.element
        return Change(
            kind=difference.kind,
            weight=self._scale.weigh(difference),
            sentence=tell(difference),
            step=step,
            place=Place(
                role=element.role,
                name=element.content,
                before=difference.area or (old.box if old else None),
                after=difference.area or (new.box if new else None),
            ),
            count=1 + len(difference.along),
            before=difference.before,
            after=difference.after,
            shots=shots,
        )


def _is_restless(old: Moment, new: Moment) -> bool:
    """Whether a page that had come to rest does not any more."""
    return old.settled and not new.settled

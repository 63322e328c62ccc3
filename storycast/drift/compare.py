"""Comparison: what is different between a baseline and a take, step by step, in words."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from recorder.take import Box
from storycast.drift.appearance import find_picture_differences
from storycast.drift.difference import Difference
from storycast.drift.element import Element, read_elements
from storycast.drift.finder import find_differences
from storycast.drift.healing import find_healed
from storycast.drift.match import match
from storycast.drift.model import Change, Drift, Kind, Place, Weight
from storycast.drift.pairing import align_steps, pair_actions, pair_moments
from storycast.drift.part import find_part_differences
from storycast.drift.prose import find_false_sentences, is_told_of
from storycast.drift.seen import LABELLED, keep_seen
from storycast.drift.words import tell

if TYPE_CHECKING:
    from recorder.storyboard import Storyboard
    from recorder.take import Action, Moment, Step
    from storycast.drift.baseline import Pages

__all__ = ["Seen", "Stop", "compare", "find_seen"]

_SMALL_PX = 8.0
_SMALL_GROWTH = 1.05
_NAMED = 4
_LONGEST = 40


@dataclass(frozen=True)
class Stop:
    """Where a take ended before its storyboard did: in a step (None: nobody knows), and why."""

    step: int | None
    reason: str


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
    found: dict[Hashable, Change] = {}
    others: defaultdict[Hashable, dict[str, int]] = defaultdict(dict)
    if stop is not None:
        pairs = [
            (one, two)
            for one in old.take.steps
            for two in new.take.steps
            if one.number == two.number
        ]
        told = ()
        found[stop] = comparison.unreachable(stop)
    for one, other in pairs:
        if stop is not None and other.number == stop.step:
            continue
        for key, change in comparison.step(one, other):
            known = found.get(key)
            if known is None:
                found[key] = change
            else:
                others[key].setdefault(change.place.name, change.step)
                found[key] = _once(known, change)
    notes = tuple(_notes(old, new, pairs))
    named = (_with_others(change, others[key]) for key, change in found.items())
    changes = sorted(map(_identified, named), key=lambda each: (each.step, each.order))
    told_of = [each for each in changes if each.id not in approved]
    return Drift(
        board=board.edition,
        steps=len(pairs),
        changes=tuple(_numbered(told_of)),
        false_sentences=tuple(
            each
            for pair in pairs
            for each in find_false_sentences(board, (old, new), pair, changes)
        ),
        healed=tuple(find_healed(new.take.steps)),
        told=told,
        notes=notes,
        approved=len(changes) - len(told_of),
    )


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
    def _targets(self) -> tuple[Action, ...]:
        steps = self.old.take.steps
        return tuple(action for step in steps for action in step.actions if action.target)

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
        return self._weigh(difference) is not Weight.BELOW_NOTICE

    def unreachable(self, stop: Stop) -> Change:
        """What could not be done in the step in which a take has stopped."""
        step = next((each for each in self.old.take.steps if each.number == stop.step), None)
        actions = [action for action in step.actions if action.target] if step else []
        target = actions[0].target if actions else None
        named = target is not None and len(actions) == 1 and bool(target.name)
        thing = f"“{target.name}”" if named and target else "what this step is about"
        return Change(
            kind=Kind.UNREACHABLE,
            weight=Weight.BREAKS,
            sentence=f"The step could not be done, so that {thing} was not reached: {stop.reason}.",
            step=stop.step or 1,
            place=Place(
                role=target.role if named and target else "",
                name=target.name if named and target else "",
                before=target.box if named and target else None,
            ),
        )

    def _behaviour(self, step: int, old: Action, new: Action) -> Iterator[tuple[Hashable, Change]]:
        asks, asked = new.after.dialog, old.after.dialog
        before = old.after.address.partition("?")[0]
        after = new.after.address.partition("?")[0]
        told = ""
        if before != after:
            told = f"leads to {after or '/'} now, and not to {before or '/'}"
        elif (asks is None) != (asked is None):
            told = "asks in a dialog now" if asks else "does not ask in a dialog any more"
        elif asks is not None and asked is not None and asks.text != asked.text:
            told = f"asks “{asks.text}” now, and not “{asked.text}”"
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
                before=before,
                after=after,
                shots=(old.after.shot, new.after.shot),
            ),
        )

    def _moment(self, step: int, old: Moment, new: Moment) -> Iterator[tuple[Hashable, Change]]:
        for difference in self.differences(old, new):
            yield _key(difference), self._change(difference, step, (old.shot, new.shot))

    def differences(self, old: Moment, new: Moment) -> tuple[Difference, ...]:
        """All that differs between two moments and is not masked.

        What a page shows that has just lost its rest differs by chance; one that never has any
        is compared by its structure.
        """
        if (old.snapshot, old.shot) == (new.snapshot, new.shot) or _is_restless(old, new):
            return ()
        names = (old.snapshot, old.shot), (new.snapshot, new.shot)
        if names not in self._known:
            before, after = self.old.snapshot(old.snapshot), self.new.snapshot(new.snapshot)
            if before is None or after is None:
                return ()
            masks = (*old.masks, *new.masks)
            was, is_now = (read_elements(each, self._text_masks) for each in (before, after))
            pairs = match(was, is_now)
            every = keep_seen(find_differences(was, is_now, pairs), was, is_now, pairs)
            found = [each for each in every if not _is_masked(each, masks)]
            if old.shot != new.shot and old.settled and new.settled:
                sights = (
                    (was, self.old.picture(old.shot)),
                    (is_now, self.new.picture(new.shot)),
                )
                size = self.new.take.viewport
                drawn = find_picture_differences(*sights, found, viewport=size, masks=masks)
                if found and not drawn:
                    drawn = find_part_differences(*sights, found, pairs, viewport=size, masks=masks)
                found += drawn
            self._known[names] = tuple(found)
        return self._known[names]

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
            weight=self._weigh(difference),
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

    def _weigh(self, difference: Difference) -> Weight:
        old, kind = difference.old, difference.kind
        gone = difference.along if kind is Kind.REMOVED else ()
        if any(each is not None and _is_target(each, self._targets) for each in (old, *gone)):
            lost = kind is Kind.REMOVED or (
                kind is Kind.STATE and (difference.what, difference.after.lower()) in _BLOCKING
            )
            if lost or (kind is Kind.RENAMED and is_told_of(self.board, difference.before)):
                return Weight.BREAKS
        unsaid = old is not None and (not old.content or old.role in LABELLED)
        if kind is Kind.RENAMED and unsaid:
            return Weight.ELSEWHERE  # a landmark's name, or one where there was none, is not seen
        if _is_small(difference):
            return Weight.BELOW_NOTICE
        width, height = self.new.take.viewport
        seen = [box for box in _boxes(difference) if _is_seen(box, width, height)]
        return Weight.SHOWS if seen else Weight.ELSEWHERE


def _is_restless(old: Moment, new: Moment) -> bool:
    """Whether a page that had come to rest does not any more."""
    return old.settled and not new.settled


def _notes(old: Pages, new: Pages, pairs: Sequence[tuple[Step, Step]]) -> Iterator[str]:
    """Say what cannot be compared as it should be."""
    browsers = [each.take.browser for each in (old, new)]
    releases = {(each.name, each.version.partition(".")[0]) for each in browsers}
    if len(releases) > 1:
        was, is_now = (f"{each.name} {each.version}" for each in browsers)
        yield f"Approved was what {was} showed, and this was filmed by {is_now}: looks may differ."
    steps = [
        str(other.number)
        for one, other in pairs
        if any(not before.settled for before, _ in pair_moments(one, other))
    ]
    if steps:
        where = f"step{'s' if len(steps) > 1 else ''} {', '.join(steps)}"
        yield (
            f"The page had not come to rest in {where} when it was approved: there only its "
            "structure was compared, and not its picture."
        )


_BLOCKING = {("disabled", "true"), ("readonly", "true")}


def _key(difference: Difference) -> Hashable:
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


def _is_masked(difference: Difference, masks: Sequence[Box]) -> bool:
    boxes = list(_boxes(difference))
    return bool(boxes) and all(
        any(
            mask.x <= box.x + box.width / 2 <= mask.x + mask.width
            and mask.y <= box.y + box.height / 2 <= mask.y + mask.height
            for mask in masks
        )
        for box in boxes
    )


def _boxes(difference: Difference) -> Iterator[Box]:
    for element in (difference.old, difference.new):
        if element is not None:
            yield element.box


def _is_target(element: Element, targets: Sequence[Action]) -> bool:
    return any(
        action.target is not None
        and action.target.role == element.role
        and action.target.name == element.name
        for action in targets
    )


def _is_small(difference: Difference) -> bool:
    if difference.kind is Kind.MOVED:
        return max(abs(float(difference.before)), abs(float(difference.after))) < _SMALL_PX
    if difference.kind is Kind.RESIZED and difference.old and difference.new:
        was, is_now = difference.old.box, difference.new.box
        ratios = (is_now.width / was.width, is_now.height / was.height)
        return all(1 / _SMALL_GROWTH < ratio < _SMALL_GROWTH for ratio in ratios)
    return False


def _is_seen(box: Box, width: int, height: int) -> bool:
    return box.x < width and box.y < height and box.x + box.width > 0 and box.y + box.height > 0

"""Learning: what two takes of one application differ in, and which masks would hide that."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from recorder.outline import Outlined, read_outline
from recorder.take import Box
from storycast.drift.baseline import FilmedTake
from storycast.drift.compare import Seen, compare, find_seen
from storycast.drift.mask.pattern import find_pattern
from storycast.drift.mask.selector import Selector, find_selectors
from storycast.drift.model import Kind, Weight

if TYPE_CHECKING:
    from pathlib import Path

    from recorder.snapshot import Snapshot
    from recorder.storyboard import Storyboard
    from recorder.take import Action, Moment, Step, Take

__all__ = ["Learned", "learn"]

_ROUNDS = 30
"""What one mask hides may have hidden something else."""

_SHAPES = frozenset({Kind.MOVED, Kind.RESIZED, Kind.REORDERED})


@dataclass(frozen=True)
class Learned:
    """What differs between two takes, and the masks that hide it.

    ``found`` are sentences of all that differs; ``remaining`` of what differs with the masks too.
    """

    found: tuple[str, ...]
    masks: tuple[str, ...] = ()
    text_masks: tuple[str, ...] = ()
    remaining: tuple[str, ...] = ()


def learn(board: Storyboard, first: FilmedTake, second: FilmedTake) -> Learned:
    """Find the masks that hide what differs between two takes of ``board``.

    Both were filmed with outlines (see `recorder.recording`).
    """
    found = _tell(board, first, second)
    if not found:
        return Learned(())
    masks = _Masks()
    for _ in range(_ROUNDS):
        more = _proposed(masks.applied(board, first, second), masks)
        if more is None:
            break
        masks = more
    masks = _needed(board, first, second, masks)
    remaining = _tell(*masks.applied(board, first, second))
    return Learned(found, tuple(map(str, masks.selectors)), masks.patterns, remaining)


@dataclass(frozen=True)
class _Masks:
    """Masks that are proposed; ``tried`` are those that are not proposed again."""

    selectors: tuple[Selector, ...] = ()
    patterns: tuple[str, ...] = ()
    tried: frozenset[str] = frozenset()

    def with_selector(self, selector: Selector) -> _Masks:
        return replace(
            self, selectors=(*self.selectors, selector), tried=self.tried | {str(selector)}
        )

    def with_pattern(self, pattern: str) -> _Masks:
        return replace(self, patterns=(*self.patterns, pattern), tried=self.tried | {pattern})

    def applied(self, board: Storyboard, *takes: FilmedTake) -> tuple[Storyboard, _Masked, _Masked]:
        """Storyboard and takes as if they had been filmed with these masks."""
        texts = (*board.front.text_masks, *self.patterns)
        front = board.front.model_copy(update={"text_masks": texts})
        first, second = (_Masked(each, self.selectors) for each in takes)
        return replace(board, front=front), first, second


@dataclass(frozen=True)
class _Masked:
    """A take, and masks that it was not filmed with."""

    filmed: FilmedTake
    selectors: tuple[Selector, ...]
    take: Take = field(init=False)

    def __post_init__(self) -> None:
        steps = tuple(self._masked_step(step) for step in self.filmed.take.steps)
        object.__setattr__(self, "take", self.filmed.take.model_copy(update={"steps": steps}))

    @property
    def folder(self) -> Path:
        return self.filmed.folder

    def snapshot(self, name: str) -> Snapshot | None:
        return self.filmed.snapshot(name)

    def picture(self, name: str) -> bytes:
        return self.filmed.picture(name)

    def outline(self, moment: Moment) -> tuple[Outlined, ...]:
        return read_outline(self.folder, moment.snapshot)

    def _masked_step(self, step: Step) -> Step:
        actions = tuple(self._masked_action(action) for action in step.actions)
        end = step.end and self._masked(step.end)
        return step.model_copy(update={"actions": actions, "end": end})

    def _masked_action(self, action: Action) -> Action:
        before, beside = action.before and self._masked(action.before), action.beside
        if beside is not None:
            both = {"before": self._masked(beside.before), "after": self._masked(beside.after)}
            beside = beside.model_copy(update=both)
        update = {"before": before, "after": self._masked(action.after), "beside": beside}
        return action.model_copy(update=update)

    def _masked(self, moment: Moment) -> Moment:
        if not self.selectors:
            return moment
        outline = self.outline(moment)
        boxes = (each.box for selector in self.selectors for each in selector.select(outline))
        return moment.model_copy(update={"masks": (*moment.masks, *boxes)})


def _tell(
    board: Storyboard, first: FilmedTake | _Masked, second: FilmedTake | _Masked
) -> tuple[str, ...]:
    drift = compare(board, first, second)
    changes = (each for each in drift.changes if each.weight is not Weight.BELOW_NOTICE)
    return (*(each.sentence for each in changes), *drift.told)


def _proposed(applied: tuple[Storyboard, _Masked, _Masked], masks: _Masks) -> _Masks | None:
    """The masks and one more; None where none is left that could help.

    What has only moved may have been moved by something else: that comes last.
    """
    _, first, second = applied
    seen = list(find_seen(*applied))
    for each in sorted(seen, key=lambda one: one.difference.kind in _SHAPES):
        pattern = _pattern(each)
        if pattern and pattern not in masks.tried:
            return masks.with_pattern(pattern)
        moment = [one for one in seen if (one.old, one.new) == (each.old, each.new)]
        for selector in _selectors(each, moment, first, second):
            if str(selector) not in masks.tried:
                return masks.with_selector(selector)
    return None


def _pattern(seen: Seen) -> str:
    texts = (Kind.TEXT, Kind.RENAMED)
    difference = seen.difference
    if difference.kind not in texts:
        return ""
    return find_pattern(difference.before, difference.after)


def _selectors(
    seen: Seen, moment: Sequence[Seen], first: _Masked, second: _Masked
) -> Iterator[Selector]:
    old, new, area = seen.difference.old, seen.difference.new, seen.difference.area
    viewport = second.take.viewport
    outlines = {"new": second.outline(seen.new), "old": first.outline(seen.old)}
    if new is None:
        del outlines["new"]
    if old is None:
        del outlines["old"]
    box = area or (new.box if new else old.box if old else None)
    if box is not None and outlines:
        yield from find_selectors(box, list(outlines.values()), [*_boxes(moment)], viewport)


def _boxes(moment: Sequence[Seen]) -> Iterator[Box]:
    for difference in (each.difference for each in moment):
        for element in (difference.old, difference.new):
            if element is not None:
                yield difference.area or element.box


def _needed(board: Storyboard, first: FilmedTake, second: FilmedTake, masks: _Masks) -> _Masks:
    """The masks without those that hide nothing which the others do not."""
    least = len(_tell(*masks.applied(board, first, second)))
    for part in (*masks.selectors, *masks.patterns):
        fewer = replace(
            masks,
            selectors=tuple(each for each in masks.selectors if each != part),
            patterns=tuple(each for each in masks.patterns if each != part),
        )
        if len(_tell(*fewer.applied(board, first, second))) <= least:
            masks = fewer
    return masks

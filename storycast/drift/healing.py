"""Healing: tells which element of a page is the one that a locator found when it was approved.

The recorder asks while it films (`recorder.healing.Healer`). What it is told is accepted only
where it is clearly the same thing; `unconfirmed` tells afterwards whether what was done to it did
what it did before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from recorder.errors import TakeError
from recorder.failure import FILE, Failure
from recorder.healing import Candidate, Wanted
from recorder.replacement import write_whole
from recorder.take import read_take
from storycast.drift.baseline import FilmedTake, Pages, read_baseline
from storycast.drift.element import Element, read_elements
from storycast.drift.match import Pairs, likeness, match, similarity
from storycast.drift.model import HealedLocator
from storycast.drift.words import tell_role
from storycast.edition import baseline_folder
from storycast.errors import StorycastError

if TYPE_CHECKING:
    from pathlib import Path

    from recorder.snapshot import Node, Snapshot
    from recorder.storyboard import Storyboard
    from recorder.take import Action, Box, Locator, Step, Target

__all__ = [
    "BaselineHealer",
    "confirm",
    "find_again",
    "find_healed",
    "open_healer",
    "unconfirmed",
]

_LEAST_SCORE = 0.5
_LEAST_MARGIN = 0.1
_ALIKE = 0.6
"""From this likeness of their names on, two things in the same place are the same."""

_LASTING = ("id", "name", "href")
_SAME_PLACE = 0.5  # of what both boxes cover
_HALF = 0.5
_TOLD = frozenset({"button", "link", "menuitem", "tab", "option"})
"""What shows its name as its text."""


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

    def wanted(self, cell: int, locator: Locator, count: int) -> Wanted | None:
        """What ``locator`` found in the step that this cell belongs to."""
        step = next((each.number for each in self.board.steps if cell in each.cells), None)
        known = self._actions.get((step, str(locator)), ())
        action = known[min(count, len(known) - 1)] if known else None
        if action is None or action.before is None:
            return None
        try:
            page = self.baseline.snapshot(action.before.snapshot)
        except StorycastError:
            return None
        return Wanted(action, page) if page is not None else None

    @cached_property
    def _actions(self) -> dict[tuple[int | None, str], list[Action]]:
        found: dict[tuple[int | None, str], list[Action]] = {}
        for step in self.baseline.take.steps:
            for action in step.actions:
                if action.target is not None and action.target.locator is not None:
                    found.setdefault((step.number, str(action.target.locator)), []).append(action)
        return found

    def fits(self, wanted: Wanted, target: Target) -> bool:
        """Whether ``target`` is what is wanted, by role and name; else it is worth a search."""
        meant = wanted.action.target
        assert meant is not None  # noqa: S101 - what is wanted was acted on
        names = (meant.name or meant.text, target.name or target.text)
        alike = likeness(*names) >= _ALIKE if any(names) else True
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
            _element_at(elements, each.box, each.role, each.name)
            for elements, each in ((before, wanted.action.target), (after, target))
        )
        if meant is None or now is None:
            return False
        was = next((old for old, new in match(before, after).items() if new is now), None)
        return was is not None and was is not meant and (was.role, was.name) == (now.role, now.name)


def find_again(target: Target, before: Snapshot, after: Snapshot) -> Candidate | None:
    """Return the node of ``after`` that is ``target``, an element of ``before``.

    None where it is gone, or where nothing tells surely enough which one it is.
    """
    old_page, new_page = read_elements(before), read_elements(after)
    old = _element_at(old_page, target.box, target.role, target.name)
    if old is None:
        return None
    pairs = match(old_page, new_page)
    new = pairs.get(old) or _written(old, new_page, pairs)
    if new is None:
        return None
    reason = _reason(old, new, pairs)
    node = _node_of(new, after.nodes)
    if not reason or node is None:
        return None
    score = similarity(old, new, pairs) if new.role != "text" else _LEAST_SCORE
    margin = score - max(
        (similarity(old, rival, pairs) for rival in _rivals(new, new_page, pairs)), default=0.0
    )
    if score < _LEAST_SCORE or margin < _LEAST_MARGIN:
        return None
    return Candidate(node=node, reason=reason, score=score, margin=margin)


def _reason(old: Element, new: Element, pairs: Pairs) -> str:
    """Say what shows that both are the same thing; empty where nothing does."""
    known = []
    if old.name and old.name == new.name:
        known.append(f"its name “{old.name}”")
    same = _same_attribute(old.attributes, new.attributes)
    if same:
        known.append(f"its {same}")
    in_place = _is_in_place(old, new, pairs)
    names = old.content, new.content
    if in_place and old.role == new.role and (not any(names) or likeness(*names) >= _ALIKE):
        known.append("its place among the same neighbours")
    return " and ".join(known)


def _same_attribute(one: dict[str, str], other: dict[str, str]) -> str:
    return next(
        (name for name in _LASTING if one.get(name) and one.get(name) == other.get(name)), ""
    )


def _is_in_place(old: Element, new: Element, pairs: Pairs) -> bool:
    """Whether it stands between the same ones, in the same one."""
    if old.parent is None or new.parent is None or pairs.get(old.parent) is not new.parent:
        return False
    return all(
        pairs.get(was) is is_now if was is not None else is_now is None
        for was, is_now in zip(_neighbours(old), _neighbours(new), strict=True)
    )


def _neighbours(element: Element) -> tuple[Element | None, Element | None]:
    """What stands before and after it in the same element."""
    around = element.parent.children if element.parent else [element]
    at = around.index(element)
    return (around[at - 1] if at else None), (around[at + 1] if at + 1 < len(around) else None)


def _written(old: Element, after: Sequence[Element], pairs: Pairs) -> Element | None:
    """The text that says what an element was called that is nothing but text now."""
    if old.role not in _TOLD:
        return None
    taken = set(pairs.values())
    found = [each for each in after if each.role == "text" and each.name == old.name and old.name]
    return found[0] if len(found) == 1 and found[0] not in taken else None


def _rivals(new: Element, after: Sequence[Element], pairs: Pairs) -> Iterator[Element]:
    """The others that could be meant: those that are not surely something else."""
    known = {each: old for old, each in pairs.items()}
    for each in after:
        was = known.get(each)
        if each is not new and (
            was is None or (was.role, was.content) != (each.role, each.content)
        ):
            yield each


def _element_at(elements: Sequence[Element], box: Box, role: str, name: str) -> Element | None:
    """The element of this box, role and name, or else the one that covers the most of the box."""
    named = " ".join(name.split())
    same = [each for each in elements if each.role == role and each.name == named]
    found = max(same or elements, key=lambda each: _overlap(each.box, box), default=None)
    return found if found is not None and _overlap(found.box, box) >= _SAME_PLACE else None


def _overlap(one: Box, other: Box) -> float:
    """The part of two boxes that both cover, 0 to 1."""
    width = min(one.x + one.width, other.x + other.width) - max(one.x, other.x)
    height = min(one.y + one.height, other.y + other.height) - max(one.y, other.y)
    shared = max(width, 0.0) * max(height, 0.0)
    whole = one.width * one.height + other.width * other.height - shared
    return shared / whole if whole else 0.0


def _node_of(element: Element, nodes: Sequence[Node]) -> int | None:
    alike = (
        place
        for place, node in enumerate(nodes)
        if node.tag == element.tag and " ".join(node.name.split()) == element.name
    )
    return max(alike, key=lambda place: _overlap(nodes[place].box, element.box), default=None)


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

"""Search: which element of a page is the one that was there before, where that is clear."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from recorder.healing import Candidate
from storycast.drift.comparison.element import Element, read_elements
from storycast.drift.comparison.match import Pairs, kinship, likeness, match, similarity

if TYPE_CHECKING:
    from recorder.snapshot import Node, Snapshot
    from recorder.take import Box, Target

__all__ = ["ALIKE", "element_at", "find_again", "same_attribute"]

ALIKE = 0.6
"""From this likeness of their names on, two things in the same place are the same."""

_LEAST_SCORE = 0.5
_LEAST_MARGIN = 0.1
_LASTING = ("id", "name", "href")
_SAME_PLACE = 0.5  # of what both boxes cover
_TOLD = frozenset({"button", "link", "menuitem", "tab", "option"})
"""What shows its name as its text."""


def find_again(target: Target, before: Snapshot, after: Snapshot) -> Candidate | None:
    """Return the node of ``after`` that is ``target``, an element of ``before``.

    None where it is gone, or where nothing tells surely enough which one it is.
    """
    old_page, new_page = read_elements(before), read_elements(after)
    old = element_at(old_page, target.box, target.role, target.name)
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
    same = same_attribute(old.attributes, new.attributes)
    if same:
        known.append(f"its {same}")
    in_place = _is_in_place(old, new, pairs)
    names = old.content, new.content
    if in_place and kinship(old.role, new.role) and (not any(names) or likeness(*names) >= ALIKE):
        known.append("its place among the same neighbours")
    return " and ".join(known)


def same_attribute(one: Mapping[str, str], other: Mapping[str, str]) -> str:
    """Return the name of a lasting attribute that both have alike; empty where none is."""
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


def element_at(elements: Sequence[Element], box: Box, role: str, name: str) -> Element | None:
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

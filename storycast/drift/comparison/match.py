"""Matching: which element of a page is which of the page as it was, one to one."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from typing import TypeAlias

from storycast.drift.comparison.element import Element

__all__ = ["SAYING", "Pairs", "kinship", "likeness", "match", "similarity"]

Pairs: TypeAlias = dict[Element, Element]
"""Elements of before, and which they are now."""

_SAME = 0.55
"""From this likeness on, 0 to 1, two elements with the same surroundings are the same."""

_SAME_ELSEWHERE = 0.7
"""As much, for elements that stand somewhere else."""

_MOST_CANDIDATES = 80
_NEAR_PX = 400.0
_GROWN = 8.0
"""So many times as large, or as small, nothing of the same name is, unless it is another one."""

_RANDOM = re.compile(r"\d{3,}|[0-9a-f]{8,}|^:r\w+:$|--\d")
_KIN = ({"button", "link", "menuitem", "tab"}, {"textbox", "searchbox", "combobox", "spinbutton"})
SAYING = frozenset(
    {
        "text",
        "heading",
        "paragraph",
        "LabelText",
        "caption",
        "strong",
        "Legend",
        "generic",
        "status",
    }
)
"""Roles of what only says something: a heading that becomes a label is the same to a reader."""

_ATTRIBUTES = (("id", 3.0), ("name", 2.0), ("href", 2.0), ("placeholder", 1.0), ("title", 1.0))


def match(before: Sequence[Element], after: Sequence[Element]) -> Pairs:
    """Return which elements of ``before`` are which of ``after``.

    First those that are the only ones of their kind on both sides, then what stands in the same
    order between them, and in the end what is most alike.
    """
    pairs: Pairs = {}
    if before and after:
        pairs[before[0]] = after[0]
    for key in (_path, _own, _said, _identity):
        _pair_unique(before, after, pairs, key)
    for _ in range(3):
        _pair_holders(before, pairs)
        _pair_children(pairs)
    _pair_rest(before, after, pairs)
    _pair_children(pairs)
    return pairs


def _path(element: Element) -> Hashable:
    above = tuple((each.role, each.name) for each in element.ancestors)[:4]
    return (element.role, element.name, element.tag, above) if element.name else None


def _own(element: Element) -> Hashable:
    return (element.role, element.name) if element.name else None


def _said(element: Element) -> Hashable:
    """What it says, where that is all that a reader has of it."""
    return element.name if element.name and element.role in SAYING else None


def _identity(element: Element) -> Hashable:
    name = element.attributes.get("id", "")
    return (element.role, name) if name and not _RANDOM.search(name) else None


def _pair_unique(
    before: Iterable[Element],
    after: Iterable[Element],
    pairs: Pairs,
    key: Callable[[Element], Hashable],
) -> None:
    taken = set(pairs.values())
    sides: list[dict[Hashable, list[Element]]] = []
    for elements, known in ((before, pairs.keys()), (after, taken)):
        side: dict[Hashable, list[Element]] = defaultdict(list)
        for element in elements:
            if element not in known and (own := key(element)) is not None:
                side[own].append(element)
        sides.append(side)
    for own, found in sides[0].items():
        others = sides[1].get(own, [])
        if len(found) == len(others) == 1 and not _is_another(found[0], others[0]):
            pairs[found[0]] = others[0]


def _is_another(one: Element, other: Element) -> bool:
    """Whether a name has gone over to something else: from a line to the arrow at its end."""
    if one.role not in _KIN[0] or not (one.has_size and other.has_size):
        return False
    ratio = (one.box.width * one.box.height) / (other.box.width * other.box.height)
    return bool(one.children) != bool(other.children) and not 1 / _GROWN < ratio < _GROWN


def _pair_children(pairs: Pairs) -> None:
    """Pair what the same element holds on both sides: the equal in order, then the alike."""
    known = {new: old for old, new in pairs.items()}
    pending = list(pairs.items())
    while pending:
        old, new = pending.pop()
        left = [child for child in old.children if child not in pairs]
        right = [child for child in new.children if child not in known]
        if not left or not right:
            continue
        found = _in_order(old.children, new.children, pairs, known)
        first, second = dict(found).keys(), set(dict(found).values())
        left = [child for child in left if child not in first]
        right = [child for child in right if child not in second]
        found += _most_alike(left, right, pairs, _SAME)
        for one, other in found:
            pairs[one], known[other] = other, one
        pending += found


def _in_order(
    first: Sequence[Element], second: Sequence[Element], pairs: Pairs, known: Pairs
) -> list[tuple[Element, Element]]:
    """Pair the equal that stand in the same order, between those that are paired already.

    ``known`` are the pairs the other way round.
    """

    def key(element: Element, paired: Element | None) -> Hashable:
        return id(paired) if paired else (element.role, element.content, element.tag)

    before = [key(each, each if each in pairs else None) for each in first]
    after = [key(each, known.get(each)) for each in second]
    return [
        (first[block.a + number], second[block.b + number])
        for block in SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
        for number in range(block.size)
        if first[block.a + number] not in pairs
    ]


def _pair_holders(before: Iterable[Element], pairs: Pairs) -> None:
    """Pair elements without a name that hold the same ones."""
    taken = set(pairs.values())
    for element in reversed(tuple(before)):
        if element in pairs:
            continue
        holders = Counter(
            holder
            for child in element.children
            if child in pairs and (holder := pairs[child].parent) is not None
        )
        for holder, count in holders.most_common(1):
            if (
                holder not in taken
                and holder.role == element.role
                and (2 * count >= len(element.children))
            ):
                pairs[element] = holder
                taken.add(holder)


def _pair_rest(before: Iterable[Element], after: Iterable[Element], pairs: Pairs) -> None:
    """Pair what stands elsewhere now; what is as like several others is nobody's."""
    taken = set(pairs.values())
    left = [each for each in before if each not in pairs and (each.name or each.attributes)]
    right = [each for each in after if each not in taken and (each.name or each.attributes)]
    pairs.update(
        _most_alike(left[:_MOST_CANDIDATES], right[:_MOST_CANDIDATES], pairs, _SAME_ELSEWHERE)
    )


def _most_alike(
    left: Sequence[Element], right: Sequence[Element], pairs: Pairs, least: float
) -> list[tuple[Element, Element]]:
    scores = sorted(
        (
            (score, -one.place, -other.place, one, other)
            for one in left[:_MOST_CANDIDATES]
            for other in right[:_MOST_CANDIDATES]
            if (score := similarity(one, other, pairs)) >= least
        ),
        key=lambda each: each[:3],
        reverse=True,
    )
    found: Pairs = {}
    for _, _, _, one, other in scores:
        if one not in found and other not in found.values():
            found[one] = other
    return list(found.items())


def similarity(one: Element, other: Element, pairs: Pairs | None = None) -> float:
    """How like two elements are, 0 to 1: by role, name, attributes, surroundings and place."""
    total, reached = 3.0, 3.0 * kinship(one.role, other.role)
    if not reached:
        return 0.0
    if one.content or other.content:
        total += 4.0
        reached += 4.0 * likeness(one.content, other.content)
    for name, weight in _ATTRIBUTES if one.role == other.role else ():
        old, new = one.attributes.get(name, ""), other.attributes.get(name, "")
        if (old or new) and not (_RANDOM.search(old) and _RANDOM.search(new)):
            # That they are the same says more than that they are not: who names them anew may do
            # so for no reader's sake.
            total += weight if old == new else weight / 3
            reached += weight * (old == new)
    if pairs is not None and one.parent is not None:
        total += 1.5
        reached += 1.5 * _share_surroundings(one, other, pairs)
    total += 1.5
    reached += 1.0 * _nearness(one, other) + 0.5 * _size_likeness(one, other)
    return reached / total


def _share_surroundings(one: Element, other: Element, pairs: Pairs) -> bool:
    """Whether the same holds both; a form or the like that is gone or new does not count."""
    above = next((each for each in one.ancestors if each in pairs), None)
    if one.parent is None or other.parent is None or above is None:
        return False
    if one.parent in pairs or above.role in {"page", "main"}:
        return pairs.get(one.parent) is other.parent
    return pairs[above] in other.ancestors


def kinship(one: str, other: str) -> float:
    """How like two roles are to a reader: 1 the same, 0 nothing in common."""
    if one == other:
        return 1.0
    return 0.6 if any({one, other} <= kin for kin in _KIN) else 0.0


@lru_cache(maxsize=8192)
def likeness(one: str, other: str) -> float:
    """How like two names are, 0 to 1."""
    if one == other:
        return 1.0
    if not one or not other:
        return 0.0
    first, second = one.casefold(), other.casefold()
    shorter, longer = sorted((first, second), key=len)
    if len(shorter) > 2 and re.search(rf"\b{re.escape(shorter)}\b", longer):
        return max(0.75, len(shorter) / len(longer))
    return SequenceMatcher(None, first, second, autojunk=False).ratio()


def _nearness(one: Element, other: Element) -> float:
    away = abs(one.box.x - other.box.x) + abs(one.box.y - other.box.y)
    return max(0.0, 1.0 - away / _NEAR_PX)


def _size_likeness(one: Element, other: Element) -> float:
    wide = min(one.box.width, other.box.width) / max(one.box.width, other.box.width, 1.0)
    high = min(one.box.height, other.box.height) / max(one.box.height, other.box.height, 1.0)
    return wide * high

"""Order: what stands in another place among its siblings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from storycast.drift.comparison.difference import Difference
from storycast.drift.comparison.element import Element
from storycast.drift.comparison.geometry import UNSEEN_PX, Pair, distance, longest_rising, shift
from storycast.drift.comparison.match import Pairs
from storycast.drift.model import Kind

__all__ = ["LANDMARKS", "find_reordered", "has_passed"]

LANDMARKS = frozenset(
    {"navigation", "main", "region", "banner", "complementary", "contentinfo", "form", "search"}
)
"""Parts of a page: they are moved, and not put in another order."""

_FIELDS = frozenset({"textbox", "combobox", "searchbox", "spinbutton", "slider"})
_CONTROLS = _FIELDS | {"checkbox", "radio", "switch", "LabelText"}


def find_reordered(pairs: Pairs) -> Iterator[Difference]:
    """Yield what stands in another place among its siblings."""
    for old, new in pairs.items():
        kept = [
            (child, pairs[child])
            for child in old.children
            if child in pairs and pairs[child].parent is new
        ]
        stays = longest_rising([other.place for _, other in kept])
        if len(stays) < len(kept):
            yield _reordering(kept, stays)


def _reordering(kept: Sequence[Pair], stays: set[int]) -> Difference:
    """What of the children of an element stands elsewhere; what went farther is what moved."""
    movers = [pair for number, pair in enumerate(kept) if number not in stays]
    passed = [
        pair
        for number, pair in enumerate(kept)
        if number in stays and any(has_passed(mover, pair) for mover in movers)
    ]
    places = [new.place for _, new in movers]
    is_one_block = places == sorted(places)
    if is_one_block and _travel(passed) > _travel(movers) + UNSEEN_PX:
        movers, passed = passed, movers
    old, new = next((pair for pair in movers if pair[0].role != "text"), movers[0])
    others = tuple(each for _, each in movers if each is not new)
    kinds, others_kinds = ({_sort(each) for each, _ in pairs} for pairs in (movers, passed))
    if old.role in LANDMARKS or kinds.isdisjoint(others_kinds):
        right, down = shift(old, new)
        return Difference(
            Kind.MOVED, old, new, before=f"{right:.0f}", after=f"{down:.0f}", along=others
        )
    is_earlier = any(new.place < each.place for one, each in passed if one.place < old.place)
    where = "before" if is_earlier else "after"
    return Difference(Kind.REORDERED, old, new, where, along=others)


def _sort(element: Element) -> str:
    """What it is to a reader who compares it with its neighbours: fields are alike."""
    return "field" if element.role in _CONTROLS else element.role


def has_passed(one: Pair, other: Pair) -> bool:
    """Whether one of them stands on the other side of the other now."""
    return (one[0].place < other[0].place) != (one[1].place < other[1].place)


def _travel(pairs: Sequence[Pair]) -> float:
    """How far these moved on average, in the direction in which each moved farther."""
    return sum(distance(*pair) for pair in pairs) / max(len(pairs), 1)

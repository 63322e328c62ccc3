"""What is seen: differences of a page's markup, told as a reader meets them or not at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Literal

from recorder.take import Box
from storycast.drift.comparison.difference import Difference
from storycast.drift.comparison.element import Element
from storycast.drift.comparison.match import SAYING, Pairs
from storycast.drift.model import Kind

__all__ = ["LABELLED", "is_seen", "keep_seen"]

_HIDDEN_PX = 2.0
"""What is no larger is there for screen readers alone."""

LABELLED = frozenset(
    {"navigation", "region", "group", "toolbar", "list", "table", "grid", "rowgroup", "row"}
    | {"form", "search", "main", "complementary", "banner", "contentinfo", "feed", "tree"}
    | {"tablist", "tabpanel", "menubar", "article", "page", "generic", "gridcell", "cell"}
)
"""What holds other things; what it is called itself is seen by nobody."""

_PLAIN = frozenset(
    {
        "text",
        "strong",
        "emphasis",
        "image",
        "generic",
        "LabelText",
        "paragraph",
        "Canvas",
        "SvgRoot",
    }
)
_CONTROLS = frozenset({"button", "link", "menuitem", "tab"})
_WAYS: tuple[Literal["x"], Literal["y"]] = ("x", "y")
_MOSTLY = 0.6
_LINES = 2.5
_SAME_PLACE = 0.5


def keep_seen(
    found: Iterable[Difference],
    before: Sequence[Element],
    after: Sequence[Element],
    pairs: Pairs,
) -> tuple[Difference, ...]:
    """Return ``found`` without what looks the same on both pages, whose elements are ``pairs``.

    Other markup around the same words is nothing new, and nothing that is gone. Where only a part
    of what an element holds is new, that part is told. What is gone and what stands in its place
    are one thing that is called otherwise.
    """
    was = _Page(before, {new: old for old, new in pairs.items()})
    is_now = _Page(after, pairs)
    kept: list[Difference] = []
    for difference in found:
        if difference.kind is Kind.ADDED:
            kept += _fresh(difference, is_now, was)
        elif difference.kind is Kind.REMOVED:
            kept += _fresh(difference, was, is_now)
        elif not _looks_the_same(difference, was, pairs):
            kept.append(difference)
    return tuple(_joined(kept))


class _Spoken:
    """What an element says, and where."""

    def __init__(self, element: Element) -> None:
        self.element, self.name = element, element.name
        self.words, self.middle = _words(element), element.box.centre


class _Page:
    """The words of a page, and where they stand; ``partners`` are of the other page's elements."""

    def __init__(self, elements: Sequence[Element], partners: Pairs) -> None:
        self._partners = partners
        self._spoken = [_Spoken(each) for each in elements if _says(each) and is_seen(each)]
        self._kept = {own for other, own in partners.items() if other.name == own.name}
        self._counts = Counter(
            each.name
            for each in (spoken.element for spoken in self._spoken)
            if not any(above.name == each.name and _says(above) for above in each.ancestors)
        )

    def count(self, element: Element) -> int:
        """How often the page says what ``element`` says."""
        return self._counts[element.name]

    def says_there(self, element: Element) -> bool:
        """Whether the same words stand where ``element`` is, however they are marked up.

        Those that are still said by what said them are not its words.
        """
        own, box = _words(element), element.box
        left = [
            each
            for each in self._spoken
            if each.name != element.name or each.element not in self._kept
        ]
        inside = [each.words for each in left if box.holds(each.middle)]
        if inside and frozenset().union(*inside) == own:
            return True
        middle = box.centre
        return any(
            own <= each.words and each.element.box.height <= _LINES * box.height
            for each in left
            if each.element.box.holds(middle)
        )

    def says_above(self, element: Element) -> bool:
        """Whether what holds ``element`` on the other page has its words in its name here."""
        partners = (self._partners.get(above) for above in element.ancestors)
        return any(element.name in each.name for each in partners if each is not None)


def is_seen(element: Element) -> bool:
    """Whether it is large enough to be seen, and what holds it too."""
    return _is_large(element) and all(
        _is_large(above) or not above.has_size for above in element.ancestors
    )


def _is_large(element: Element) -> bool:
    return element.box.width > _HIDDEN_PX and element.box.height > _HIDDEN_PX


def _says(element: Element) -> bool:
    """Whether it shows words of its own, and not only holds what does."""
    return bool(element.name) and (element.role not in LABELLED or element.is_written)


def _words(element: Element) -> frozenset[str]:
    return frozenset(element.name.casefold().split())


def _fresh(difference: Difference, own: _Page, other: _Page) -> Iterator[Difference]:
    """Yield what of an addition, or of a removal, is on its own page alone."""
    lead = difference.element
    members = dict.fromkeys((lead, *difference.along))
    saying = [each for each in members if _says(each)]
    if not saying:
        if lead.role not in LABELLED | _PLAIN and is_seen(lead):
            yield difference
        return
    fresh = [
        each
        for each in saying
        if is_seen(each)
        and own.count(each) > other.count(each)
        and not other.says_there(each)
        and not other.says_above(each)
        and not _is_icon(each)
    ]
    if len(fresh) >= _MOSTLY * len(saying):
        first = lead if lead.name or lead.role not in _PLAIN else fresh[0]
        yield _led(difference, first, tuple(each for each in members if each is not first))
        return
    chosen = set(fresh)
    for each in fresh:
        if chosen.isdisjoint(each.ancestors):
            along = tuple(inner for inner in each.family if inner is not each and inner in chosen)
            yield _led(difference, each, along)


def _led(difference: Difference, lead: Element, along: tuple[Element, ...]) -> Difference:
    if difference.old is not None:
        return replace(difference, old=lead, along=along)
    return replace(difference, new=lead, along=along)


def _is_icon(element: Element) -> bool:
    """Whether it is the picture on a button or a link, which has a name of its own."""
    return element.role == "image" and any(above.role in _CONTROLS for above in element.ancestors)


def _looks_the_same(difference: Difference, was: _Page, pairs: Pairs) -> bool:
    old, new = difference.old, difference.new
    if old is None or new is None:
        return False
    if difference.kind is Kind.STATE and difference.what == "role":
        return {old.role, new.role} <= SAYING
    if difference.kind is Kind.REORDERED:
        return _stands_the_same(new, pairs)
    if difference.kind is not Kind.RENAMED:
        return False
    return bool(old.children) and was.says_there(_placed(new, old.box))


def _stands_the_same(new: Element, pairs: Pairs) -> bool:
    """Whether what comes earlier or later in the markup stands in the same order on the page."""
    both = [(old, other) for old, other in pairs.items() if other.parent is new.parent]
    across, down = (
        [sorted(range(len(both)), key=partial(_start, both, side, way)) for side in (0, 1)]
        for way in _WAYS
    )
    return across[0] == across[1] and down[0] == down[1]


def _start(
    both: Sequence[tuple[Element, Element]], side: int, way: Literal["x", "y"], place: int
) -> float:
    box = both[place][side].box
    return box.x if way == "x" else box.y


def _placed(element: Element, box: Box) -> Element:
    """The element as if it stood at ``box``."""
    return replace(element, box=box, children=[])


def _joined(found: Sequence[Difference]) -> Iterator[Difference]:
    """Join what is gone with the one thing that is new in its place."""
    gone = [each for each in found if each.kind is Kind.REMOVED]
    new = [each for each in found if each.kind is Kind.ADDED]
    pairs: dict[Difference, Difference] = {}
    for one in gone:
        places = [each for each in new if _takes_place(one.element, each.element)]
        if len(places) == 1 and places[0] not in pairs.values():
            pairs[one] = places[0]
    taken = set(pairs.values())
    for each in found:
        if each in taken:
            continue
        yield _as_one(each, pairs[each]) if each in pairs else each


def _takes_place(old: Element, new: Element) -> bool:
    if old.role != new.role and not {old.role, new.role} <= SAYING:
        return False
    wide = min(old.box.x + old.box.width, new.box.x + new.box.width) - max(old.box.x, new.box.x)
    high = min(old.box.y + old.box.height, new.box.y + new.box.height) - max(old.box.y, new.box.y)
    if wide <= 0 or high <= 0:
        return False
    smallest = min(box.width * box.height for box in (old.box, new.box))
    largest = max(box.width * box.height for box in (old.box, new.box))
    return wide * high >= _SAME_PLACE * smallest and smallest >= _SAME_PLACE * largest


def _as_one(gone: Difference, new: Difference) -> Difference:
    old, other = gone.element, new.element
    kind = Kind.TEXT if {old.role, other.role} <= SAYING else Kind.RENAMED
    what = "text" if kind is Kind.TEXT else "name"
    return Difference(kind, old, other, what, old.name, other.name)

"""Selectors: what an area is called in CSS that differs from take to take."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from recorder.outline import Outlined
from recorder.take import Box

__all__ = ["Selector", "find_selectors"]

_NEAR_PX = 4.0
_MOST_OF_PAGE = 0.4
"""What is a larger part of the viewport is not masked: little would be left to compare."""

_WORD = re.compile(r"-?[A-Za-z_][\w-]*")
# Frameworks number their elements, and bundlers add hashes to classes.
_GENERATED = re.compile(
    r"\d{3,}|-\d+-\d+|[0-9a-f]{8,}|[a-z]\d+[a-z]|[A-Z][a-z]?\d|\d[A-Z]|^(css|sc|jsx|svelte|emotion)-"
    r"|^(ember|radix|headlessui|mui|react|select2|ui-id|ng-)|__[\w-]*\d[\w-]*$"
)
_TELLING = ("data-testid", "data-test", "data-cy", "name", "role")
_RARE = frozenset(
    {"time", "canvas", "video", "iframe", "img", "svg", "output", "progress", "meter"}
)


@dataclass(frozen=True)
class _Part:
    """A compound selector; an attribute without a value has only to be there."""

    tag: str = ""
    id: str = ""
    class_name: str = ""
    attribute: str = ""
    value: str = ""

    def matches(self, element: Outlined) -> bool:
        """Whether it selects the element."""
        return (
            self.tag in ("", element.tag)
            and self.id in ("", element.id)
            and (not self.class_name or self.class_name in element.classes)
            and (not self.attribute or self.attribute in element.attributes)
            and self.value in ("", element.attributes.get(self.attribute))
        )

    def __str__(self) -> str:
        value = f'="{self.value}"' if self.value else ""
        return "".join(
            (
                self.tag,
                f"#{self.id}" if self.id else "",
                f".{self.class_name}" if self.class_name else "",
                f"[{self.attribute}{value}]" if self.attribute else "",
            )
        )


@dataclass(frozen=True)
class Selector:
    """A selector of an element, of one within another, or of one that holds another."""

    part: _Part
    within: _Part | None = None
    holding: _Part | None = None

    def select(self, outline: Sequence[Outlined]) -> tuple[Outlined, ...]:
        """What it selects in a page."""
        holders = {
            above
            for each in outline
            if self.holding is not None and self.holding.matches(each)
            for above in _ancestors(each)
        }
        return tuple(each for each in outline if self._matches(each, holders))

    def _matches(self, element: Outlined, holders: Collection[Outlined]) -> bool:
        within = self.within
        return (
            self.part.matches(element)
            and (within is None or any(within.matches(each) for each in _ancestors(element)))
            and (self.holding is None or element in holders)
        )

    def __str__(self) -> str:
        inner = f":has({self.holding})" if self.holding else ""
        return f"{self.within} {self.part}" if self.within else f"{self.part}{inner}"


def find_selectors(
    box: Box,
    outlines: Sequence[Sequence[Outlined]],
    differing: Sequence[Box],
    viewport: tuple[int, int],
) -> Iterator[Selector]:
    """Yield a selector of each element around ``box``, the smallest element first.

    ``outlines`` are a page's elements in each take in which it is there, the one first in which it
    has this box. A selector selects in all of them, and as little as can be that holds none of the
    boxes which are ``differing``. What a frame or a component holds has none, nor most of the page.
    """
    first, *others = outlines
    most = viewport[0] * viewport[1] * _MOST_OF_PAGE
    holders = [each for each in first if _holds(each.box, box) and _area(each.box) <= most]
    for holder in sorted(holders, key=lambda each: (_area(each.box), -_depth(each))):
        ranked = []
        for place, selector in enumerate(_selectors(holder, first)):
            found = selector.select(first)
            known = all(selector.select(other) for other in others)
            if known and sum(_area(each.box) for each in found) <= most:
                waste = [each for each in found if not _is_about(each.box, differing)]
                ranked.append((len(waste), place, selector))
        if ranked:
            yield min(ranked, key=lambda each: each[:2])[-1]


def _selectors(element: Outlined, outline: Sequence[Outlined]) -> Iterator[Selector]:
    own, tag = list(_parts(element)), _Part(tag=element.tag)
    yield from (Selector(part) for part in own)
    for above in _ancestors(element):
        for within in _parts(above):
            yield from (Selector(part, within) for part in (*own, tag))
    for inner in (each for each in outline if each.parent is element):
        yield from (Selector(tag, holding=part) for part in _parts(inner))


def _parts(element: Outlined) -> Iterator[_Part]:
    """What an element is called by itself, the most lasting first."""
    if _is_lasting(element.id):
        yield _Part(id=element.id)
    attributes = element.attributes
    for name in (*_TELLING, *sorted(attributes.keys() - set(_TELLING) - {"type"})):
        if _is_lasting(attributes.get(name, "")):
            yield _Part(attribute=name, value=attributes[name])
    yield from (_Part(class_name=name) for name in element.classes if _is_lasting(name))
    yield from (_Part(attribute=name) for name in attributes if name.startswith("data-"))
    if element.tag in _RARE:
        yield _Part(tag=element.tag)


def _is_lasting(name: str) -> bool:
    """Whether it is a word, and none that was generated."""
    return bool(_WORD.fullmatch(name)) and not _GENERATED.search(name)


def _ancestors(element: Outlined) -> Iterator[Outlined]:
    above = element.parent
    while above is not None:
        yield above
        above = above.parent


def _depth(element: Outlined) -> int:
    return sum(1 for _ in _ancestors(element))


def _holds(outer: Box, inner: Box) -> bool:
    return (
        outer.x - _NEAR_PX <= inner.x
        and outer.y - _NEAR_PX <= inner.y
        and outer.x + outer.width + _NEAR_PX >= inner.x + inner.width
        and outer.y + outer.height + _NEAR_PX >= inner.y + inner.height
    )


def _is_about(box: Box, differing: Sequence[Box]) -> bool:
    return any(_holds(box, each) for each in differing)


def _area(box: Box) -> float:
    return box.width * box.height

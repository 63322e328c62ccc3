"""The finder: all that differs between two pages, each cause told once."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from storycast.drift.comparison.difference import Difference
from storycast.drift.comparison.element import Element
from storycast.drift.comparison.layout import find_layout_differences
from storycast.drift.comparison.match import Pairs, match
from storycast.drift.comparison.style import restyled
from storycast.drift.model import Kind

__all__ = ["find_differences"]

_TEXTS = frozenset(
    {"text", "paragraph", "heading", "page", "cell", "gridcell", "columnheader", "rowheader"}
    | {"caption", "term", "definition", "code", "time", "note", "status", "alert", "strong"}
)
_CELLS = frozenset({"cell", "gridcell", "columnheader", "rowheader"})
_FIELDS = frozenset({"textbox", "combobox", "searchbox", "spinbutton", "slider"})
_AROUND_STATE = frozenset({"row", "listitem", "LabelText", "group", "treeitem", *_CELLS})
"""What is often drawn otherwise when something in it is ticked or selected."""


def find_differences(
    before: Sequence[Element], after: Sequence[Element], pairs: Pairs | None = None
) -> tuple[Difference, ...]:
    """Return all that differs between a page and what it was, in the order of reading.

    ``pairs`` are which elements of both are the same, where that is known already.

    What follows from another difference is not told again: what a new element holds, what it pushes
    away, a list that is longer for it, what an opened section shows.
    """
    finder = _Finder(before, after, match(before, after) if pairs is None else pairs)
    return tuple(_told_once(sorted(finder.find(), key=lambda found: found.element.place)))


def _told_once(found: Iterable[Difference]) -> Iterator[Difference]:
    """Join what is the same in several places: a column's cells, links of another colour."""
    groups: dict[Hashable, list[Difference]] = {}
    for difference in found:
        groups.setdefault(_sameness(difference), []).append(difference)
    for group in groups.values():
        first = next((each for each in group if each.kind is Kind.RENAMED), group[0])
        others = [each for each in group if each is not first]
        along = [each for other in others for each in (other.element, *other.along)]
        yield replace(first, along=(*first.along, *along))


def _sameness(difference: Difference) -> Hashable:
    element, kind = difference.element, difference.kind
    if kind in (Kind.ADDED, Kind.REMOVED, Kind.REORDERED) and element.role in _CELLS:
        table = next((each for each in element.ancestors if each.role in ("table", "grid")), None)
        return kind, id(table)
    if kind is Kind.RESTYLED:
        more = ((name, is_now) for name, _, is_now in difference.more)
        return kind, difference.what, difference.after, *more
    if kind in (Kind.RENAMED, Kind.TEXT) and difference.what != "value":
        edit = _edit(difference.before, difference.after)
        if edit != (difference.before, difference.after):
            return "called otherwise", edit
    if kind in (Kind.RENAMED, Kind.TEXT, Kind.STATE):
        return kind, element.role, difference.what, difference.before, difference.after
    return id(difference)


def _edit(before: str, after: str) -> tuple[str, str]:
    """What of ``before`` was replaced by what of ``after``, in whole words and signs."""
    first, second = _WORDS.findall(before), _WORDS.findall(after)
    while first and second and first[0] == second[0]:
        first, second = first[1:], second[1:]
    while first and second and first[-1] == second[-1]:
        first, second = first[:-1], second[:-1]
    return "".join(first).strip(), "".join(second).strip()


_WORDS = re.compile(r"\w+|\W")


@dataclass(eq=False)
class _Finder:
    before: Sequence[Element]
    after: Sequence[Element]
    pairs: Pairs
    _hidden: list[Difference] = field(default_factory=list)

    @cached_property
    def _known(self) -> Pairs:
        """The pairs the other way round."""
        return {new: old for old, new in self.pairs.items()}

    def find(self) -> Iterator[Difference]:
        """Yield what differs; what is as large as it was can have pushed nothing."""
        found = [*self._gone(), *self._new(), *self._words(), *self._states(), *self._styles()]
        yield from found
        yield from find_layout_differences(self.pairs, (*found, *self._hidden))

    def _gone(self) -> Iterator[Difference]:
        for run in _runs(self.before, lambda each: self._is_told(each, self.pairs)):
            lead, along = _led(run)
            yield from self._shown(Difference(Kind.REMOVED, lead, None, along=along), run[0])

    def _new(self) -> Iterator[Difference]:
        for run in _runs(self.after, lambda each: self._is_told(each, self._known)):
            lead, along = _led(run)
            yield from self._shown(Difference(Kind.ADDED, None, lead, along=along), run[0])

    def _shown(self, difference: Difference, first: Element) -> Iterator[Difference]:
        """Yield it, unless it is what something before it was opened or closed for."""
        siblings = first.parent.children if first.parent else []
        before = siblings[: siblings.index(first)] if first in siblings else []
        expanded = "true" if difference.kind is Kind.ADDED else "false"
        for sibling in before[-1:]:
            for each in sibling.family:
                old, new = self._known.get(each, each), self.pairs.get(each, each)
                was, is_now = old.states.get("expanded"), new.states.get("expanded")
                if was != is_now and str(is_now).lower() == expanded:
                    self._hidden.append(difference)
                    return
        yield difference

    def _is_told(self, element: Element, known: Pairs) -> bool:
        """Whether it is new, or gone, and not only as a part of something that is so too."""
        return (
            element not in known
            and self._is_worth_telling(element, known)
            and not any(
                above not in known and self._is_worth_telling(above, known)
                for above in element.ancestors
            )
        )

    def _is_worth_telling(self, element: Element, known: Pairs) -> bool:
        """A wrapper that says nothing and holds what was there before is nothing to a reader."""
        if element.role in {"generic", "none", "presentation"}:
            return False
        if element.name or element.value:
            return element.has_size
        return element.has_size and not any(child in known for child in element.children)

    def _words(self) -> Iterator[Difference]:
        changed = {
            old: new
            for old, new in self.pairs.items()
            if (old.name != new.name or old.value != new.value)
            and not (_is_sign_of_state(old, new) or _is_tooltip(old))
        }
        called = {(old.name, new.name) for old, new in changed.items() if old.role not in _TEXTS}
        for old, new in changed.items():
            if self._is_told_inside(old, new, changed):
                continue
            if old.name == new.name or (old.role in _FIELDS and old.value != new.value):
                yield Difference(Kind.TEXT, old, new, "value", old.value, new.value)
            elif old.role not in _TEXTS:
                yield Difference(Kind.RENAMED, old, new, "name", old.name, new.name)
            elif old.role != "text" or (old.name, new.name) not in called:  # no field's label
                yield Difference(Kind.TEXT, old, new, "text", old.name, new.name)

    def _is_told_inside(self, old: Element, new: Element, changed: Pairs) -> bool:
        """Whether what is called otherwise is so because of what it holds."""
        for each in old.family:
            if each is not old and (each in changed or (each.content and each not in self.pairs)):
                return True
        return any(each.content and each not in self._known for each in new.family)

    def _states(self) -> Iterator[Difference]:
        for old, new in self.pairs.items():
            if old.role != new.role:
                yield Difference(Kind.STATE, old, new, "role", old.role, new.role)
                continue  # a field has other states than a list, and that is no news
            for name in sorted({*old.states, *new.states}):
                was, is_now = old.states.get(name, "false"), new.states.get(name, "false")
                if was != is_now:
                    around = tuple(self._drawn_around(new))
                    yield Difference(Kind.STATE, old, new, name, was, is_now, along=around)

    def _drawn_around(self, new: Element) -> Iterator[Element]:
        """Yield what is drawn otherwise for the state of something in it."""
        for above in new.ancestors:
            old = self._known.get(above)
            if above.role in _AROUND_STATE and old is not None and restyled(old, above):
                yield above

    def _styles(self) -> Iterator[Difference]:
        changed = {old: found for old, new in self.pairs.items() if (found := restyled(old, new))}
        for old, found in changed.items():
            above = old.parent
            told = changed.get(above, {}) if above is not None else {}
            own = {name: pair for name, pair in found.items() if told.get(name) != pair}
            if own and not self._follows_state(old):
                (name, (was, is_now)), *others = own.items()
                more = tuple((each, *pair) for each, pair in others)
                held = (each for each in old.family if each is not old and each in changed)
                along = tuple(self.pairs[each] for each in held)
                yield Difference(
                    Kind.RESTYLED, old, self.pairs[old], name, was, is_now, along=along, more=more
                )

    def _follows_state(self, old: Element) -> bool:
        """A disabled button is pale, and the row of a ticked box is coloured: that is told."""
        own = old.family if old.role in _AROUND_STATE else (old,)
        return any(each.states != self.pairs.get(each, each).states for each in own)


def _is_sign_of_state(old: Element, new: Element) -> bool:
    """Whether only signs are others, such as the arrow of what was opened."""
    return (
        old.states != new.states
        and old.value == new.value
        and _letters(old.name) == _letters(new.name)
    )


def _is_tooltip(element: Element) -> bool:
    """Whether its name is only shown to who points at it: how it is drawn is compared by itself."""
    return element.role == "image" and element.name == element.attributes.get("title")


def _letters(text: str) -> str:
    return "".join(letter for letter in text if letter.isalnum())


def _runs(
    elements: Iterable[Element], is_told: Callable[[Element], bool]
) -> Iterator[list[Element]]:
    """Yield what is told, and follows one another in the same element, together."""
    run: list[Element] = []
    for element in (each for each in elements if is_told(each)):
        siblings = element.parent.children if element.parent else []
        follows = (
            bool(run)
            and run[-1] in siblings
            and (siblings.index(element) - siblings.index(run[-1]) == 1)
        )
        if run and not follows:
            yield run
            run = []
        run.append(element)
    if run:
        yield run


def _led(run: Sequence[Element]) -> tuple[Element, tuple[Element, ...]]:
    """What a run is called by, a heading where there is one, and what else it is of."""
    lead = next((element for element in run if element.role == "heading"), run[0])
    return lead, tuple(each for element in run for each in element.family if each is not lead)

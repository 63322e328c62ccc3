"""Differences: what has become of each element of a page, each cause told once."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from recorder.take import Box
from storycast.drift.element import Element
from storycast.drift.match import Pairs, match
from storycast.drift.model import Kind

__all__ = ["Difference", "find_differences"]

_UNSEEN_PX = 2.0
_UNSEEN_COLOUR = 12  # of 255 in each channel
_TEXTS = frozenset(
    {"text", "paragraph", "heading", "page", "cell", "gridcell", "columnheader", "rowheader"}
    | {"caption", "term", "definition", "code", "time", "note", "status", "alert", "strong"}
)
_CELLS = frozenset({"cell", "gridcell", "columnheader", "rowheader"})
_FIELDS = frozenset({"textbox", "combobox", "searchbox", "spinbutton", "slider"})
_LANDMARKS = frozenset(
    {"navigation", "main", "region", "banner", "complementary", "contentinfo", "form", "search"}
)
_STRETCHED = _LANDMARKS | {"list", "table", "grid", "rowgroup", "row", "group", "LabelText", "page"}
"""What is as large as what it holds, or as what stands beside it."""

_NOTABLE = 1.15
"""So many times as large, or as small, something is that was made so, and did not just give way."""


@dataclass(frozen=True, eq=False)
class Difference:
    """What has become of one element.

    ``old`` is missing where it is new, ``new`` where it is gone. ``what`` names the property and
    ``before`` and ``after`` its values, where it is about such; ``along`` are elements that go with
    it: what it holds, and what moved for the same reason. ``area`` is where it looks different.
    """

    kind: Kind
    old: Element | None
    new: Element | None
    what: str = ""
    before: str = ""
    after: str = ""
    along: tuple[Element, ...] = ()
    area: Box | None = None

    @property
    def element(self) -> Element:
        """The element as it is now, or as it was."""
        found = self.new or self.old
        assert found is not None  # noqa: S101 - one of both is there
        return found


def find_differences(before: Sequence[Element], after: Sequence[Element]) -> tuple[Difference, ...]:
    """Return all that differs between a page and what it was, in the order of reading.

    What follows from another difference is not told again: what a new element holds, what it pushes
    away, a list that is longer for it.
    """
    finder = _Finder(before, after, match(before, after))
    return tuple(_told_once(sorted(finder.find(), key=lambda found: found.element.place)))


def _told_once(found: Iterable[Difference]) -> Iterator[Difference]:
    """Join what is the same in several places: a column's cells, links of another colour."""
    groups: dict[Hashable, list[Difference]] = {}
    for difference in found:
        groups.setdefault(_sameness(difference), []).append(difference)
    for first, *others in groups.values():
        along = [each for other in others for each in (other.element, *other.along)]
        yield replace(first, along=(*first.along, *along))


def _sameness(difference: Difference) -> Hashable:
    element = difference.element
    if difference.kind in (Kind.ADDED, Kind.REMOVED) and element.role in _CELLS:
        table = next((each for each in element.ancestors if each.role in ("table", "grid")), None)
        return difference.kind, id(table)
    if difference.kind in (Kind.RENAMED, Kind.TEXT, Kind.STATE, Kind.RESTYLED):
        role = "" if difference.kind is Kind.RESTYLED else element.role
        return difference.kind, role, difference.what, difference.before, difference.after
    return id(difference)


@dataclass(eq=False)
class _Finder:
    before: Sequence[Element]
    after: Sequence[Element]
    pairs: Pairs
    _causes: set[Element] = field(default_factory=set)

    def find(self) -> Iterator[Difference]:
        found = [*self._gone(), *self._new(), *self._words(), *self._states(), *self._styles()]
        self._causes.update(difference.element for difference in found)
        ordered = list(self._reordered())
        yield from found
        yield from ordered
        if not ordered:
            yield from self._shapes()

    def _gone(self) -> Iterator[Difference]:
        for run in _runs(self.before, lambda each: self._is_told(each, self.pairs)):
            lead, along = _led(run)
            yield Difference(Kind.REMOVED, lead, None, along=along)

    def _new(self) -> Iterator[Difference]:
        known = {new: old for old, new in self.pairs.items()}
        for run in _runs(self.after, lambda each: self._is_told(each, known)):
            lead, along = _led(run)
            yield Difference(Kind.ADDED, None, lead, along=along)

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
            old for old, new in self.pairs.items() if old.name != new.name or old.value != new.value
        }
        called = {(old.name, self.pairs[old].name) for old in changed if old.role not in _TEXTS}
        for old, new in self.pairs.items():
            if old not in changed or self._is_told_inside(old, new, changed):
                continue
            if old.name == new.name or (old.role in _FIELDS and old.value != new.value):
                yield Difference(Kind.TEXT, old, new, "value", old.value, new.value)
            elif old.role not in _TEXTS:
                yield Difference(Kind.RENAMED, old, new, "name", old.name, new.name)
            elif old.role != "text" or (old.name, new.name) not in called:  # no field's label
                yield Difference(Kind.TEXT, old, new, "text", old.name, new.name)

    def _is_told_inside(self, old: Element, new: Element, changed: set[Element]) -> bool:
        """Whether what is called otherwise is so because of what it holds."""
        if any(each in changed or each not in self.pairs for each in old.family if each is not old):
            return True
        taken = set(self.pairs.values())
        return any(each not in taken for each in new.family)

    def _states(self) -> Iterator[Difference]:
        for old, new in self.pairs.items():
            if old.role != new.role:
                yield Difference(Kind.STATE, old, new, "role", old.role, new.role)
            for name in sorted({*old.states, *new.states}):
                was, is_now = old.states.get(name, "false"), new.states.get(name, "false")
                if was != is_now:
                    yield Difference(Kind.STATE, old, new, name, was, is_now)

    def _styles(self) -> Iterator[Difference]:
        restyled = {old: found for old, new in self.pairs.items() if (found := _restyled(old, new))}
        for old, found in restyled.items():
            above = old.parent
            told = restyled.get(above, {}) if above is not None else {}
            own = {name: pair for name, pair in found.items() if told.get(name) != pair}
            if own and not _follows_state(old, self.pairs[old]):
                name, (was, is_now) = next(iter(own.items()))
                along = tuple(each for each in old.family if each is not old and each in restyled)
                yield Difference(
                    Kind.RESTYLED, old, self.pairs[old], name, was, is_now, along=along
                )

    def _reordered(self) -> Iterator[Difference]:
        for old, new in self.pairs.items():
            kept = [
                (child, self.pairs[child])
                for child in old.children
                if child in self.pairs and self.pairs[child].parent is new
            ]
            stays = _longest_rising([other.place for _, other in kept])
            moved = [pair for number, pair in enumerate(kept) if number not in stays]
            if moved:
                one, other = moved[0]
                kind = Kind.MOVED if one.role in _LANDMARKS else Kind.REORDERED
                others = tuple(each for _, each in kept if each is not other)
                right, down = _shift(one, other)
                yield Difference(
                    kind, one, other, before=f"{right:.0f}", after=f"{down:.0f}", along=others
                )

    def _shapes(self) -> Iterator[Difference]:
        """Yield what was resized or moved by itself, and not by what changed otherwise.

        What is new, gone, longer or larger makes room or takes it: then only what it cannot have
        pushed is told.
        """
        sized = [
            (old, new)
            for old, new in self.pairs.items()
            if old.has_size and new.has_size and not (old.passes or new.passes)
        ]
        resized = [pair for pair in sized if _is_resized(*pair)]
        if not self._causes:
            own = [pair for pair in resized if pair[0].role not in _STRETCHED] or resized
            # Cells are as wide as their table makes them.
            yield from self._resized(resized if any(old.role in _CELLS for old, _ in own) else own)
        moved = [pair for pair in sized if _is_moved(*pair) and pair[1].role != "page"]
        yield from self._moves(sorted(moved, key=lambda pair: pair[1].place))
        if not self._causes and resized:
            yield from self._resized(resized)

    def _resized(self, resized: Sequence[tuple[Element, Element]]) -> Iterator[Difference]:
        """Yield the one that is so many times as large as no other; the rest gave way to it."""
        ratios = {pair: _ratio(*pair) for pair in resized}
        most = max(ratios.values(), default=1.0)
        if most < _NOTABLE and not any(pair[0].role not in _STRETCHED for pair in resized):
            return
        chosen = next((pair for pair in resized if ratios[pair] >= most * 0.99), None)
        if chosen is not None:
            for above in chosen[0].ancestors:  # a card that is larger, and not only its text
                pair = (above, self.pairs.get(above, above))
                if ratios.get(pair, 0) >= _NOTABLE and above.role not in _STRETCHED:
                    chosen = pair
            self._causes.add(chosen[1])
            others = tuple(new for _, new in resized if new is not chosen[1])
            yield Difference(Kind.RESIZED, *chosen, along=others)

    def _moves(self, moved: Sequence[tuple[Element, Element]]) -> Iterator[Difference]:
        shifts = {new: _shift(old, new) for old, new in moved}
        for old, new in moved:
            shift = shifts[new]
            is_carried = new.parent is not None and _alike(shifts.get(new.parent), shift)
            if is_carried or self._is_pushed(old, new, shift):
                continue
            along = tuple(
                other for other in shifts if other is not new and _alike(shifts[other], shift)
            )
            self._causes.add(new)
            right, down = shift
            yield Difference(
                Kind.MOVED, old, new, before=f"{right:.0f}", after=f"{down:.0f}", along=along
            )

    def _is_pushed(self, old: Element, new: Element, shift: tuple[float, float]) -> bool:
        """Whether something that changed stands where it can have pushed this one."""
        for cause in self._causes:
            if cause in new.family or cause in new.ancestors:
                return True
            if abs(shift[1]) > _UNSEEN_PX and cause.box.y <= max(old.box.y, new.box.y) + _UNSEEN_PX:
                return True
            near = self._shares_parent(cause, old, new)
            if abs(shift[0]) > _UNSEEN_PX and near:
                return True
        return False

    def _shares_parent(self, cause: Element, old: Element, new: Element) -> bool:
        around = {
            each
            for each in (cause.parent, *(cause.parent.ancestors if cause.parent else ()))
            if each is not None and each.role not in {"page", "main"}
        }
        return any(above in around for above in (*new.ancestors, *old.ancestors))


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


def _restyled(old: Element, new: Element) -> dict[str, tuple[str, str]]:
    found = {}
    for name in old.styles.keys() & new.styles.keys():
        was, is_now = old.styles[name], new.styles[name]
        if was != is_now and not (_is_colour(was) and _is_close(was, is_now)):
            found[name] = (was, is_now)
    return dict(sorted(found.items()))


def _is_colour(style: str) -> bool:
    return style.startswith("rgb")


def _is_close(one: str, other: str) -> bool:
    first, second = _channels(one), _channels(other)
    if len(first) != len(second) or not first:
        return False
    if len(first) == 4 and first[3] == second[3] == 0:
        return True
    return all(
        abs(a - b) <= _UNSEEN_COLOUR for a, b in zip(first[:3], second[:3], strict=True)
    ) and (first[3:] == second[3:])


def _channels(style: str) -> list[float]:
    try:
        return [float(word) for word in style.partition("(")[2].rstrip(")").split(",")]
    except ValueError:
        return []


def _follows_state(old: Element, new: Element) -> bool:
    """A disabled button is pale: that is told already."""
    return old.states != new.states


def _is_resized(old: Element, new: Element) -> bool:
    wider, higher = new.box.width - old.box.width, new.box.height - old.box.height
    return max(abs(wider), abs(higher)) > _UNSEEN_PX


def _is_moved(old: Element, new: Element) -> bool:
    return max(map(abs, _shift(old, new))) > _UNSEEN_PX


def _shift(old: Element, new: Element) -> tuple[float, float]:
    return new.box.x - old.box.x, new.box.y - old.box.y


def _alike(one: tuple[float, float] | None, other: tuple[float, float]) -> bool:
    return one is not None and (
        abs(one[0] - other[0]) <= _UNSEEN_PX and abs(one[1] - other[1]) <= _UNSEEN_PX
    )


def _ratio(old: Element, new: Element) -> float:
    """How many times as large, or as small, it is in one direction."""
    wide = new.box.width / old.box.width
    high = new.box.height / old.box.height
    return max(wide, 1 / wide, high, 1 / high)


def _longest_rising(numbers: Sequence[int]) -> set[int]:
    """The places of the longest rising part of ``numbers``."""
    ends: list[int] = []
    last: list[int] = []
    before: dict[int, int | None] = {}
    for place, number in enumerate(numbers):
        at = bisect_left(ends, number)
        before[place] = last[at - 1] if at else None
        ends[at : at + 1] = [number]
        last[at : at + 1] = [place]
    found: set[int] = set()
    link = last[-1] if last else None
    while link is not None:
        found.add(link)
        link = before[link]
    return found

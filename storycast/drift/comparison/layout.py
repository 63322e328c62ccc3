"""Layout: what was moved or resized by itself, and not by what changed."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from storycast.drift.comparison.difference import Difference
from storycast.drift.comparison.element import Element
from storycast.drift.comparison.geometry import (
    UNSEEN_PX,
    Pair,
    Shift,
    alike,
    area,
    distance,
    growth,
    is_above,
    is_level,
    is_moved,
    is_resized,
    longest_rising,
    ratio,
    shift,
)
from storycast.drift.comparison.match import Pairs
from storycast.drift.comparison.order import LANDMARKS, find_reordered, has_passed
from storycast.drift.model import Kind

__all__ = ["find_layout_differences"]

_CELLS = frozenset({"cell", "gridcell", "columnheader", "rowheader"})
_STRETCHED = LANDMARKS | {"list", "table", "grid", "rowgroup", "row", "group", "LabelText", "page"}
"""What is as large as what it holds, or as what stands beside it."""

_MOST_GROUPS = 16
_FIELDS = frozenset({"textbox", "combobox", "searchbox", "spinbutton", "slider"})
"""What is as large as it was made, whatever it holds."""

_NOTABLE = 1.15
"""So many times as large, or as small, something is that was made so, and did not just give way."""


def find_layout_differences(pairs: Pairs, found: Iterable[Difference]) -> Iterator[Difference]:
    """Yield what was moved, resized or put in another order by itself.

    What is new, gone, longer or larger makes room or takes it: of the differences ``found``, those
    are causes; then only what they cannot have pushed is told.
    """
    layout = _Layout(pairs)
    for difference in found:
        layout.take_room(difference)
    ordered = list(find_reordered(pairs))
    yield from ordered
    if not ordered:
        yield from layout.shapes()


@dataclass(frozen=True, eq=False)
class _Group:
    """Elements that moved in the same way, those first that nothing carried."""

    shift: Shift
    leads: tuple[Pair, ...]
    along: tuple[Element, ...]

    @property
    def travel(self) -> float:
        """How far they moved."""
        return max(map(abs, self.shift))

    @property
    def distance(self) -> float:
        """How far the middle of the one that went farthest is from where it was."""
        return max(distance(*pair) for pair in self.leads)

    @property
    def lead(self) -> Pair:
        """What they are called by: the largest, where that is a landmark, or else the first."""
        landmarks = [pair for pair in self.leads if pair[0].role in LANDMARKS]
        return max(landmarks, key=lambda pair: area(pair[0].box), default=self.leads[0])


@dataclass(eq=False)
class _Layout:
    pairs: Pairs
    _causes: list[Pair] = field(default_factory=list)

    @cached_property
    def _known(self) -> Pairs:
        return {new: old for old, new in self.pairs.items()}

    @cached_property
    def _sized(self) -> list[Pair]:
        return [
            (old, new)
            for old, new in self.pairs.items()
            if old.has_size and new.has_size and not (_is_loose(old) or _is_loose(new))
        ]

    def take_room(self, difference: Difference) -> None:
        """Count a difference among the causes where it takes more room or less than before."""
        old, new = difference.old, difference.new
        # A tick box is as large as it was, whatever is written beside it now.
        is_called = difference.kind is Kind.RENAMED
        if old is None or new is None or is_called or self._has_grown(old):
            self._causes.append((difference.old or difference.element, difference.element))

    def _has_grown(self, old: Element) -> bool:
        """Whether anything of an element is larger or smaller than it was."""
        held = ((each, self.pairs[each]) for each in old.family if each in self.pairs)
        return any(is_resized(*pair) for pair in held)

    def shapes(self) -> Iterator[Difference]:
        """Yield what was resized or moved."""
        for old, new in self.pairs.items():
            # What is told as a part of something else takes room all the same.
            says_more = old.name != new.name or _is_loose(old) or _is_loose(new)
            if says_more and is_resized(old, new):
                self._causes.append((old, new))
        resized = [pair for pair in self._sized if is_resized(*pair)]
        if not self._causes:
            own = [pair for pair in resized if pair[0].role not in _STRETCHED] or resized
            # Cells are as wide as their table makes them.
            yield from self._resized(resized if any(old.role in _CELLS for old, _ in own) else own)
        yield from self._moves()
        if not self._causes and resized:
            yield from self._resized(resized)

    def _resized(self, resized: Sequence[Pair]) -> Iterator[Difference]:
        """Yield the one that is so many times as large as no other; the rest gave way to it."""
        ratios = {pair: ratio(*pair) for pair in resized if not self._went_along(*pair)}
        most = max(ratios.values(), default=1.0)
        if most < _NOTABLE and not any(pair[0].role not in _STRETCHED for pair in ratios):
            return
        chosen = next((pair for pair in ratios if ratios[pair] >= most * 0.99), None)
        if chosen is not None:
            for above in chosen[0].ancestors:  # a card that is larger, and not only its text
                pair = (above, self.pairs.get(above, above))
                notable = ratios.get(pair, 0) >= _NOTABLE and above.role not in _STRETCHED
                if notable or self._stretches(pair, chosen):
                    chosen = pair
            if self._is_outrun(chosen):
                return
            self._causes.append(chosen)
            others = tuple(new for _, new in resized if new is not chosen[1])
            yield Difference(Kind.RESIZED, *chosen, along=others)

    def _is_outrun(self, chosen: Pair) -> bool:
        """Whether something before it went sideways that it cannot have pushed."""
        self._causes.append(chosen)
        outrun = any(
            abs(shift(old, new)[0]) > UNSEEN_PX and not self._is_pushed(old, new, shift(old, new))
            for old, new in self._sized
            if new.place < chosen[1].place and new not in chosen[1].ancestors
        )
        self._causes.pop()
        return outrun

    def _went_along(self, old: Element, new: Element) -> bool:
        """Whether others that are as large as they were went sideways as far as this one did."""
        right, wider = shift(old, new)[0], growth(old, new)[0]
        if min(abs(right), abs(right + wider), abs(right + wider / 2)) <= UNSEEN_PX:
            return False  # it grew from its edge, or from its middle
        first = bisect_left(self._sideways, right - UNSEEN_PX)
        others = bisect_right(self._sideways, right + UNSEEN_PX) - first
        return others > sum(1 for _ in old.family)

    @cached_property
    def _sideways(self) -> list[float]:
        """How far to the right what is as large as it was has moved, in rising order."""
        return sorted(shift(*pair)[0] for pair in self._sized if not is_resized(*pair))

    def _stretches(self, pair: Pair, chosen: Pair) -> bool:
        """Whether something made all that it holds as much wider or narrower as it is itself."""
        wider = growth(*chosen)[0]
        if pair[0].role in {"page", "main"} or abs(growth(*pair)[0] - wider) > UNSEEN_PX:
            return False
        held = [(old, self.pairs[old]) for old in pair[0].children if old in self.pairs]
        alike = [each for each in held if abs(growth(*each)[0] - wider) <= UNSEEN_PX]
        return abs(wider) > UNSEEN_PX and len(alike) > 1 and 2 * len(alike) >= len(held)

    def _moves(self) -> Iterator[Difference]:
        groups = self._groups()
        pushed = {
            group: [other for other in groups if _gives_way(other, group)]
            for group in _foremost(groups)
        }
        passive = {other for others in pushed.values() for other in others}
        told: set[_Group] = set()
        for group in self._by_passing(groups):
            if group in passive or group in told:
                continue
            # What went the same way past the same others went together.
            partners = [
                other
                for other, others in pushed.items()
                if other not in passive and not set(others).isdisjoint(pushed.get(group, ()))
            ] or [group]
            told.update(partners)
            leads = [
                (each, pair)
                for each in partners
                for pair in each.leads
                if not self._is_pushed(*pair, each.shift)
            ]
            if not leads:
                continue
            chosen = max(partners, key=lambda each: area(each.lead[0].box))
            old, new = chosen.lead if any(pair == chosen.lead for _, pair in leads) else leads[0][1]
            right, down = shift(old, new)
            along = [each for partner in partners for each in partner.along]
            along += self._pushed_on_the_way(groups, chosen, along)
            self._causes += [pair for _, pair in leads]
            yield Difference(
                Kind.MOVED,
                old,
                new,
                before=f"{right:.0f}",
                after=f"{down:.0f}",
                along=tuple(each for each in along if each is not new),
            )

    def _pushed_on_the_way(
        self, groups: Sequence[_Group], chosen: _Group, along: Sequence[Element]
    ) -> Iterator[Element]:
        """Yield what went sideways as far, and was only pushed up or down besides."""
        right = chosen.shift[0]
        if abs(right) > UNSEEN_PX:
            for group in groups:
                if abs(group.shift[0] - right) <= UNSEEN_PX:
                    yield from (each for each in group.along if each not in along)

    def _by_passing(self, groups: Sequence[_Group]) -> list[_Group]:
        """First those that others passed in the order of reading, what went farthest first."""
        leads = sorted(
            (pair for group in groups for pair in group.leads), key=lambda pair: pair[0].place
        )
        if len(longest_rising([new.place for _, new in leads])) == len(leads):
            return list(groups)
        passing = {
            group
            for group in groups
            for other in _foremost(groups)
            if any(has_passed(one, two) for one in group.leads for two in other.leads)
        }
        return sorted(groups, key=lambda group: -group.distance if group in passing else 0.0)

    def _groups(self) -> list[_Group]:
        """What moved, by how it moved, in the order of reading."""
        moved = [pair for pair in self._sized if is_moved(*pair) and pair[1].role != "page"]
        moved.sort(key=lambda pair: pair[1].place)
        shifts = {new: shift(old, new) for old, new in moved}
        found: dict[Shift, tuple[list[Pair], list[Element]]] = {}
        for old, new in moved:
            way = shifts[new]
            key = next((each for each in reversed(found) if alike(each, way)), way)
            leads, along = found.setdefault(key, ([], []))
            along.append(new)
            if new.parent is None or not alike(shifts.get(new.parent), way):
                leads.append((old, new))
        return [_Group(way, tuple(leads), tuple(along)) for way, (leads, along) in found.items()]

    def _is_pushed(self, old: Element, new: Element, shift: Shift) -> bool:
        """Whether something that changed stands where it can have pushed this one."""
        for cause in self._causes:
            if cause[1] in new.family or cause[1] in new.ancestors or cause[0] in old.ancestors:
                return True
            lowest = max(old.box.y, new.box.y) + UNSEEN_PX
            if abs(shift[1]) > UNSEEN_PX and min(each.box.y for each in cause) <= lowest:
                return True
            if abs(shift[0]) > UNSEEN_PX and self._is_beside(cause, (old, new)):
                return True
        return False

    def _is_beside(self, cause: Pair, pair: Pair) -> bool:
        """Whether a cause, or what it stretches, shares a line with a pair, or a table."""
        tables = {each for each in cause[0].ancestors if each.role in ("table", "grid")}
        if not tables.isdisjoint(pair[0].ancestors):
            return True
        stretched = [cause, *self._widened_by(cause)]
        return any(
            is_level(one.box, other.box) for each in stretched for one in each for other in pair
        )

    def _widened_by(self, cause: Pair) -> Iterator[Pair]:
        for element in (*cause[0].ancestors, *cause[1].ancestors):
            pair = (self._known.get(element, element), self.pairs.get(element, element))
            if element.role != "page" and abs(growth(*pair)[0]) > UNSEEN_PX:
                yield pair


def _foremost(groups: Sequence[_Group]) -> list[_Group]:
    """The first groups, and those that went farthest: what pushes all others is among them."""
    farthest = sorted(groups, key=lambda group: -group.travel)
    return list(dict.fromkeys((*groups[:_MOST_GROUPS], *farthest[:_MOST_GROUPS])))


def _gives_way(group: _Group, other: _Group) -> bool:
    """Whether ``group`` only makes room for ``other``, or fills the room that it left."""
    if group.travel >= other.travel or any(
        lead in each.ancestors for each, _ in other.leads for lead, _ in group.leads
    ):
        return False
    for axis in (0, 1):
        opposite = group.shift[axis] * other.shift[axis] < 0
        far = min(abs(group.shift[axis]), abs(other.shift[axis])) > UNSEEN_PX
        if opposite and far:
            level = is_level if axis == 0 else is_above
            return any(
                level(one.box, two.box)
                for pair in group.leads
                for another in other.leads
                for one in pair
                for two in another
            )
    return False


def _is_loose(element: Element) -> bool:
    """Whether it is as large as what it says, which differs from take to take."""
    return element.passes and element.role not in _FIELDS

"""The pointer: what looks different where it rests, and may look so by chance.

A browser tells an element that comes to lie under the pointer, or goes away from there, some time
afterwards; how it looks then differs from take to take.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING

from storycast.drift.model import Kind

if TYPE_CHECKING:
    from recorder.take import Moment, Point, Step
    from storycast.drift.comparison.difference import Difference
    from storycast.drift.comparison.element import Element

__all__ = ["Places", "find_places", "is_by_pointer"]

Places = Mapping["Moment", Collection["Point | None"]]
"""Where the pointer rested in each moment of a take; None where it had not come to the page yet."""

_LOOKS = frozenset({Kind.RESTYLED, Kind.PICTURE})
_ANSWERING = frozenset(
    {"button", "link", "tab", "menuitem", "option", "row", "listitem", "treeitem", "cell"}
    | {"gridcell", "checkbox", "radio", "switch", "combobox", "textbox"}
)


def find_places(steps: Iterable[Step]) -> Places:
    """Where the pointer of each actor rested in the moments of ``steps``."""
    places: dict[Moment, set[Point | None]] = defaultdict(set)
    rests: dict[str, Point | None] = {}
    for step in steps:
        for action in step.actions:
            if action.before is not None:
                places[action.before].add(rests.get(action.before.actor))
            rests[action.actor] = action.to or action.point or rests.get(action.actor)
            places[action.after].add(rests[action.actor])
            if action.beside is not None:
                for moment in (action.beside.before, action.beside.after):
                    places[moment].add(rests.get(moment.actor))
        if step.end is not None:
            places[step.end].add(rests.get(step.end.actor))
    return places


def is_by_pointer(
    difference: Difference, before: Collection[Point | None], now: Collection[Point | None]
) -> bool:
    """Whether only the look of something differs on which the pointer rests in both takes.

    ``before`` and ``now`` are where it may have rested. Where the same is seen without the pointer
    on it, in another moment, it is told there.
    """
    old, new = difference.old, difference.new
    if difference.kind not in _LOOKS or old is None or new is None:
        return False
    return _is_on(old, before) and _is_on(new, now)


def _is_on(element: Element, points: Collection[Point | None]) -> bool:
    answers = any(each.role in _ANSWERING for each in (element, *element.ancestors))
    return (
        answers
        and bool(points)
        and all(point is not None and element.box.holds(point) for point in points)
    )

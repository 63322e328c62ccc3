"""Parts: what looks different by itself, where the page around it has moved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from recorder.take import Box
from storycast.drift.comparison.difference import Difference
from storycast.drift.comparison.element import Element
from storycast.drift.comparison.geometry import alike, is_level, is_moved, is_resized, shift
from storycast.drift.comparison.match import Pairs
from storycast.drift.comparison.picture import count_unlike
from storycast.drift.comparison.seen import is_seen
from storycast.drift.model import Kind
from storycast.geometry import overlaps

__all__ = ["find_part_differences"]

_ICONS = frozenset({"button", "link", "image", "checkbox", "radio", "switch"})
_CONTROLS = frozenset({"button", "link", "tab", "menuitem"})
_FIELDS = frozenset({"textbox", "searchbox", "combobox", "listbox"})
_POPUPS = frozenset({"menu", "dialog", "alertdialog", "tooltip"})
_GROWN = 1.2  # in both directions: drawn larger, and not only with more room
_STRETCHED = 1.15
_WIDENED = 1.4  # a picture alone, in a line of text that stays as high
_GAP_PX = 6.0
_ALIKE = 0.1
_SAME_PX = 1.5
_LEAST_PX = 20
_LEAST_EACH_PX = 10  # where several of one role differ
_SEVERAL = 3

_Sight = tuple[Sequence[Element], bytes]


def find_part_differences(
    before: _Sight,
    after: _Sight,
    found: Sequence[Difference],
    pairs: Pairs,
    *,
    viewport: tuple[int, int],
    masks: Sequence[Box] = (),
) -> tuple[Difference, ...]:
    """Return what is drawn larger, smaller or otherwise, and is as it was else.

    ``before`` and ``after`` are a page's elements and its picture, ``found`` what is told already,
    ``pairs`` which element is which.
    Each element is compared with itself, wherever it stands now.
    """
    told = {
        side
        for each in found
        if each.kind not in (Kind.RENAMED, Kind.STATE, Kind.RESTYLED)
        for side in (each.old, each.new, *each.along)
        if side is not None
    }
    seen = {
        old: new
        for old, new in pairs.items()
        if is_seen(old)
        and is_seen(new)
        and not (old in told or new in told or old.passes)
        and _is_within(old.box, viewport)
        and _is_within(new.box, viewport)
        and not any(overlaps(new.box, mask) for mask in masks)
    }
    resized = tuple(_resized(seen, tuple(_room_of(found))))
    gone = {each.old for each in resized}
    left = {old: new for old, new in seen.items() if old not in gone}
    apart = () if resized else tuple(_apart(left, found))
    return resized + apart + tuple(_drawn(left, before, after, found, viewport))


def _is_within(box: Box, viewport: tuple[int, int]) -> bool:
    return (
        box.x >= 0
        and box.y >= 0
        and box.x + box.width <= viewport[0]
        and box.y + box.height <= viewport[1]
    )


def _resized(pairs: Pairs, room: Sequence[Box]) -> Iterator[Difference]:
    seen: set[tuple[str, int, int]] = set()
    for old, new in pairs.items():
        wide, high = new.box.width / old.box.width, new.box.height / old.box.height
        grown = min(wide, high) >= _GROWN or max(wide, high) <= 1 / _GROWN
        stretched = not 1 / _STRETCHED < wide < _STRETCHED
        widened = not (old.name or old.children) and not 1 / _WIDENED < wide < _WIDENED
        is_told = old.role in _ICONS and (grown or widened) and not _is_larger_text(old, new)
        if is_told or (old.role in _FIELDS and stretched and not _gives_way((old, new), room)):
            alike = (old.role, round(10 * wide), round(10 * high))
            if alike not in seen:
                seen.add(alike)
                along = tuple(_alike(pairs, old, wide, high))
                yield Difference(Kind.RESIZED, old, new, along=along)


def _room_of(found: Sequence[Difference]) -> Iterator[Box]:
    """Where there is room for what was gone, or less room for what is new."""
    for each in found:
        if each.kind in (Kind.ADDED, Kind.REMOVED) and is_seen(each.element):
            yield each.element.box


def _gives_way(pair: tuple[Element, Element], room: Sequence[Box]) -> bool:
    """Whether something that stood or stands beside an element explains its width."""
    wider = abs(pair[1].box.width - pair[0].box.width)
    beside = [box for box in room if any(is_level(each.box, box) for each in pair)]
    return any(box.width >= wider / 2 for box in beside)


def _apart(pairs: Pairs, found: Sequence[Difference]) -> Iterator[Difference]:
    """Yield the controls that stand nearer to the one before them, or farther from it."""
    known = {new: old for old, new in pairs.items()}
    room = [each.element.parent for each in found if each.kind in (Kind.ADDED, Kind.REMOVED)]
    for new, old in known.items():
        if new.parent is None or new.parent in room or old.parent in room:
            continue
        siblings = new.parent.children
        place = siblings.index(new)
        first = siblings[place - 1] if place else new
        before = known.get(first)
        if before is None or before.parent is not old.parent or new.parent.role == "page":
            continue
        both = ((before, first), (old, new))
        right, down = shift(old, new)
        if (
            all(each.role in _CONTROLS and not is_resized(one, each) for one, each in both)
            and not is_moved(before, first)
            and abs(right) >= _GAP_PX
            and abs(down) <= _SAME_PX
        ):
            along = [each for each in siblings[place + 1 :] if each in known]
            along = [each for each in along if alike(shift(known[each], each), (right, down))]
            way = f"{right:.0f}", f"{down:.0f}"
            yield Difference(Kind.MOVED, old, new, before=way[0], after=way[1], along=tuple(along))


def _is_larger_text(old: Element, new: Element) -> bool:
    """Whether it is larger because its letters are, which is told as such."""
    letters = _letters_px(new) / _letters_px(old)
    grown = new.box.height / old.box.height
    return old.is_written and abs(letters - 1) >= abs(grown - 1) / 2


def _letters_px(element: Element) -> float:
    try:
        return float(element.styles["font-size"].removesuffix("px")) or 1.0
    except (KeyError, ValueError):
        return 1.0


def _alike(pairs: Pairs, first: Element, wide: float, high: float) -> Iterator[Element]:
    for old, new in pairs.items():
        ratios = new.box.width / old.box.width, new.box.height / old.box.height
        is_alike = abs(ratios[0] - wide) < _ALIKE and abs(ratios[1] - high) < _ALIKE
        if old is not first and old.role == first.role and is_alike:
            yield new


def _drawn(
    pairs: Pairs,
    before: _Sight,
    after: _Sight,
    found: Sequence[Difference],
    viewport: tuple[int, int],
) -> Iterator[Difference]:
    """Yield what has its size and is drawn otherwise, the first of each role with the others."""
    restyled: set[Element] = set()
    around: set[Element] = set()
    for each in found:
        if each.kind in (Kind.RESTYLED, Kind.STATE):
            sides = [side for side in (each.new, *each.along) if side is not None]
            restyled.update(sides)
            around.update(side.parent for side in sides if side.parent is not None)
    told = _told_of(found)
    popups = [each.box for page in (before, after) for each in page[0] if each.role in _POPUPS]
    leaves = [
        (old, new)
        for old, new in pairs.items()
        if old.name
        and old.name == new.name
        and not (old.children or new.children)
        and abs(old.box.width - new.box.width) <= _SAME_PX
        and abs(old.box.height - new.box.height) <= _SAME_PX
        and not {new, new.parent} & around
        and new not in restyled
        and restyled.isdisjoint(new.ancestors)
        and not _is_covered((old, new), told)
        and (old.styles, old.states, old.value) == (new.styles, new.states, new.value)
        and not any(overlaps(old.box, popup) or overlaps(new.box, popup) for popup in popups)
    ]
    boxes = [(old.box, new.box) for old, new in leaves]
    counts = count_unlike(before[1], after[1], boxes, viewport=viewport)
    unlike: dict[str, list[tuple[Element, Element, int]]] = {}
    for (old, new), count in zip(leaves, counts, strict=True):
        if count >= _LEAST_EACH_PX:
            unlike.setdefault(old.role, []).append((old, new, count))
    for group in unlike.values():
        several = len(group) >= _SEVERAL
        drawn = [(old, new) for old, new, count in group if several or count >= _LEAST_PX]
        if drawn:
            along = tuple(new for _, new in drawn[1:])
            yield Difference(Kind.PICTURE, *drawn[0], along=along)


def _told_of(found: Sequence[Difference]) -> set[Element]:
    sides = (side for each in found for side in (each.old, each.new, *each.along))
    return {side for side in sides if side is not None and side.role != "page"}


def _is_covered(pair: tuple[Element, Element], told: set[Element]) -> bool:
    """Whether something that is told already stands over an element, before or now."""
    own = {*pair, *pair[0].ancestors, *pair[1].ancestors}
    boxes = [pair[0].box, pair[1].box]
    return any(overlaps(each.box, box) for each in told - own for box in boxes)

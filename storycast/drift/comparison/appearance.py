"""Appearance: what only looks different, where a page's structure has moved nothing."""

from __future__ import annotations

from collections.abc import Sequence

from recorder.take import Box
from storycast.drift.comparison.difference import Difference
from storycast.drift.comparison.element import Element
from storycast.drift.comparison.match import match
from storycast.drift.comparison.picture import are_same, find_unlike, holder_of
from storycast.drift.model import Kind

__all__ = ["find_picture_differences", "keep_drawn"]

_SHAPING = frozenset({Kind.ADDED, Kind.REMOVED, Kind.MOVED, Kind.RESIZED, Kind.REORDERED})
_FOCUSABLE = frozenset(
    {"button", "link", "textbox", "searchbox", "combobox", "checkbox", "radio", "tab", "menuitem"}
    | {"option", "slider", "spinbutton", "switch", "treeitem", "listbox", "gridcell"}
)


def keep_drawn(
    found: Sequence[Difference], before: bytes, after: bytes, *, viewport: tuple[int, int]
) -> list[Difference]:
    """Return ``found`` without other styles of what both pictures show as the very same.

    The page's structure was read a moment after its picture was taken, or before: a control that
    was just being left, or come to, has other styles by chance. What is told of several elements
    goes where it is seen of none of them.
    """
    restyled = [
        each for each in found
        if each.kind is Kind.RESTYLED and each.old and each.new and each.old.box == each.new.box
    ]  # fmt: skip
    if not restyled:
        return [*found]
    parts = [(each, part.box) for each in restyled for part in (each.element, *each.along)]
    same = are_same(before, after, [box for _, box in parts], viewport=viewport)
    seen = {id(each) for (each, _), is_same in zip(parts, same, strict=True) if not is_same}
    unseen = {id(each) for each in restyled} - seen
    return [each for each in found if id(each) not in unseen]


def find_picture_differences(
    before: tuple[Sequence[Element], bytes],
    after: tuple[Sequence[Element], bytes],
    found: Sequence[Difference],
    *,
    viewport: tuple[int, int],
    masks: Sequence[Box] = (),
) -> tuple[Difference, ...]:
    """Return what only looks different: pictures, drawings, icons, borders.

    ``before`` and ``after`` are a page's elements and its picture, ``found`` what differs in its
    structure. Where that has moved anything, pictures tell nothing more.
    """
    if any(each.kind in _SHAPING for each in found):
        return ()
    elements, picture = after
    explained = [*masks]
    for difference in found:
        sides = (difference.old, difference.new, *difference.along)
        explained += (each.box for each in sides if each is not None and each.role != "page")
    explained += (each.box for each in (*before[0], *elements) if each.passes)
    changed = {each.new for each in found if each.new is not None}
    for old, new in match(before[0], elements).items():
        if old.box != new.box:
            changed.add(new)
            if not (old.children or new.children):
                explained += (old.box, new.box)
    unlike = find_unlike(
        before[1],
        picture,
        viewport=viewport,
        explained=explained,
        focusable=[each.box for each in elements if each.role in _FOCUSABLE],
    )
    holders: dict[Element, Box] = {}
    for box in unlike:
        holder = holder_of(box, elements)
        # A form whose fields have moved looks different for that alone.
        if holder is not None and changed.isdisjoint(holder.family):
            holders.setdefault(holder, box)
    return tuple(
        Difference(Kind.PICTURE, holder, holder, area=box) for holder, box in holders.items()
    )

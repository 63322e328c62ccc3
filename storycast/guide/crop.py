"""The crop: which part of the screen a picture shows, so that what is marked is found and read.

A picture shows what is marked with what it belongs to: the whole menu or dialog that it is in, a
field with its label, a part of a row with what the row is about. Where that is most of the screen,
or nothing is marked, it shows all of it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

from recorder.front_matter import HighlightStyle
from recorder.snapshot import Node
from recorder.take import Box, Target
from storycast.geometry import holds_box, join_boxes, pad_box, within
from storycast.guide.node_tree import NodeTree, ReadPage
from storycast.guide.view import View

__all__ = ["Crop", "area_finder", "choose_area", "whole_screen"]

Crop = Callable[[View], Box | None]
"""Which part of the screen the picture of a view shows; None: all of it."""

_GROUPS = frozenset(
    {
        "alertdialog", "dialog", "form", "group", "listbox", "menu", "menubar", "radiogroup",
        "search", "tablist", "toolbar", "tooltip",
    }
)  # fmt: skip
"""What is read as one thing: who looks for a part of it looks for the whole."""

_LABELS = frozenset({"LabelText", "Legend", "StaticText"})
_LABELLED = frozenset(
    {
        "checkbox", "combobox", "listbox", "radio", "searchbox", "slider", "spinbutton", "switch",
        "textbox",
    }
)  # fmt: skip

_ROWS = frozenset({"listitem", "row"})
_HEADS = frozenset({"rowheader"})
_CELLS = frozenset({"cell", "gridcell", "StaticText"})

_ROW_REACH = 0.6
"""Of the screen's width: what begins a row farther away is left out."""

_MARGIN = 24.0
"""CSS pixels around what is shown: its ring, and air."""

_ARROW = 110.0
"""CSS pixels: an arrow and air."""

_LARGEST_GROUP = 0.5
"""A group that covers more than this share of the screen is no place: its part is shown without."""

_LEAST_ZOOM = 1.25
"""As in the film: what would be enlarged by less is not worth to lose sight of the rest."""

_LEAST_SHARE, _LEAST_WIDTH = 0.5, 480.0
"""A crop is as wide as this share of the screen and as this many CSS pixels: the reader sees
where he is, and pictures of a guide are alike."""

_FLATTEST, _STEEPEST = 2.2, 0.8
"""Width by height."""

_LONGEST = 2.5
"""Height by width: telephones are shorter."""

_NEAR_EDGE = 64.0
"""CSS pixels: what would miss so little of a pane or the screen shows its edge."""

_LABEL_REACH = 240.0
"""CSS pixels between a field and its label."""

_SLACK = 1.5
"""CSS pixels by which boxes of one thing differ."""


def whole_screen(view: View) -> Box | None:  # noqa: ARG001 - a `Crop` that needs no look
    """Show all of the screen."""
    return None


def area_finder(read: ReadPage, viewport: tuple[int, int]) -> Crop:
    """What finds the crops of a take's views; it reads their pages."""
    return lambda view: choose_area(view, read(view.moment), viewport)


def choose_area(view: View, page: NodeTree, viewport: tuple[int, int]) -> Box | None:
    """The part of the screen that ``view`` is about, in whole CSS pixels; None: all of it.

    ``page`` is the page at the view's moment.
    """
    focus: Box | None = None
    for spot in view.spots:
        for box in (spot.target.box, *_context(spot.target, page, viewport)):
            seen = within(box, viewport)
            if seen is not None:
                margin = _ARROW if spot.style is HighlightStyle.ARROW else _MARGIN
                focus = join_boxes(focus, pad_box(seen, margin))
    if focus is None or view.result:
        return _beginning(viewport)
    area = _shaped(focus, page, viewport)
    most = viewport[0] * viewport[1] / _LEAST_ZOOM**2
    return None if area.width * area.height > most else area


def _beginning(viewport: tuple[int, int]) -> Box | None:
    """The beginning of a screen that is too long to be seen at once; None: all of it."""
    width, height = viewport
    if height <= width * _LONGEST:
        return None
    return Box(x=0, y=0, width=width, height=math.ceil(width / _STEEPEST))


def _context(target: Target, page: NodeTree, viewport: tuple[int, int]) -> Iterator[Box]:
    """What belongs to ``target``: the smallest group that it is in, and its label."""
    place = _find(target, page)
    if place is not None:
        groups = (_extent(each, page, viewport) for each in _groups(place, page))
        most = viewport[0] * viewport[1] * _LARGEST_GROUP
        fitting = (box for box in groups if box and box.width * box.height <= most)
        yield from (box for box in [next(fitting, None)] if box)
        yield from _head(place, target, page, viewport)
    if target.role in _LABELLED and target.name:
        yield from _labels(target, page)


def _find(target: Target, page: NodeTree) -> int | None:
    """The place of the innermost node around ``target``; what covers others comes later."""
    box = pad_box(target.box, -_SLACK)
    found = [place for place, node in enumerate(page.nodes) if holds_box(node.box, box)]
    named = [place for place in found if _is_it(page.nodes[place], target)]
    return max(named or found, default=None)


def _is_it(node: Node, target: Target) -> bool:
    return node.role == target.role and holds_box(target.box, node.box, slack=_SLACK)


def _groups(place: int, page: NodeTree) -> Iterator[int]:
    """The groups that the node at ``place`` is in, itself too, the innermost first."""
    for each in (place, *page.above(place)):
        if page.nodes[each].role in _GROUPS:
            yield each


def _head(place: int, target: Target, page: NodeTree, viewport: tuple[int, int]) -> Iterator[Box]:
    """What tells the row that ``target`` is in from others: its header, or else its first words."""
    row = next((each for each in page.above(place) if page.nodes[each].role in _ROWS), None)
    if row is None:
        return
    told = [page.nodes[each] for each in page.inside(row) if page.nodes[each].name.strip()]
    heads = [node for node in told if node.role in _HEADS]
    cells = [node for node in told if node.role in _CELLS]
    for head in (heads or cells)[:1]:
        both = join_boxes(head.box, target.box)
        if both.width <= viewport[0] * _ROW_REACH:
            yield head.box


def _extent(place: int, page: NodeTree, viewport: tuple[int, int]) -> Box | None:
    """What is seen of a group; of one as large as the screen (a dimmed page) what is in it."""
    box = within(page.nodes[place].box, viewport)
    if box is None or not _spans(box, viewport):
        return box
    content: Box | None = None
    for inner in page.inside(place):
        seen = within(page.nodes[inner].box, viewport)
        if seen is not None and not _spans(seen, viewport):
            content = join_boxes(content, seen)
    return content


def _spans(box: Box, viewport: tuple[int, int]) -> bool:
    return box.width >= 0.9 * viewport[0] and box.height >= 0.9 * viewport[1]


def _labels(target: Target, page: NodeTree) -> Iterator[Box]:
    """Where the target's name is written beside it."""
    reach = pad_box(target.box, _LABEL_REACH)
    for node in page.nodes:
        is_label = node.role in _LABELS and node.name and node.name in target.name
        if is_label and holds_box(reach, node.box):
            yield node.box


def _shaped(focus: Box, page: NodeTree, viewport: tuple[int, int]) -> Box:
    """``focus`` grown to a crop of a fitting size and shape that lies on the screen."""
    width = max(focus.width, viewport[0] * _LEAST_SHARE, _LEAST_WIDTH)
    width = min(max(width, focus.height * _STEEPEST), viewport[0])
    height = min(max(focus.height, width / _FLATTEST), viewport[1])
    low, high = _pane(focus, width, page, viewport)
    left, right = _placed(focus.centre.x, width, low, high)
    left, right = _placed((left + right) / 2, right - left, 0, viewport[0])
    top, bottom = _placed(focus.centre.y, height, 0, viewport[1])
    return Box(x=left, y=top, width=right - left, height=bottom - top)


def _pane(
    focus: Box, width: float, page: NodeTree, viewport: tuple[int, int]
) -> tuple[float, float]:
    """Left and right edge of the narrowest part of the page with room for a crop this wide.

    A crop that begins where a pane begins cuts no line of its neighbour.
    """
    inner = pad_box(focus, -_MARGIN)
    seen = (within(node.box, viewport) for node in page.nodes)
    panes = [box for box in seen if box and box.width >= width and holds_box(box, inner)]
    if not panes:
        return 0.0, float(viewport[0])
    pane = min(panes, key=lambda box: box.width)
    return pane.x, pane.x + pane.width


def _placed(middle: float, length: float, low: float, high: float) -> tuple[int, int]:
    """Where a stretch around ``middle`` begins and ends, between ``low`` and ``high``."""
    start = min(max(middle - length / 2, low), high - length)
    end = start + length
    return (
        math.floor(low if start < low + _NEAR_EDGE else start),
        math.ceil(high if end > high - _NEAR_EDGE else end),
    )

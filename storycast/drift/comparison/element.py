"""Elements: a page's structure as its reader meets it, made of a snapshot."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice

from recorder.snapshot import STYLES, Node, Snapshot
from recorder.take import Box
from storycast.passing import PASSED, hide_passing

__all__ = ["LETTERS", "Element", "read_elements"]

_TEXT = "StaticText"
_PAGE = "RootWebArea"
# These are named by their author, and not by what they hold.
_NAMED_OTHERWISE = frozenset(
    {"page", "main", "region", "navigation", "form", "dialog", "group", "list", "table", "grid"}
    | {"tabpanel", "complementary", "banner", "contentinfo", "toolbar", "menu", "tree", "search"}
)
_NAMES = 8  # tell what a row or a list is
_SPACE_EM = 0.8  # between words of one line there is less, of the letters' height
_LEADING_EM = 0.4  # between the lines of one text there is less
LETTERS = ("color", "font-size", "font-weight")
"""The styles of letters."""

_UNTOLD = frozenset({"ListMarker"})
_ROLES = {_TEXT: "text", _PAGE: "page", "LineBreak": "text"}


@dataclass(eq=False)
class Element:
    """One thing on the page; ``place`` is its place in the order of reading.

    ``name`` is what it is called, or what a ``text`` says; white space counts as one space. What
    ``is_written`` shows words of its name, and not only a picture.
    """

    place: int
    role: str
    name: str
    tag: str
    value: str
    box: Box
    parent: Element | None = field(repr=False)
    states: dict[str, str] = field(default_factory=dict)
    attributes: dict[str, str] = field(default_factory=dict)
    styles: dict[str, str] = field(default_factory=dict)
    children: list[Element] = field(default_factory=list, repr=False)
    is_written: bool = False

    @property
    def passes(self) -> bool:
        """Whether what it says differs from take to take, and so its size."""
        return PASSED in self.name or PASSED in self.value

    @property
    def ancestors(self) -> Iterator[Element]:
        """Those that hold it, the nearest first."""
        above = self.parent
        while above is not None:
            yield above
            above = above.parent

    @property
    def family(self) -> Iterator[Element]:
        """It and all that it holds."""
        yield self
        for child in self.children:
            yield from child.family

    @cached_property
    def content(self) -> str:
        """What it is called, or else what it holds: its first names, one after the other."""
        if self.name:
            return self.name
        names = dict.fromkeys(each.name for each in self.family if each.name)
        return " · ".join(islice(names, _NAMES))

    @property
    def has_size(self) -> bool:
        """Whether it takes any room."""
        return self.box.width > 0 and self.box.height > 0


def read_elements(
    snapshot: Snapshot, masks: Sequence[re.Pattern[str]] = (), *, areas: Sequence[Box] = ()
) -> tuple[Element, ...]:
    """Return the elements of a page in the order of reading, the page itself first.

    What matches one of ``masks`` in names and values, or is a time of day, a moment with its date,
    an age ("2 minutes ago") or a generated id, differs from take to take, and is "⋯" instead.
    Text that only repeats what the element around it is called is a part of that element; pieces
    of text that follow each other are one, unless just one of them lies in ``areas``, which are
    not to be compared.
    """
    elements: list[Element] = []
    stack: list[tuple[int, Element]] = []
    is_ended = True  # whether the text before ended in white space
    is_left = False  # whether the node before lies in an area
    for node in snapshot.nodes:
        while stack and stack[-1][0] >= node.depth:
            stack.pop()
        parent = stack[-1][1] if stack else None
        name = hide_passing(node.name, masks)
        is_apart = is_ended or node.name[:1].isspace()
        is_ended = node.role != _TEXT or node.name[-1:].isspace()
        was_left, is_left = is_left, any(area.holds(node.box.centre) for area in areas)
        if node.role in _UNTOLD or (node.role == _TEXT and _is_told(name, parent)):
            if parent is not None and name:
                parent.is_written = True
                if name == parent.name:
                    parent.styles |= _letters(node)
            continue
        is_piece = node.role == _TEXT and was_left is is_left
        if is_piece and parent is not None and _goes_on(parent, elements, node.box):
            _append(elements[-1], name, node, is_apart=is_apart)
            continue
        element = _element(len(elements), node, name, hide_passing(node.value, masks), parent)
        elements.append(element)
        if parent is not None:
            parent.children.append(element)
        stack.append((node.depth, element))
    return tuple(elements)


def _element(place: int, node: Node, name: str, value: str, parent: Element | None) -> Element:
    return Element(
        place=place,
        role=_ROLES.get(node.role, node.role),
        name=name,
        tag=node.tag,
        value=value,
        box=node.box,
        parent=parent,
        states=node.states,
        attributes=node.attributes,
        styles=dict(zip(STYLES, node.styles, strict=False)),
    )


def _letters(node: Node) -> dict[str, str]:
    """How a text is written; an element that says only this is written so."""
    styles = dict(zip(STYLES, node.styles, strict=False))
    return {name: styles[name] for name in LETTERS if name in styles}


def _is_told(text: str, parent: Element | None) -> bool:
    """Whether a text is empty, or a part of what the element around it is called."""
    if not text:
        return True
    above = parent
    while above is not None and not above.name:
        above = above.parent
    return above is not None and text in above.name and above.role not in _NAMED_OTHERWISE


def _goes_on(parent: Element, elements: Sequence[Element], box: Box) -> bool:
    """Whether a text at ``box`` continues the one before it, on its line or on the next."""
    text = elements[-1]
    if not parent.children or parent.children[-1] is not text or text.role != "text":
        return False
    return _is_next(text.box, box)


def _is_next(text: Box, box: Box) -> bool:
    if not (text.height and box.height) or text == box:
        return True
    em = min(text.height, box.height)
    right, bottom = text.x + text.width, text.y + text.height
    if box.y < bottom - em / 2:  # the line on which the text ends
        return -_SPACE_EM * em < box.x - right < _SPACE_EM * em
    return box.y - bottom < _LEADING_EM * em and box.x < right


def _append(text: Element, more: str, node: Node, *, is_apart: bool) -> None:
    touches = node.box.x - (text.box.x + text.box.width) < 1 and (
        node.box.y < text.box.y + text.box.height
    )
    left, top = min(text.box.x, node.box.x), min(text.box.y, node.box.y)
    right = max(text.box.x + text.box.width, node.box.x + node.box.width)
    bottom = max(text.box.y + text.box.height, node.box.y + node.box.height)
    text.name = f"{text.name}{'' if touches and not is_apart else ' '}{more}"
    text.box = Box(x=left, y=top, width=right - left, height=bottom - top)

"""The foreground: what is open over a page, and which of its entries a target is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from recorder.take import Action, Step, Target
from storycast.geometry import adjoins, area, overlaps, pad_box
from storycast.guide.node_tree import NodeTree, ReadPage

__all__ = [
    "Foreground",
    "Kind",
    "Rank",
    "find_foreground",
    "find_rank",
    "find_role",
    "name_fields",
]

_UNTOLD = {"", "generic", "none", "StaticText"}
_LABEL = "LabelText"
_FIELDS = {"checkbox", "combobox", "listbox", "radio", "searchbox", "spinbutton", "textbox"}
_LETTERED = {"heading", "StaticText"}
_USED = {"button", "checkbox", "combobox", "link", "radio", "tab", "textbox"}
_OPENERS = {"button", "combobox", "link", "menuitem", "searchbox", "tab", "textbox"}


class Kind(StrEnum):
    """What can be open over a page."""

    MENU = "menu"
    DIALOG = "dialog"
    LIST = "list"


@dataclass(frozen=True)
class Foreground:
    """What is open, and what it is called ("" where nothing on the page says so)."""

    kind: Kind
    name: str


@dataclass(frozen=True)
class Rank:
    """The ``number``-th entry, counted from 1, of ``count``."""

    number: int
    count: int


_KINDS = {
    "menu": Kind.MENU,
    "dialog": Kind.DIALOG,
    "alertdialog": Kind.DIALOG,
    "listbox": Kind.LIST,
}
_REACH = 24.0
"""CSS pixels between what says that it has opened something, and that: it may be set in a frame."""

_ENTRIES = {"menuitem", "menuitemcheckbox", "menuitemradio", "option"}


def find_foreground(tree: NodeTree, targets: Sequence[Target]) -> Foreground | None:
    """What is open and holds one of ``targets``; where there are none, what was opened last."""
    if targets:
        found = (_open_around(tree, target) for target in reversed(targets))
        place = next((place for place in found if place is not None), None)
    else:
        places = (place for place in range(len(tree.nodes)) if _was_opened(tree, place))
        place = max(places, default=None)
    return None if place is None else Foreground(_kind(tree, place), _name(tree, place))


def find_rank(tree: NodeTree, target: Target) -> Rank | None:
    """Which entry of the open menu or list ``target`` is; None where it is none."""
    around, found = _open_around(tree, target), tree.find(target)
    if around is None or found is None:
        return None
    entries = [
        place
        for place in tree.inside(around)
        if tree.nodes[place].role in _ENTRIES and _holder(tree, place) == around
    ]
    entry = next((place for place in (found, *tree.above(found)) if place in entries), None)
    return None if entry is None else Rank(entries.index(entry) + 1, len(entries))


def find_role(tree: NodeTree, target: Target) -> str:
    """The role that tells most of ``target``: a word in a button is that button."""
    found = tree.find(target)
    if found is None:
        return target.role
    role = tree.nodes[found].role if target.role in _UNTOLD else target.role
    parent = next(tree.above(found), None)
    is_in_bar = parent is not None and tree.nodes[parent].role == "menubar"
    return "menu" if is_in_bar and role == "menuitem" else role


def name_fields(step: Step, read: ReadPage) -> Step:
    """``step`` with the names of labels for fields that have none, as those who see them do."""

    def named(action: Action) -> Action:
        target, moment = action.target, action.before or action.after
        if target is None or target.name.strip() or target.role not in _FIELDS:
            return action
        label = _label(read(moment), target)
        return action.model_copy(update={"target": target.model_copy(update={"name": label})})

    return step.model_copy(update={"actions": tuple(map(named, step.actions))})


def _label(tree: NodeTree, target: Target) -> str:
    """The words of the label that stands above ``target`` or beside it; "" where none does."""
    for place, node in enumerate(tree.nodes):
        if node.role == _LABEL and tree.is_seen(place) and adjoins(node.box, target.box):
            return node.name or " ".join(
                tree.nodes[inner].name
                for inner in tree.inside(place)
                if tree.nodes[inner].role in _LETTERED
            )
    return ""


def _open_around(tree: NodeTree, target: Target) -> int | None:
    found = tree.find(target)
    above = () if found is None else tree.above(found)
    return next((place for place in above if _is_open(tree, place)), None)


def _kind(tree: NodeTree, place: int) -> Kind:
    return _KINDS[tree.nodes[place].role]


def _holder(tree: NodeTree, place: int) -> int | None:
    return next((above for above in tree.above(place) if tree.nodes[above].role in _KINDS), None)


def _is_open(tree: NodeTree, place: int) -> bool:
    """Whether it is seen; a list that nothing opened is a part of the page."""
    if tree.nodes[place].role not in _KINDS or not tree.is_seen(place):
        return False
    return _kind(tree, place) is not Kind.LIST or _opener(tree, place) is not None


def _was_opened(tree: NodeTree, place: int) -> bool:
    """Whether it is open, and nothing that always stands there: what opened a list says so."""
    if not _is_open(tree, place):
        return False
    opener = _opener(tree, place) if _kind(tree, place) is Kind.LIST else None
    return opener is None or tree.nodes[opener].states.get("expanded", "").lower() == "true"


def _name(tree: NodeTree, place: int) -> str:
    """What it is called, or headed by, or else what opened it."""
    if tree.nodes[place].name.strip():
        return tree.nodes[place].name
    if _kind(tree, place) is Kind.DIALOG:
        return _heading(tree, place)
    opener = _opener(tree, place)
    return "" if opener is None else tree.nodes[opener].name


def _heading(tree: NodeTree, place: int) -> str:
    """What a dialog says first, outside of what is pressed or filled in."""
    for inner in tree.inside(place):
        node = tree.nodes[inner]
        if node.role in _LETTERED and node.name.strip():
            above = {tree.nodes[each].role for each in tree.above(inner)}
            if not above & _USED:
                return node.name
    return ""


def _opener(tree: NodeTree, place: int) -> int | None:
    """What a menu or a list hangs from: the smallest of what says so or, else, adjoins it."""
    box, within = tree.nodes[place].box, set(tree.inside(place))
    named = [
        other
        for other, node in enumerate(tree.nodes)
        if node.role in _OPENERS
        and node.name.strip()
        and other not in within
        and tree.is_seen(other)
    ]
    saying = [
        other
        for other in named
        if tree.nodes[other].states.get("expanded", "").lower() == "true"
        and overlaps(pad_box(tree.nodes[other].box, _REACH), box)
    ]
    near = saying or [other for other in named if adjoins(tree.nodes[other].box, box)]
    return min(near, key=lambda other: area(tree.nodes[other].box), default=None)

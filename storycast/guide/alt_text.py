"""The alt text: what a picture shows and where, for those who do not see it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from recorder.front_matter import HighlightStyle
from recorder.take import Box, Moment, Target
from storycast.guide.foreground import (
    Foreground,
    Kind,
    Rank,
    find_foreground,
    find_rank,
    find_role,
)
from storycast.guide.node_tree import NodeTree, ReadPage, no_page
from storycast.guide.view import View
from storycast.guide.words import ordinal_names, place_names, role_names
from storycast.key_name import split_keys
from storycast.passing import PASSED, hide_passing
from storycast.wording import Wording

__all__ = ["describe_view", "name_target"]

_LONGEST_NAME = 60
_ENTRIES = {"menuitem", "menuitemcheckbox", "menuitemradio"}
_LABEL_END = re.compile(r"(?<=\w)[\s:\uff1a*]+$")
"""Signs with which labels of fields end ("Name:", "E-mail *")."""
_LABELLED = {"button", "link", "option", "tab"} | _ENTRIES
_LISTS = {"combobox", "listbox"}


def describe_view(
    view: View,
    viewport: tuple[int, int],
    wording: Wording,
    *,
    first: int = 1,
    read: ReadPage = no_page,
    area: Box | None = None,
) -> str:
    """One sentence: what is open or else the page, what is marked in it, and where that lies.

    Of a menu or a list it says which entry is marked; of all else where in the picture.
    ``first`` is the number of the first mark where there are several; ``read`` reads the page;
    ``area`` is the part of the viewport that the picture shows (None: all of it).
    """
    area = area or Box(x=0, y=0, width=viewport[0], height=viewport[1])
    teller = _Teller(read(view.moment), area, wording)
    marked = [spot.target for spot in view.spots if spot.style is not HighlightStyle.NONE]
    targets = marked or view.targets
    opened = find_foreground(teller.tree, targets)
    if not targets:
        return teller.tell_whole(view, opened)
    scene = teller.tell_opened(opened) if opened else teller.tell_page(view.moment)
    if len(targets) == 1:
        return teller.tell_one(scene, targets[0], is_marked=bool(marked))
    return teller.tell_several(scene, targets, first, is_marked=bool(marked))


def name_target(target: Target, wording: Wording) -> str:
    """What a reader who sees the target calls it: the text on it, its name, or else its kind."""
    role = role_names(wording).get(target.role) or wording.gettext("area")
    return _name(target) or role[:1].upper() + role[1:]


@dataclass(frozen=True)
class _Teller:
    """Tells in words what is on the page of ``tree``, of which a picture shows ``area``."""

    tree: NodeTree
    area: Box
    wording: Wording

    def tell_whole(self, view: View, opened: Foreground | None) -> str:
        """A picture in which nothing is marked."""
        _ = self.wording.gettext
        if opened:
            sentence = _("{opened} after this step.") if view.result else "{opened}."
            return sentence.format(opened=self.tell_opened(opened))
        sentence = _("{page} after this step.") if view.result else "{page}."
        return sentence.format(page=self.tell_page(view.moment))

    def tell_one(self, scene: str, target: Target, *, is_marked: bool) -> str:
        """A picture in which one thing is marked, or only shown."""
        _, rank = self.wording.gettext, find_rank(self.tree, target)
        if rank:
            return _("{scene}; “{name}” is {rank}.").format(
                scene=scene, name=_name(target), rank=self._rank(rank)
            )
        sentence = (
            _("{scene}; the {thing} is marked, {place}.")
            if is_marked
            else _("{scene}; it shows the {thing}, {place}.")
        )
        thing, place = self._thing(target), self._place(target.box)
        return sentence.format(scene=scene, thing=thing, place=place)

    def tell_several(
        self, scene: str, targets: Sequence[Target], first: int, *, is_marked: bool
    ) -> str:
        """A picture in which several things are marked, or only shown."""
        _ = self.wording.gettext
        sentence = (
            _("{scene}; marked are {things}.") if is_marked else _("{scene}; it shows {things}.")
        )
        between = self.wording.pgettext("between the things of a list", "; ")
        return sentence.format(scene=scene, things=between.join(self._things(targets, first)))

    def tell_opened(self, opened: Foreground) -> str:
        """A clause that says what is open."""
        _, name = self.wording.gettext, _shorten(opened.name)
        told = {
            Kind.MENU: (_("The menu “{name}” is open"), _("A menu is open")),
            Kind.DIALOG: (_("The dialog “{name}” is open"), _("A dialog is open")),
            Kind.LIST: (_("The list “{name}” is open"), _("A list is open")),
        }
        named, nameless = told[opened.kind]
        return named.format(name=name) if name else nameless

    def tell_page(self, moment: Moment) -> str:
        """A phrase that names the page."""
        _, title = self.wording.gettext, _lasting(moment.title)
        return _("The page “{title}”").format(title=title) if title else _("The page")

    def _things(self, targets: Sequence[Target], first: int) -> Iterator[str]:
        _ = self.wording.gettext
        for number, target in enumerate(targets, start=first):
            rank = find_rank(self.tree, target)
            if rank:
                yield _("({number}) “{name}”, {rank}").format(
                    number=number, name=_name(target), rank=self._rank(rank)
                )
            else:
                yield _("({number}) the {thing}, {place}").format(
                    number=number, thing=self._thing(target), place=self._place(target.box)
                )

    def _thing(self, target: Target) -> str:
        """What it is and what it is called."""
        _ = self.wording.gettext
        role = role_names(self.wording).get(find_role(self.tree, target)) or _("area")
        name = _name(target)
        return _("{role} “{name}”").format(role=role, name=name) if name else role

    def _rank(self, rank: Rank) -> str:
        _, ordinals = self.wording.gettext, ordinal_names(self.wording)
        if rank.number <= len(ordinals):
            ordinal = ordinals[rank.number - 1]
            return _("the {ordinal} entry of {count}").format(ordinal=ordinal, count=rank.count)
        return _("entry {number} of {count}").format(number=rank.number, count=rank.count)

    def _place(self, box: Box) -> str:
        """Which ninth of the picture the middle of ``box`` lies in."""
        row = _third(box.centre.y - self.area.y, self.area.height)
        return place_names(self.wording)[row][_third(box.centre.x - self.area.x, self.area.width)]


def _name(target: Target) -> str:
    """What stands on it, or what it is called; "" where neither says anything."""
    seen = target.text if target.role in _LABELLED and len(target.text) <= _LONGEST_NAME else ""
    held = "" if target.role in _LISTS else target.text  # what was chosen before is no name
    named = _shorten(seen) or _LABEL_END.sub("", _shorten(target.name or held))
    return _without_shortcut(named) if target.role in _ENTRIES else named


def _without_shortcut(name: str) -> str:
    """The name of a menu's entry without the keys that stand beside it ("Save Ctrl+S")."""
    label, _, last = name.rpartition(" ")
    return label if label and len(split_keys(last, ())) > 1 else name


def _shorten(name: str) -> str:
    text = _lasting(name)
    if len(text) <= _LONGEST_NAME:
        return text
    return text[: _LONGEST_NAME - 1].rstrip(" …") + "…"


def _lasting(text: str) -> str:
    """A text without what would make the guide another one after each take, if more is left."""
    lasting = hide_passing(text)
    has_more = any(letter.isalnum() for letter in lasting)
    return lasting.replace(PASSED, "…") if has_more else " ".join(text.split())


def _third(place: float, length: float) -> int:
    return min(2, max(0, int(place * 3 / length)))

"""The words that name what is on a page and what is done to it, in the guide's language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from recorder.take import ActionKind
from storycast.timeline import Person
from storycast.wording import Wording

__all__ = [
    "act_names",
    "box_names",
    "entry_labels",
    "ordinal_names",
    "place_names",
    "role_names",
    "tell_doers",
    "tell_times",
]


@cache
def role_names(wording: Wording) -> Mapping[str, str]:
    """What a reader calls an element, by its ARIA role."""
    _ = wording.gettext
    return {
        "button": _("button"),
        "checkbox": _("checkbox"),
        "combobox": _("list"),
        "dialog": _("dialog"),
        "form": _("form"),
        "heading": _("heading"),
        "image": _("picture"),
        "img": _("picture"),
        "link": _("link"),
        "listbox": _("list"),
        "listitem": _("entry"),
        "menu": _("menu"),
        "menuitem": _("menu entry"),
        "menuitemcheckbox": _("menu entry"),
        "menuitemradio": _("menu entry"),
        "option": _("option"),
        "progressbar": _("progress bar"),
        "radio": _("choice"),
        "row": _("row"),
        "searchbox": _("search field"),
        "slider": _("slider"),
        "spinbutton": _("number field"),
        "switch": _("switch"),
        "tab": _("tab"),
        "table": _("table"),
        "textbox": _("text field"),
        "treeitem": _("entry"),
    }


@cache
def place_names(wording: Wording) -> tuple[tuple[str, str, str], ...]:
    """Where in a picture something lies: three rows of three."""
    _ = wording.gettext
    return (
        (_("at the upper left"), _("in the upper middle"), _("at the upper right")),
        (_("at the left"), _("in the middle"), _("at the right")),
        (_("at the lower left"), _("in the lower middle"), _("at the lower right")),
    )


@cache
def ordinal_names(wording: Wording) -> tuple[str, ...]:
    """Which entry of a menu or a list it is, from the first on; what is left out is counted."""
    pgettext = wording.pgettext
    return (
        pgettext("entry", "first"),
        pgettext("entry", "second"),
        pgettext("entry", "third"),
        pgettext("entry", "fourth"),
        pgettext("entry", "fifth"),
        pgettext("entry", "sixth"),
        pgettext("entry", "seventh"),
        pgettext("entry", "eighth"),
        pgettext("entry", "ninth"),
        pgettext("entry", "tenth"),
        pgettext("entry", "eleventh"),
        pgettext("entry", "twelfth"),
    )


@cache
def act_names(wording: Wording) -> Mapping[ActionKind, str]:
    """What the reader is told to do."""
    _ = wording.gettext
    return {
        ActionKind.OPEN: _("Open"),
        ActionKind.CLICK: _("Select"),
        ActionKind.DOUBLE_CLICK: _("Double-click"),
        ActionKind.CONTEXT_CLICK: _("Right-click"),
        ActionKind.HOVER: _("Point at"),
        ActionKind.DRAG: _("Drag"),
        ActionKind.TYPE: _("Type"),
        ActionKind.KEY: _("Press"),
        ActionKind.CLEAR: _("Clear"),
        ActionKind.UPLOAD: _("Upload"),
        ActionKind.CHOOSE: _("Choose"),
        ActionKind.SUBMIT: _("Send"),
        ActionKind.ACCEPT: _("Answer"),
        ActionKind.HIGHLIGHT: _("Look at"),
    }


@cache
def entry_labels(wording: Wording) -> Mapping[ActionKind, str]:
    """What the reader is told to do in something that has a ``{name}``."""
    _ = wording.gettext
    return {
        ActionKind.TYPE: _("Type in “{name}”"),
        ActionKind.CHOOSE: _("Choose in “{name}”"),
        ActionKind.UPLOAD: _("Upload in “{name}”"),
        ActionKind.ACCEPT: _("Answer in “{name}”"),
    }


@cache
def box_names(wording: Wording) -> Mapping[str, str]:
    """What stands over a box of text, by its kind in MyST and on GitHub."""
    _ = wording.gettext
    return {
        "attention": _("Attention"),
        "caution": _("Caution"),
        "danger": _("Danger"),
        "error": _("Error"),
        "hint": _("Hint"),
        "important": _("Important"),
        "note": _("Note"),
        "seealso": _("See also"),
        "tip": _("Tip"),
        "warning": _("Warning"),
    }


def tell_doers(people: Sequence[Person], wording: Wording) -> str:
    """Who does a step, before it is said what."""
    names = ", ".join(wording.isolate(person.name) for person in people)
    return wording.gettext("As {name}:").format(name=names)


def tell_times(count: int, wording: Wording) -> str:
    """How often something is done."""
    return wording.ngettext("{count} time", "{count} times", count).format(count=count)

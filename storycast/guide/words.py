"""The words that a guide says by itself, all in one place so that they can be translated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from recorder.take import ActionKind

__all__ = ["ENGLISH", "Words"]

_ROLES = {
    "button": "button",
    "checkbox": "checkbox",
    "combobox": "list",
    "dialog": "dialog",
    "form": "form",
    "heading": "heading",
    "image": "picture",
    "img": "picture",
    "link": "link",
    "listbox": "list",
    "listitem": "entry",
    "menuitem": "menu entry",
    "menuitemcheckbox": "menu entry",
    "menuitemradio": "menu entry",
    "option": "option",
    "radio": "choice",
    "row": "row",
    "searchbox": "search field",
    "slider": "slider",
    "spinbutton": "number field",
    "switch": "switch",
    "tab": "tab",
    "table": "table",
    "textbox": "text field",
    "treeitem": "entry",
}
_PLACES = (
    ("at the upper left", "in the upper middle", "at the upper right"),
    ("at the left", "in the middle", "at the right"),
    ("at the lower left", "in the lower middle", "at the lower right"),
)
_ACTS = {
    ActionKind.OPEN: "Open",
    ActionKind.CLICK: "Select",
    ActionKind.DOUBLE_CLICK: "Double-click",
    ActionKind.CONTEXT_CLICK: "Right-click",
    ActionKind.HOVER: "Point at",
    ActionKind.DRAG: "Drag",
    ActionKind.TYPE: "Type",
    ActionKind.KEY: "Press",
    ActionKind.CLEAR: "Clear",
    ActionKind.UPLOAD: "Upload",
    ActionKind.CHOOSE: "Choose",
    ActionKind.SUBMIT: "Send",
    ActionKind.ACCEPT: "Answer",
    ActionKind.HIGHLIGHT: "Look at",
}


@dataclass(frozen=True)
class Words:
    """What a guide says in one language; braces hold what is filled in.

    ``roles`` names ARIA roles, ``places`` is where in a picture something lies (three rows of
    three), ``acts`` is what the reader is told to do.
    """

    skip: str = "Skip to the guide"
    contents: str = "Contents"
    steps: str = "Steps"
    step: str = "Step {number}"
    step_titled: str = "Step {number}: {title}"
    film: str = "Film"
    film_missing: str = (
        "The film is not here: it was to lie beside this page under the name “{name}”. "
        "All steps can be read without it."
    )
    chapters: str = "Chapters of the film"
    play_step: str = "Play this step in the film, from"
    undock: str = "Close the small film"
    transcript: str = "Transcript"
    captions: str = "Captions"
    enlarge: str = "Enlarge"
    picture: str = "Picture"
    close: str = "Close"
    copy: str = "Copy"
    copied: str = "Copied"
    afterwards: str = "Afterwards"
    asks: str = "The browser asks: “{text}”"
    entry_in: str = "{act} in “{name}”"
    times: str = "{count} times"
    page: str = "The page “{title}”"
    page_untitled: str = "The page"
    page_after: str = "{page} after this step."
    thing: str = "the {role} “{name}”"
    thing_unnamed: str = "the {role}"
    area: str = "area"
    marked: str = "{page}; {thing} is marked, {place}."
    marked_many: str = "{page}; marked are {things}."
    shown: str = "{page}; it shows {thing}, {place}."
    shown_many: str = "{page}; it shows {things}."
    marked_thing: str = "{number} {thing}, {place}"
    roles: Mapping[str, str] = field(default_factory=lambda: _ROLES)
    places: tuple[tuple[str, str, str], ...] = _PLACES
    acts: Mapping[ActionKind, str] = field(default_factory=lambda: _ACTS)


ENGLISH = Words()
"""English, the one language there is so far."""

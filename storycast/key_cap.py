"""Key caps: what is printed on them, in the keyboard of each language."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from storycast.wording import ENGLISH, Wording

__all__ = ["cap_label"]

_SIGNED = {
    "Command": "Cmd",
    "Meta": "Cmd",
    "Arrow left": "←",
    "Arrow right": "→",
    "Arrow up": "↑",
    "Arrow down": "↓",
    "Left": "←",
    "Right": "→",
    "Up": "↑",
    "Down": "↓",
    "Add": "+",
    "Subtract": "-",
    "Multiply": "*",
    "Divide": "/",
    "Decimal": ".",
    "Separator": ",",
    "Semicolon": ";",
    "Equals": "=",
}
"""What stands on keys in every language."""


def cap_label(key_name: str, wording: Wording = ENGLISH) -> str:
    """Return what is printed on the cap of a key that the recorder calls ``key_name``."""
    printed = _printed(wording)
    if key_name in printed:
        return printed[key_name]
    if key_name.startswith("Numpad") and key_name[6:].strip().isdigit():
        return key_name[6:].strip()
    return key_name.upper() if len(key_name) == len(key_name.upper()) == 1 else key_name


@cache
def _printed(wording: Wording) -> Mapping[str, str]:
    """What keyboards of a language print on keys that have a name."""
    pgettext = wording.pgettext
    control, shift, alt = pgettext("key", "Ctrl"), pgettext("key", "Shift"), pgettext("key", "Alt")
    enter, space = pgettext("key", "Enter") + " ↵", pgettext("key", "Space")
    backspace = pgettext("key", "Backspace")
    return _SIGNED | {
        "Control": control,
        "Left control": control,
        "Shift": shift,
        "Left shift": shift,
        "Alt": alt,
        "Left alt": alt,
        "Enter": enter,
        "Return": enter,
        "Space": space,
        " ": space,
        "Tab": pgettext("key", "Tab"),
        "Escape": pgettext("key", "Esc"),
        "Delete": pgettext("key", "Del"),
        "Insert": pgettext("key", "Ins"),
        "Backspace": backspace,
        "Back space": backspace,
        "Home": pgettext("key", "Home"),
        "End": pgettext("key", "End"),
        "Page up": pgettext("key", "PgUp"),
        "Page down": pgettext("key", "PgDn"),
    }

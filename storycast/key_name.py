"""The key's name: which words of a step's prose name keys that are pressed."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from functools import cache

from recorder.take import Step
from storycast.key_cap import cap_label
from storycast.wording import ENGLISH, Wording, every_wording

__all__ = ["names_keys", "pressed_names", "split_keys"]

_MODIFIERS = ("Control", "Shift", "Alt", "Meta")
_OTHERS = (
    "Enter", "Return", "Space", "Tab", "Escape", "Delete", "Insert", "Backspace", "Home", "End",
    "Page up", "Page down", "Arrow left", "Arrow right", "Arrow up", "Arrow down",
    *(f"F{number}" for number in range(1, 25)),
)  # fmt: skip
_ALIASES = {
    "Control": ("⌃",),
    "Shift": ("⇧", "Umschalt", "Maj"),
    "Alt": ("Option", "⌥"),
    "Meta": ("Command", "⌘", "Win", "Windows", "Super"),
    "Enter": ("↵", "⏎", "Return", "Eingabe", "Entrée"),
    "Arrow left": ("Left", "Left arrow"),
    "Arrow right": ("Right", "Right arrow"),
    "Arrow up": ("Up", "Up arrow"),
    "Arrow down": ("Down", "Down arrow"),
}
"""Names that people write, besides the key's own and what is printed on it."""

_SIGNS = re.compile(r"[⌘⌥⇧⌃]")
_PLUS = re.compile(r"\s*\+\s*")


def pressed_names(step: Step, wording: Wording) -> tuple[str, ...]:
    """Every name, in small letters, of the keys that ``step`` presses.

    A name that is also written on something that the step uses may mean that instead: it is none.
    """
    used = {_small(action.target.name) for action in step.actions if action.target}
    keys = dict.fromkeys(key for action in step.actions for key in action.keys or ())
    names = dict.fromkeys(name for key in keys for name in _names(key, wording))
    return tuple(name for name in names if name not in used)


def split_keys(text: str, pressed: Collection[str], wording: Wording = ENGLISH) -> tuple[str, ...]:
    """The keys that ``text`` names, as it writes them; none where it is no name of keys.

    Keys together ("Ctrl+S", "⌘K") begin with one that does nothing alone. One key alone is a
    name only if it is among the ``pressed`` ones, for a button may have the same.
    """
    text = text.strip()
    parts = _parts(text)
    if len(parts) == 1:
        return parts if _small(text) in pressed else ()
    modifiers, known = _known_names(wording)
    held, last = parts[:-1], parts[-1]
    is_known = len(last) == 1 or _small(last) in known
    return parts if is_known and all(_small(part) in modifiers for part in held) else ()


def names_keys(text: str, keys: Sequence[str]) -> bool:
    """Whether ``text`` names ``keys`` together, as the keyboards of any language print them."""
    text = text.strip()
    ways = (_parts(text), tuple(text.split()))  # some write "Ctrl A"
    return any(
        len(parts) == len(keys) and all(map(_is_called, keys, parts)) for parts in ways if keys
    )


def _parts(text: str) -> tuple[str, ...]:
    """What stands between plus signs, and each of the signs that keys are written as."""
    parts = tuple(_PLUS.split(text))
    if len(parts) > 1:
        return parts
    signs = len(text) - len(_SIGNS.sub("", text))
    return (*text[:signs], text[signs:]) if 0 < signs < len(text) else parts


def _is_called(key: str, name: str) -> bool:
    return _small(name) in _all_languages(key)


@cache
def _all_languages(key: str) -> frozenset[str]:
    return frozenset(name for wording in every_wording() for name in _names(key, wording))


@cache
def _known_names(wording: Wording) -> tuple[frozenset[str], frozenset[str]]:
    """The names of keys that are held, and those of all keys, in small letters."""
    modifiers = _all_names(_MODIFIERS, wording)
    return modifiers, modifiers | _all_names(_OTHERS, wording)


def _all_names(keys: Iterable[str], wording: Wording) -> frozenset[str]:
    return frozenset(name for key in keys for name in _names(key, wording))


def _names(key: str, wording: Wording) -> tuple[str, ...]:
    printed = (cap_label(key), cap_label(key, wording))
    return tuple(_small(name) for name in (key, *printed, *_ALIASES.get(key, ())))


def _small(name: str) -> str:
    """``name`` without what people write in one way or another."""
    return "".join(name.removesuffix(" ↵").split()).casefold()

"""Keys: WebDriver's special keys and their names."""

from __future__ import annotations

from selenium.webdriver.common.keys import Keys

__all__ = ["MODIFIERS", "is_special", "key_name", "pressed_key"]

MODIFIERS = frozenset(
    {
        Keys.CONTROL,
        Keys.SHIFT,
        Keys.ALT,
        Keys.META,
        Keys.LEFT_CONTROL,
        Keys.LEFT_SHIFT,
        Keys.LEFT_ALT,
        Keys.COMMAND,
    }
)
_PREFERRED = [
    "ENTER",
    "CONTROL",
    "SHIFT",
    "ALT",
    "META",
    "ARROW_LEFT",
    "ARROW_RIGHT",
    "ARROW_UP",
    "ARROW_DOWN",
    "BACKSPACE",
    "DELETE",
    "TAB",
    "ESCAPE",
    "SPACE",
]
"""Keys that have several names, by the one that people use."""

_WRITTEN = {"\n": Keys.ENTER, "\r": Keys.ENTER, "\t": Keys.TAB}
"""Characters that press a key."""

_NAMES = {value: name for name, value in vars(Keys).items() if name.isupper()}
_NAMES |= {getattr(Keys, name): name for name in _PREFERRED}


def key_name(key: str) -> str:
    """A key as people call it: ``Control``, ``Enter``, ``Arrow left``, ``s``."""
    name = _NAMES.get(pressed_key(key))
    return name.replace("_", " ").capitalize() if name else key


def pressed_key(character: str) -> str:
    """The key that ``character`` presses: itself, but for line ends and tabs."""
    return _WRITTEN.get(character, character)


def is_special(key: str) -> bool:
    """Whether ``key`` is one of WebDriver's keys that are no character (private use area)."""
    return "\ue000" <= key <= "\uf8ff"

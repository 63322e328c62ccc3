"""Names and texts as they can be read: without what icon fonts draw pictures by."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["readable_name", "readable_text"]

_ICONS = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")


def readable_name(name: str, title: str) -> str:
    """``name`` without icons; ``title``, the element's tooltip, where nothing else is in it.

    Icon fonts draw characters of Unicode's private use areas, which mean nothing anywhere else:
    https://www.unicode.org/faq/private_use.html
    """
    if not _ICONS.search(name):
        return name
    return " ".join(_ICONS.sub(" ", name).split()) or title


def readable_text(text: str, icons: Iterable[str]) -> str:
    """``text`` without the words of its ``icons``, which the page shows as pictures.

    Where there is nothing else, they are told as words: "edit_calendar" as "edit calendar".
    """
    words = text.split(" ")
    for icon in icons:
        if icon in words:
            words.remove(icon)
    return " ".join(words) or text.replace("_", " ")

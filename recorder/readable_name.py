"""An accessible name as it can be read: without the characters that icon fonts draw pictures by."""

from __future__ import annotations

import re

__all__ = ["readable_name"]

_ICONS = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")


def readable_name(name: str, title: str) -> str:
    """``name`` without icons; ``title``, the element's tooltip, where nothing else is in it.

    Icon fonts draw characters of Unicode's private use areas, which mean nothing anywhere else:
    https://www.unicode.org/faq/private_use.html
    """
    if not _ICONS.search(name):
        return name
    return " ".join(_ICONS.sub(" ", name).split()) or title

"""Translation: a storyboard told in another language, by a gettext catalogue beside it.

Where there is none, nobody waits for what reads them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from recorder.lazy import lazy_names

if TYPE_CHECKING:
    from storycast.translation.board import (
        find_languages,
        list_messages,
        read_told,
        update_catalogue,
    )
    from storycast.translation.catalogue import Message, Update

__all__ = [
    "Message",
    "Update",
    "find_languages",
    "list_messages",
    "read_told",
    "update_catalogue",
]

_HOMES = {
    "board": ("find_languages", "list_messages", "read_told", "update_catalogue"),
    "catalogue": ("Message", "Update"),
}
"""Which names each module has."""

__getattr__ = lazy_names(__name__, _HOMES)

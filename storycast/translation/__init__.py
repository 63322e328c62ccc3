"""Translation: a storyboard told in another language, by a gettext catalogue beside it."""

from __future__ import annotations

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

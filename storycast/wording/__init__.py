"""Wording: what the program itself says to a reader, in the reader's language, by gettext."""

from __future__ import annotations

from storycast.wording.wording import ENGLISH, Wording, every_wording, open_wording

__all__ = ["ENGLISH", "Wording", "every_wording", "open_wording"]

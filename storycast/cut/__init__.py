"""The cut: a take and a track laid out as a timeline. Pure: nothing is read or written."""

from __future__ import annotations

from storycast.cut.assembly import cut
from storycast.cut.burning import burn_captions

__all__ = ["burn_captions", "cut"]

"""Reach: what a storyboard's code imports, opens and runs, for a person who is about to run it."""

from __future__ import annotations

from storycast.reach.board import read_reach
from storycast.reach.use import Kind, Use, tell_uses

__all__ = ["Kind", "Use", "read_reach", "tell_uses"]

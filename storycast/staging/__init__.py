"""Staging: stages that an author keeps up, to work on pages while nothing is filmed."""

from __future__ import annotations

from storycast.staging.control import put_down, put_up, read_log, told_stages
from storycast.staging.state import ServiceState, StageState

__all__ = ["ServiceState", "StageState", "put_down", "put_up", "read_log", "told_stages"]

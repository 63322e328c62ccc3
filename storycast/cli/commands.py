"""All commands: whoever imports this has an application that knows every one of them."""

from __future__ import annotations

from storycast.cli import drift, library, machine, production, stage, storyboard, sweep
from storycast.cli.application import app

__all__ = ["app", "drift", "library", "machine", "production", "stage", "storyboard", "sweep"]

"""Small real services, and what tells what tests have started."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import psutil

from recorder import Stage, StageSettings, open_stage

__all__ = ["SERVER", "Family", "open_here", "python", "several"]

SERVER = ("python3", "-m", "http.server", "{port}", "--bind", "127.0.0.1")
"""Serves the files of the folder that it runs in."""


class Family:
    """The processes that a test has started, whatever other tests have left running."""

    def __init__(self) -> None:
        self._others = set(psutil.Process().children(recursive=True))

    def __call__(self) -> set[psutil.Process]:
        """Those that run now."""
        return set(psutil.Process().children(recursive=True)) - self._others


def python(script: str, *words: str) -> list[str]:
    """The words of a command that runs a script."""
    return [sys.executable, "-c", script, *words]


def several(services: dict[str, Any], **others: Any) -> StageSettings:
    """A stage of these services."""
    return StageSettings.model_validate({"services": services, **others})


def open_here(settings: StageSettings, folder: Path) -> Stage:
    """Open a stage whose files and logs are in ``folder``."""
    return open_stage(settings, beside=folder, log=folder / "stage.log")

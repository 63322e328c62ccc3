"""Programs of a stage: where they are found, and the environment that they run in."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from platformdirs import user_cache_path

from recorder.errors import StageError

if TYPE_CHECKING:
    from recorder.stage.settings import StageSettings

__all__ = [
    "STAMP",
    "application_folder",
    "cache_folder",
    "fill",
    "program_path",
    "require_program",
    "stage_environment",
]

CACHE_VARIABLE = "STORYCAST_CACHE"
STAMP = "installed"
"""The file in an application's folder that `scripts/stages` writes last: what is installed."""

_NOT_INHERITED = (
    # An application that may not keep its compiled modules starts anew from source each time
    # (JupyterLab: 17 s instead of 7).
    "PYTHONDONTWRITEBYTECODE",
)
_OF_THIS_PYTHON = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV")


def program_path() -> str:
    """The search path for programs, this Python's own scripts first."""
    return os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)])


def cache_folder() -> Path:
    """Where what is kept between takes lies: prepared stages, installed applications."""
    chosen = os.environ.get(CACHE_VARIABLE)
    return (Path(chosen) if chosen else user_cache_path("storycast")).resolve()


def application_folder(name: str) -> Path:
    """Where `scripts/stages` installs the application ``name``."""
    return cache_folder() / "applications" / name


def stage_environment(settings: StageSettings) -> dict[str, str]:
    """The environment of what a stage runs. Raises `StageError` where it is not installed."""
    own = dict.fromkeys(_NOT_INHERITED)
    path = program_path()
    if settings.application:
        folder = application_folder(settings.application)
        if not (folder / STAMP).is_file():
            raise StageError(
                f"The stage's application {settings.application!r} is not installed.",
                f"Install it with: {settings.install or f'scripts/stages {settings.application}'}",
            )
        own |= dict.fromkeys(_OF_THIS_PYTHON)
        path = os.pathsep.join([str(folder / "bin"), path])
    kept = {key: word for key, word in os.environ.items() if key not in own}
    return kept | {"PATH": path}


def fill(words: Iterable[str], places: Mapping[str, str]) -> list[str]:
    """The words, with what ``places`` say for each ``{name}`` in them."""
    filled = list(words)
    for name, value in places.items():
        filled = [word.replace("{" + name + "}", value) for word in filled]
    return filled


def require_program(program: str, path: str, install: str) -> None:
    """Raise `StageError` where there is no such program on the search path ``path``."""
    if shutil.which(program, path=path) is None:
        raise StageError(
            f"The stage's application is not installed: there is no command {program!r}.",
            install and f"Install it with: {install}",
        )

"""Origin: what a take was filmed of and with, as far as it can be told."""

from __future__ import annotations

import re
import shutil
import subprocess
from typing import TYPE_CHECKING

from recorder.errors import StageError
from recorder.stage import fetch, program_path

if TYPE_CHECKING:
    from recorder.front_matter import StageSettings

__all__ = ["read_fonts", "read_version"]

_LIMIT_S = 30.0
_FAMILIES = ("sans-serif", "serif", "monospace")


def read_version(settings: StageSettings, base_url: str) -> str:
    """Ask the application at ``base_url`` for its version, as ``settings.version`` says.

    Empty where nothing is said. Raises `StageError` where it cannot be told.
    """
    version = settings.version
    if version is None:
        return ""
    where = " ".join(version.command) or version.url
    told = _run(version.command) if version.command else fetch(base_url, version.url, _LIMIT_S)
    found = re.search(version.pattern, told)
    if found is None:
        raise StageError(
            f"The application's version cannot be told: {version.pattern!r} matches nothing in "
            f"what {where} answers.",
            "Correct 'stage.version' in the notebook's metadata.",
        )
    return found[found.re.groups and 1]


def _run(command: tuple[str, ...]) -> str:
    path = program_path()
    program = shutil.which(command[0], path=path)
    if program is None:
        raise StageError(
            f"The application's version cannot be told: there is no command {command[0]!r}.",
            "Correct 'stage.version' in the notebook's metadata.",
        )
    try:
        done = subprocess.run(
            [program, *command[1:]], capture_output=True, text=True, timeout=_LIMIT_S, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise StageError(
            f"The application's version cannot be told: {' '.join(command)} has not ended after "
            f"{_LIMIT_S:.0f} s."
        ) from error
    return done.stdout + done.stderr


def read_fonts() -> tuple[str, ...]:
    """Return which fonts this machine shows text in that names none, and their versions.

    Nothing where there is no fontconfig to ask (macOS, Windows).
    """
    program = shutil.which("fc-match")
    if program is None:
        return ()
    asked = [
        subprocess.Popen(
            [program, "--format", "%{family[0]} %{fontversion}", family],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        for family in _FAMILIES
    ]
    return tuple(dict.fromkeys(each.communicate()[0].strip() for each in asked))

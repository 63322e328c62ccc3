"""Origin: what a take was filmed of and with, as far as it can be told."""

from __future__ import annotations

import re
import shutil
import subprocess
from typing import TYPE_CHECKING

from recorder.errors import StageError
from recorder.stage import fetch

if TYPE_CHECKING:
    from recorder.stage import Stage, StageSettings

__all__ = ["read_fonts", "read_version"]

_LIMIT_S = 30.0
_FAMILIES = ("sans-serif", "serif", "monospace")


def read_version(settings: StageSettings, stage: Stage) -> str:
    """Ask the application on ``stage`` for its version, as ``settings.version`` says.

    Empty where nothing is said. Raises `StageError` where it cannot be told.
    """
    version = settings.version
    if version is None:
        return ""
    where = " ".join(version.command) or version.url
    if version.command:
        told = _run(stage.fill(version.command), stage)
    else:
        told = fetch(stage.base_url, version.url, _LIMIT_S)
    found = re.search(version.pattern, told)
    if found is None:
        raise StageError(
            f"The application's version cannot be told: {version.pattern!r} matches nothing in "
            f"what {where} answers.",
            "Correct 'version' of the stage.",
        )
    return stage.secrets.hide(found[found.re.groups and 1])


def _run(command: list[str], stage: Stage) -> str:
    program = shutil.which(command[0], path=stage.environment["PATH"])
    if program is None:
        raise StageError(
            f"The application's version cannot be told: there is no command {command[0]!r}.",
            "Correct 'version' of the stage.",
        )
    try:
        done = subprocess.run(
            [program, *command[1:]],
            capture_output=True,
            text=True,
            timeout=_LIMIT_S,
            check=False,
            cwd=stage.folder,
            env=dict(stage.environment),
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

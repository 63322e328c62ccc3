"""Installations: releases of applications, side by side in the user's cache folder."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NoReturn

from filelock import FileLock
from platformdirs import user_cache_path

__all__ = ["become", "install_npm", "install_python"]

_STAMP = "installed"


def install_python(name: str, *requirements: str) -> Path:
    """Return the folder of a virtual environment that holds ``requirements``.

    Raises `subprocess.CalledProcessError` where they cannot be installed.
    """

    def make(folder: Path) -> None:
        uv, python = shutil.which("uv"), folder / "bin" / "python"
        if uv:
            subprocess.run([uv, "venv", "--quiet", "--python", sys.executable, folder], check=True)
            install: list[str | Path] = [uv, "pip", "install", "--quiet", "--python", python]
        else:
            subprocess.run([sys.executable, "-m", "venv", folder], check=True)
            install = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*install, *requirements], check=True)

    return _installed(f"{name}-python{sys.version_info[0]}.{sys.version_info[1]}", make)


def install_npm(name: str, requirement: str) -> Path:
    """Return the folder of an npm package, such as ``swagger-ui-dist@5.0.0``.

    Raises `subprocess.CalledProcessError` where it cannot be installed.
    """

    def make(folder: Path) -> None:
        npm = shutil.which("npm") or "npm"
        options = ["--no-audit", "--no-fund", "--ignore-scripts", "--silent"]
        subprocess.run([npm, "install", *options, "--prefix", folder, requirement], check=True)

    package = requirement.rpartition("@")[0]
    return _installed(name, make) / "node_modules" / package


def become(
    program: Path, *arguments: str, environment: Mapping[str, str] | None = None
) -> NoReturn:
    """Go on as another program, so that whoever stops this process stops that one."""
    own = {
        key: word for key, word in os.environ.items() if key not in {"PYTHONPATH", "VIRTUAL_ENV"}
    }
    own["PATH"] = os.pathsep.join([str(program.parent), own.get("PATH", os.defpath)])
    os.execve(program, [str(program), *arguments], own | dict(environment or {}))  # noqa: S606 - ours


def _installed(name: str, make: Callable[[Path], None]) -> Path:
    """Return the folder of this name, made where it is not there as a whole.

    An environment's scripts name the folder they were made in, so it cannot be made elsewhere and
    moved: a stamp, written last, tells that it is whole, and a lock that nobody else makes it.
    """
    chosen = os.environ.get("STORYCAST_CACHE")
    applications = (Path(chosen) if chosen else user_cache_path("storycast")) / "applications"
    applications.mkdir(parents=True, exist_ok=True)
    folder = applications.resolve() / name
    with FileLock(applications / f"{name}.lock"):
        if not (folder / _STAMP).exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            make(folder)
            (folder / _STAMP).touch()
    return folder

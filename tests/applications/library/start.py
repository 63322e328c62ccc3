"""Starts the library, a small Django admin, as a stage: installed, seeded anew, in the foreground.

The database lies in the current folder and is made afresh. Sign in as admin with admin.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from filelock import FileLock
from platformdirs import user_cache_path

_MANAGE = Path(__file__).resolve().with_name("manage.py")


def main() -> None:
    """Install what is missing, fill the database, and become the server."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True, help="where it answers, on 127.0.0.1")
    parser.add_argument("--django", default="5.2", metavar="VERSION", help="such as 4.2 or 5.2")
    options = parser.parse_args()
    if not re.fullmatch(r"\d+(\.\d+)*", options.django):
        parser.error(f"{options.django!r} is no version")
    python = str(_installed(options.django))
    subprocess.run([python, _MANAGE, "seed"], check=True)
    address = f"127.0.0.1:{options.port}"
    # Without --insecure Django serves no style sheets unless it is in debug mode.
    words = [python, str(_MANAGE), "runserver", address, "--noreload", "--insecure"]
    os.execv(python, words)  # noqa: S606 - a list of ours, and no shell


def _installed(version: str) -> Path:
    """Return the Python of an environment with that version of Django, which is made once.

    Of two that start at once the second waits; what was left half made is made again.
    """
    chosen = os.environ.get("STORYCAST_CACHE")
    cache = Path(chosen) if chosen else user_cache_path("storycast")
    folder = (
        cache / "environments" / f"django-{version}-{sys.version_info[0]}.{sys.version_info[1]}"
    )
    python, whole = folder / "bin" / "python", folder / "whole"
    folder.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(folder.with_name(f"{folder.name}.lock")):
        if not whole.exists():
            shutil.rmtree(folder, ignore_errors=True)
            _install(folder, python, f"django=={version}.*")
            whole.touch()
    return python


def _install(folder: Path, python: Path, requirement: str) -> None:
    uv = shutil.which("uv")
    if uv:
        subprocess.run([uv, "venv", "--quiet", "--python", sys.executable, folder], check=True)
        install = [uv, "pip", "install", "--quiet", "--python", str(python)]
    else:
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*install, requirement], check=True)


if __name__ == "__main__":
    main()

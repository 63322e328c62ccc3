"""The validator: what is not HTML in a page, as html-validate finds it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from platformdirs import user_cache_path

__all__ = ["find_errors"]

_VERSION = "10.17.0"
_RULES = {"root": True, "extends": ["html-validate:standard"]}


def find_errors(page: Path) -> list[str]:
    """Return what html-validate finds fault with in ``page``; skip the test without npm."""
    folder = _installed()
    rules = folder / "rules.json"
    rules.write_text(json.dumps(_RULES), encoding="utf-8")
    program = folder / "node_modules" / ".bin" / "html-validate"
    command = [str(program), "--config", str(rules), "--formatter", "json", str(page)]
    done = subprocess.run(command, check=False, capture_output=True, cwd=folder, timeout=120)
    assert done.returncode in (0, 1), done.stderr.decode()
    return [
        f"{message['line']}: {message['message']}"
        for result in json.loads(done.stdout or b"[]")
        for message in result["messages"]
    ]


def _installed() -> Path:
    """The folder of html-validate, which npm fetches into the cache."""
    chosen = os.environ.get("STORYCAST_CACHE")
    root = Path(chosen) if chosen else user_cache_path("storycast")
    folder = root / "html-validate" / _VERSION
    if not (folder / "node_modules" / ".bin" / "html-validate").exists():
        npm = shutil.which("npm") or pytest.skip("npm fetches html-validate: apt-get install npm")
        folder.mkdir(parents=True, exist_ok=True)
        command = [npm, "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(folder)]
        command.append(f"html-validate@{_VERSION}")
        subprocess.run(command, check=True, capture_output=True, cwd=folder, timeout=300)
    return folder

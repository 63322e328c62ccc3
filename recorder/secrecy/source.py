"""Where secrets come from: the environment, the keyring, or a file outside of the project."""

from __future__ import annotations

import ast
import importlib
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import platformdirs

from recorder.errors import SecretError, StageError
from recorder.secrecy.secret import LEAST, Secret, Secrets

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["FOLDER", "find_names", "read_known", "read_secret", "read_secrets"]

FOLDER = "STORYCAST_SECRETS"
"""The variable that names the folder of files with a secret each."""

_SERVICE = "storycast"
_NAME = re.compile(r"[A-Za-z_]\w*")
_OF_OTHERS = 0o077
_LONGER = "Choose a longer one."


def read_secret(name: str, *, beside: Path) -> Secret:
    """The secret of this name; ``beside`` is the storyboard's folder.

    Raises `SecretError`, which never tells a value: it is set nowhere, its file can be read by
    others or lies in the storyboard's project, or it is too short to be hidden.
    """
    if not _NAME.fullmatch(name):
        raise SecretError(
            f"{name!r} cannot be the name of a secret.",
            "Use letters, digits and underscores, as in LAB_PASSWORD.",
        )
    path = _folder() / name
    value = os.environ.get(name) or _from_keyring(name) or _from_file(name, path, beside)
    if not (value or "").strip():
        raise SecretError(
            f"The secret {name} is not set: there is no variable of this name, no entry for it "
            f"under {_SERVICE!r} in the keyring{_without_keyring()}, and no file {path}.",
            f"Set the variable {name}; its value is never shown or kept.",
        )
    if _is_short(value or ""):
        raise SecretError(_tell_short(f"The secret {name}"), _LONGER)
    return Secret(value)


def read_known(names: Iterable[str], *, beside: Path) -> Secrets:
    """Those of the secrets of these names that are set and can be used."""
    found = Secrets()
    for name in names:
        try:
            found.add(name, read_secret(name, beside=beside))
        except SecretError:  # who uses it is told
            continue
    return found


def read_secrets(names: Iterable[str]) -> Secrets:
    """Read a stage's variables. Raises `StageError`: it names those not set, or one too short."""
    values = {name: os.environ.get(name, "") for name in names}
    missing = [name for name, value in values.items() if not value.strip()]
    if missing:
        several = len(missing) > 1
        raise StageError(
            f"The stage's secret{'s' if several else ''} {', '.join(missing)} "
            f"{'are' if several else 'is'} not set.",
            "Set the environment variables of these names; their values are never shown or kept."
            if several
            else "Set the environment variable of this name; its value is never shown or kept.",
        )
    for name, value in values.items():
        if _is_short(value):
            raise StageError(_tell_short(f"The stage's secret {name}"), _LONGER)
    return Secrets(values)


def _is_short(value: str) -> bool:
    return len(value.strip()) < LEAST


def _tell_short(what: str) -> str:
    return (
        f"{what} has fewer than {LEAST} characters: so short a text stands in others by chance, "
        "and cannot be hidden."
    )


def find_names(sources: Iterable[str]) -> tuple[str, ...]:
    """The names that code asks for by ``secret("NAME")``, as far as they are written there."""
    found: dict[str, None] = {}
    for source in sources:
        try:
            tree = ast.parse(source)
        except SyntaxError:  # such as a line that IPython reads: what runs it tells
            continue
        found.update(dict.fromkeys(_asked(tree)))
    return tuple(found)


def _asked(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        called = node.func
        word = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
        first = node.args[0]
        if word == "secret" and isinstance(first, ast.Constant) and isinstance(first.value, str):
            yield first.value


def _folder() -> Path:
    given = os.environ.get(FOLDER)
    return Path(given) if given else platformdirs.user_config_path("storycast") / "secrets"


def _from_keyring(name: str) -> str | None:
    if (keyring := _keyring()) is None:
        return None
    try:
        found: str | None = keyring.get_password(_SERVICE, name)
    except keyring.errors.KeyringError:  # none can be opened here
        return None
    return found


def _without_keyring() -> str:
    return "" if _keyring() else " (storycast[keyring] is not installed)"


def _keyring() -> Any:
    """The keyring library, an extra; None where it is not installed."""
    try:
        return importlib.import_module("keyring")
    except ImportError:
        return None


def _from_file(name: str, path: Path, beside: Path) -> str | None:
    if not path.is_file():
        return None
    real, project = path.resolve(), _project(beside.resolve())
    if project is not None and real.is_relative_to(project):
        raise SecretError(
            f"The secret {name} is not read: its file {real} lies in the storyboard's project "
            f"{project}, where it could be committed.",
            f"Keep it elsewhere, and name its folder in the variable {FOLDER}.",
        )
    if os.name == "posix" and real.stat().st_mode & _OF_OTHERS:
        raise SecretError(
            f"The secret {name} is not read: others may read its file {real}.",
            f"Run: chmod 600 {real}",
        )
    return real.read_text(encoding="utf-8").strip("\r\n")


def _project(folder: Path) -> Path | None:
    """The git work tree that ``folder`` lies in."""
    return next((each for each in (folder, *folder.parents) if (each / ".git").exists()), None)

"""Provenance: what each published file was made of, as it stands on disk beside them."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from recorder.replacement import write_whole

if TYPE_CHECKING:
    from types import ModuleType

__all__ = [
    "FILE",
    "Provenance",
    "digest_file",
    "digest_package",
    "read_provenance",
    "write_provenance",
]

FILE = "provenance.json"


class Provenance(BaseModel):
    """For each stage a name for all that it was made of; for each file a name for its content."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: Literal[1] = 1
    keys: dict[str, str] = {}
    files: dict[str, str] = {}


def read_provenance(path: Path) -> Provenance:
    """Read the provenance at ``path``; an empty one where there is none of this version."""
    try:
        return Provenance.model_validate_json(path.read_bytes())
    except (FileNotFoundError, ValidationError):
        return Provenance()


def write_provenance(path: Path, provenance: Provenance) -> None:
    """Write ``provenance``, its entries in the order of their names."""
    ordered = Provenance(
        keys=dict(sorted(provenance.keys.items())), files=dict(sorted(provenance.files.items()))
    )
    write_whole(path, ordered.model_dump_json(indent=1).encode())


def digest_file(path: Path) -> str:
    """A name for the content of the file at ``path``; "" where there is none."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()[:32]
    except FileNotFoundError:
        return ""


@cache
def digest_package(package: ModuleType) -> str:
    """A name for all that ``package`` holds: what changed code has made is stale."""
    digest = hashlib.sha256()
    for folder in map(Path, package.__path__):
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                digest.update(f"{path.relative_to(folder)}:{path.stat().st_size}:".encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()[:32]

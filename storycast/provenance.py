"""Provenance: what each published file was made of, as it stands on disk beside them."""

from __future__ import annotations

import hashlib
import os
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from recorder.replacement import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

__all__ = [
    "FILE",
    "Provenance",
    "StageRecord",
    "digest_file",
    "digest_files",
    "digest_package",
    "read_provenance",
    "write_provenance",
]

FILE = "provenance.json"


class StageRecord(BaseModel):
    """A name for all that a stage was given, and for each file that it made one for its content.

    ``on`` is the day on which a take was filmed that is as it was ever since.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str
    files: dict[str, str]
    on: date | None = None


class Provenance(BaseModel):
    """What each stage has made of what, by the stage's name."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: Literal[1] = 1
    stages: dict[str, StageRecord] = {}

    @property
    def files(self) -> frozenset[str]:
        """The files of all stages, by their paths in the published folder."""
        return frozenset(name for record in self.stages.values() for name in record.files)


def read_provenance(path: Path) -> Provenance:
    """Read the provenance at ``path``; an empty one where none of this version can be read."""
    try:
        return Provenance.model_validate_json(path.read_bytes())
    except (OSError, ValidationError):
        return Provenance()


def write_provenance(path: Path, provenance: Provenance) -> None:
    """Write ``provenance``, its entries in the order of their names."""
    ordered = {name: _in_order(record) for name, record in sorted(provenance.stages.items())}
    content = Provenance(stages=ordered).model_dump_json(indent=1, exclude_none=True)
    write_whole(path, content.encode())


def _in_order(record: StageRecord) -> StageRecord:
    return record.model_copy(update={"files": dict(sorted(record.files.items()))})


def digest_file(path: Path | None) -> str:
    """A name for what the file at ``path`` holds; "" where it cannot be read, or is None."""
    if path is None:
        return ""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()[:32]
    except OSError:
        return ""


def digest_files(folder: Path, name: str) -> dict[str, str]:
    """A name for the content of the file ``name`` in ``folder``, or of each file below it."""
    start = folder / name
    paths = [start] if start.is_file() else [path for path in start.rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): digest_file(path) for path in paths}


@cache
def digest_package(package: ModuleType) -> str:
    """A name for all that ``package`` holds: what changed code has made is stale."""
    digest = hashlib.sha256()
    for folder in package.__path__:
        for place in sorted(_places(folder)):
            content = Path(folder, place).read_bytes()
            digest.update(f"{place}:{len(content)}:".encode() + content)
    return digest.hexdigest()[:32]


def _places(folder: str) -> Iterator[str]:
    """Where files lie in a package, from ``folder`` on; what Python has compiled is left out."""
    for place, _, names in os.walk(folder):
        if not place.endswith("__pycache__"):
            yield from (f"{place}/{name}"[len(folder) + 1 :] for name in names)

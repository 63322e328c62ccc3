"""Writes a take: shots and snapshots as they come, steps as they finish, the manifest last."""

from __future__ import annotations

import hashlib
import os
import shutil
from typing import TYPE_CHECKING

from recorder.errors import RecorderError
from recorder.take import MANIFEST

if TYPE_CHECKING:
    from pathlib import Path

    from recorder.take import Step, Take

__all__ = ["JOURNAL", "NOTEBOOK", "TakeWriter", "publish_take", "write_whole"]

JOURNAL = "steps.jsonl"
NOTEBOOK = "notebook.ipynb"
_NAME_LENGTH = 32


class TakeWriter:
    """A take that is being recorded into ``folder``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in ("shots", "snapshots"):
            (folder / name).mkdir(parents=True, exist_ok=True)

    def add_shot(self, png: bytes) -> str:
        """Keep a shot; return its name."""
        return self._add("shots", png, ".png")

    def add_snapshot(self, packed: bytes) -> str:
        """Keep a snapshot as `recorder.snapshot.pack_snapshot` made it; return its name."""
        return self._add("snapshots", packed, ".json.gz")

    def append(self, step: Step) -> None:
        """Add a finished step to the journal, so that a broken run can be read."""
        with (self.folder / JOURNAL).open("a", encoding="utf-8") as journal:
            journal.write(step.model_dump_json() + "\n")

    def finish(self, take: Take) -> None:
        """Write the manifest: the take is whole."""
        text = take.model_dump_json(indent=1, exclude_defaults=True, exclude_none=True)
        write_whole(self.folder / MANIFEST, text.encode())
        (self.folder / JOURNAL).unlink(missing_ok=True)

    def _add(self, folder: str, content: bytes, ending: str) -> str:
        name = hashlib.sha256(content).hexdigest()[:_NAME_LENGTH]
        path = self.folder / folder / f"{name}{ending}"
        if not path.exists():
            write_whole(path, content)
        return name


def write_whole(path: Path, content: bytes) -> None:
    """Write a file whole or not at all; what stood there stays until then.

    Raises `RecorderError` where the disk is full or the folder not writable.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f".{path.name}.{os.getpid()}.draft")
        try:
            draft.write_bytes(content)
            draft.replace(path)
        except BaseException:
            draft.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise RecorderError(
            f"{path} cannot be written: {error.strerror}.",
            "Make room on the disk or choose another folder with --output.",
        ) from error


def publish_take(work: Path, folder: Path) -> None:
    """Put the finished take in ``work`` where ``folder`` is; an earlier take stays until then.

    Shots and snapshots are named by their content, so those of the new take can lie beside those
    of the old one. The manifest goes last, in one move; then what it does not name is removed.
    """
    kept = set()
    for path in sorted(work.rglob("*")):
        if path.is_file() and path.name != MANIFEST:
            kept.add(path.relative_to(work))
            _copy(path, folder / path.relative_to(work))
    kept.add((work / MANIFEST).relative_to(work))
    write_whole(folder / MANIFEST, (work / MANIFEST).read_bytes())
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.relative_to(folder) not in kept:
            path.unlink()
    shutil.rmtree(work, ignore_errors=True)


def _copy(source: Path, goal: Path) -> None:
    goal.parent.mkdir(parents=True, exist_ok=True)
    if goal.suffix in (".png", ".gz") and goal.exists():
        return
    write_whole(goal, source.read_bytes())

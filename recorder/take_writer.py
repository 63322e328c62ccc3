"""Writes a take: shots and snapshots as they come, steps as they finish, the manifest last."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, TypeVar

from pydantic import BaseModel, ValidationError

from recorder.replacement import write_whole
from recorder.saved_file import clean_file
from recorder.secrecy import Secrets
from recorder.take import MANIFEST, Download, Step

if TYPE_CHECKING:
    from pathlib import Path

    from recorder.take import Take

__all__ = ["JOURNAL", "NOTEBOOK", "TakeWriter", "read_journal"]

JOURNAL = "steps.jsonl"
NOTEBOOK = "notebook.ipynb"
DOWNLOADS = "downloads"
_NAME_LENGTH = 32
_FILES = ("shot", "shots", "snapshot", "file", "code")
"""Names made of a content, in which a short secret may stand by chance."""

_Model = TypeVar("_Model", bound=BaseModel)


class TakeWriter:
    """A take that is being recorded into ``folder``; nothing in it tells one of ``secrets``."""

    def __init__(self, folder: Path, secrets: Secrets | None = None) -> None:
        self.folder = folder
        self.secrets = Secrets() if secrets is None else secrets
        for name in ("shots", "snapshots"):
            (folder / name).mkdir(parents=True, exist_ok=True)

    def add_shot(self, png: bytes) -> str:
        """Keep a shot; return its name."""
        return self._add("shots", png, ".png")

    def add_snapshot(self, packed: bytes) -> str:
        """Keep a snapshot as `recorder.snapshot.pack_snapshot` made it; return its name."""
        return self._add("snapshots", packed, ".json.gz")

    def add_download(self, path: Path) -> Download:
        """Keep a copy of a file that the browser saved.

        Raises `TakeError` where it holds a secret that cannot be hidden in it.
        """
        content = clean_file(path.name, path.read_bytes(), self.secrets)
        (self.folder / DOWNLOADS).mkdir(exist_ok=True)
        ending = "" if self.secrets.hide(path.suffix) != path.suffix else path.suffix
        name = self._add(DOWNLOADS, content, ending)
        return Download(name=path.name, file=f"{name}{ending}", size=len(content))

    def hide(self, told: _Model) -> _Model:
        """The same without what nobody may read."""
        if not self.secrets:
            return told
        return type(told).model_validate(self.secrets.hide_all(told.model_dump(), _FILES))

    def append(self, step: Step) -> None:
        """Add a finished step to the journal, so that a broken run can be read."""
        with (self.folder / JOURNAL).open("a", encoding="utf-8") as journal:
            journal.write(self.hide(step).model_dump_json() + "\n")

    def finish(self, take: Take) -> None:
        """Write the manifest: the take is whole. What it does not name is removed."""
        text = self.hide(take).model_dump_json(indent=1, exclude_defaults=True, exclude_none=True)
        named = take.shots | {moment.snapshot for moment in take.moments}
        for path in (*self.folder.glob("shots/*"), *self.folder.glob("snapshots/*")):
            if path.name.partition(".")[0] not in named:
                path.unlink()
        saved = {download.file for download in take.downloads}
        for path in self.folder.glob(f"{DOWNLOADS}/*"):
            if path.name not in saved:
                path.unlink()
        write_whole(self.folder / MANIFEST, text.encode())
        (self.folder / JOURNAL).unlink(missing_ok=True)

    def _add(self, folder: str, content: bytes, ending: str) -> str:
        name = hashlib.sha256(content).hexdigest()[:_NAME_LENGTH]
        path = self.folder / folder / f"{name}{ending}"
        if not path.exists():
            write_whole(path, content)
        return name


def read_journal(path: Path) -> tuple[Step, ...]:
    """The steps that are finished of a take; a line that is only half written is not yet one."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return ()
    steps = []
    for line in lines:
        try:
            steps.append(Step.model_validate_json(line))
        except ValidationError:
            break
    return tuple(steps)

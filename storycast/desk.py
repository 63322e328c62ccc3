"""The desk: where one storyboard's output is made before it is published, all at once."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Self

from filelock import FileLock, Timeout

from narration.track import MANIFEST as TRACK_MANIFEST
from recorder.errors import TakeError
from recorder.replacement import add_files, remove_others
from recorder.take import MANIFEST as TAKE_MANIFEST
from storycast.cache import content_name
from storycast.errors import StorycastError
from storycast.provenance import (
    FILE,
    Provenance,
    StageRecord,
    digest_file,
    digest_files,
    read_provenance,
    write_provenance,
)

__all__ = ["FAILED", "Desk"]

_MANIFESTS = {"take": TAKE_MANIFEST, "track": TRACK_MANIFEST}
FAILED = "failed"
_FOREIGN = {"applications", "prepared"}
"""Folders of the cache whose files, hidden ones too, are none of ours."""


class Desk:
    """One storyboard's published folder and the work on its next edition.

    Used as a context: nobody else works on the same folder meanwhile, what a killed run has left
    is removed first, and what is not published is gone afterwards. What a failed take has left is
    kept in ``failed``. Desks with the same ``lock`` (their own name, if not given) exclude each
    other: a translation's needs the take of the storyboard.
    """

    def __init__(self, name: str, *, output: Path, cache: Path, lock: str = "") -> None:
        self.name = name
        self.folder = output / name
        self.cache = cache
        self.work = self.folder / ".work"
        self.provenance = Provenance()
        locked = (output / (lock or name)).resolve()
        self._lock = FileLock(cache / "locks" / content_name(str(locked)))
        self._made: dict[str, StageRecord] = {}
        self._follows_kill = False

    def __enter__(self) -> Self:
        self._acquire()
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._clear()
            self.work.mkdir()
        except OSError as error:
            self._lock.release()
            raise StorycastError(
                f"The output folder {self.folder} cannot be written: {error.strerror}.",
                "Choose another one with --output.",
            ) from error
        self.provenance = read_provenance(self.folder / FILE)
        return self

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        try:
            self._keep_failure(error)
            shutil.rmtree(self.work, ignore_errors=True)
            with suppress(OSError):
                self.folder.rmdir()  # which only works where nothing is in it
            if self._follows_kill:
                _remove_drafts(self.cache, Path(self._lock.lock_file))
        finally:
            self._lock.release()

    def find(self, name: str) -> Path:
        """Where the newest edition of a file or folder is: in work, or else published."""
        fresh = self.work / name
        return fresh if fresh.exists() else self.folder / name

    def is_current(self, stage: str, key: str) -> bool:
        """Whether ``stage`` was given just this, and all that it made is as it left it."""
        record = self.provenance.stages.get(stage)
        return (
            record is not None
            and record.key == key
            and all(
                digest_file(self.folder / name) == digest for name, digest in record.files.items()
            )
        )

    def note(self, stage: str, key: str, *names: str, on: date | None = None) -> None:
        """Remember that ``stage`` made the files and folders ``names``, and of what.

        ``on`` is the day of a take.
        """
        files: dict[str, str] = {}
        for name in names:
            files |= digest_files(self.work, name)
        self._made[stage] = StageRecord(key=key, files=files, on=on)

    @property
    def filmed_on(self) -> date | None:
        """The day on which the newest take was first filmed as it is; None where nobody knows."""
        record = {**self.provenance.stages, **self._made}.get("take")
        return record.on if record else None

    @property
    def made(self) -> tuple[str, ...]:
        """The stages that have made something new."""
        return tuple(self._made)

    def publish(self) -> None:
        """Put what was made in place of what was published before; what was not made stays.

        The provenance in the folder of work says that all is made: a run that is ended from then
        on has published, and the next one completes it.
        """
        if not self._made:
            return
        stages = {**self.provenance.stages, **self._made}
        write_provenance(self.work / FILE, Provenance(stages=stages))
        try:
            self._put_in_place()
        except KeyboardInterrupt:
            self._put_in_place()
            raise

    def _acquire(self) -> None:
        try:
            Path(self._lock.lock_file).parent.mkdir(parents=True, exist_ok=True)
            self._lock.acquire(timeout=0)
        except Timeout:
            raise StorycastError(
                f"Another storycast is working on {self.folder}.", "Wait until it has ended."
            ) from None
        except OSError as error:
            raise StorycastError(
                f"The cache folder {self.cache} cannot be written: {error.strerror}.",
                "Choose another one with the environment variable STORYCAST_CACHE.",
            ) from error

    def _clear(self) -> None:
        """Complete what a killed run has published; remove what it has only begun."""
        self._follows_kill = self.work.exists()
        if (self.work / FILE).exists():
            self._put_in_place()
        shutil.rmtree(self.work, ignore_errors=True)

    def _keep_failure(self, error: BaseException | None) -> None:
        if not isinstance(error, TakeError):
            return  # a cell that was stopped fails too, and nobody needs to know how
        from recorder.failure import FILE as FAILURE  # noqa: PLC0415 - only then needed

        if error.picture is not None:
            error.show(self.folder / FAILED / error.picture.name)
        if (self.work / "take" / FAILURE).exists():
            shutil.rmtree(self.folder / FAILED, ignore_errors=True)
            (self.work / "take").replace(self.folder / FAILED)

    def _put_in_place(self) -> None:
        """Move all of work to where it is published; may be done again after it was ended.

        What a page or a manifest names is there before it, and goes after it.
        """
        before, now = read_provenance(self.folder / FILE), read_provenance(self.work / FILE)
        folders = sorted(path.name for path in self.work.iterdir() if path.is_dir())
        for name in folders:
            add_files(self.work / name, self.folder / name, last=_MANIFESTS.get(name, ""))
        for path in sorted(path for path in self.work.iterdir() if path.is_file()):
            if path.name != FILE:
                path.replace(self.folder / path.name)
        for name in folders:
            remove_others(self.folder / name, _below(name, now))
        for gone in sorted(before.files - now.files):
            (self.folder / gone).unlink(missing_ok=True)
            with suppress(OSError):
                (self.folder / gone).parent.rmdir()  # which only works where nothing is in it
        if "take" in folders:
            shutil.rmtree(self.folder / FAILED, ignore_errors=True)
        (self.work / FILE).replace(self.folder / FILE)


def _below(folder: str, provenance: Provenance) -> frozenset[str]:
    start = f"{folder}/"
    return frozenset(
        name.removeprefix(start) for name in provenance.files if name.startswith(start)
    )


def _remove_drafts(cache: Path, own_lock: Path) -> None:
    """Remove what killed runs have left in ``cache``, unless somebody works there now.

    Who starts meanwhile is safe too: what it writes is newer than the look at the locks.
    """
    looked = time.time()
    if any(_is_held(path) for path in own_lock.parent.iterdir() if path != own_lock):
        return
    own = (
        path
        for folder in cache.iterdir()
        if folder.name not in _FOREIGN
        for path in _hidden(folder)
    )
    for path in own:
        if path.stat().st_mtime < looked:
            path.unlink(missing_ok=True)


def _hidden(path: Path) -> Iterator[Path]:
    """The files in the cache that begin with a dot: ``path``, or what lies below it."""
    if path.is_dir():
        yield from (below for below in path.rglob(".*") if below.is_file())
    elif path.name.startswith("."):
        yield path


def _is_held(path: Path) -> bool:
    lock = FileLock(path)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return True
    lock.release()
    return False

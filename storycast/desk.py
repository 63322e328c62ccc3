"""The desk: where one storyboard's output is made before it is published, all at once."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Self

from filelock import FileLock, Timeout

from narration.track import MANIFEST as TRACK_MANIFEST
from recorder.errors import TakeError
from recorder.failure import FILE as FAILURE
from recorder.replacement import add_files, remove_others, replace_folder
from recorder.take import MANIFEST as TAKE_MANIFEST
from storycast.cache import content_name
from storycast.errors import StorycastError
from storycast.provenance import FILE as PROVENANCE
from storycast.provenance import Provenance, digest_file, read_provenance, write_provenance

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Desk"]

_MANIFESTS = {"take": TAKE_MANIFEST, "track": TRACK_MANIFEST}
_PICTURES = "pictures"
_FAILED = "failed"


class Desk:
    """One storyboard's published folder and the work on its next edition.

    Used as a context: nobody else works on the same folder meanwhile, what a killed run has left
    is removed first, and what is not published is gone afterwards. What a failed take has left is
    kept in ``failed``.
    """

    def __init__(self, name: str, *, output: Path, cache: Path) -> None:
        self.name = name
        self.folder = output / name
        self.cache = cache
        self.work = self.folder / ".work"
        self._lock = FileLock(cache / "locks" / content_name(str(self.folder.resolve())))
        self._made: dict[str, str] = {}
        self.provenance = Provenance()

    def __enter__(self) -> Self:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            Path(self._lock.lock_file).parent.mkdir(parents=True, exist_ok=True)
            self._lock.acquire(timeout=0)
            shutil.rmtree(self.work, ignore_errors=True)
            self.work.mkdir()
        except Timeout:
            raise StorycastError(
                f"Another storycast is working on {self.folder}.", "Wait until it has ended."
            ) from None
        except OSError as error:
            raise StorycastError(
                f"The output folder {self.folder} cannot be written: {error.strerror}.",
                "Choose another one with --output.",
            ) from error
        self.provenance = read_provenance(self.folder / PROVENANCE)
        return self

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, TakeError) and error.picture is not None:
            error.show(self.folder / _FAILED / error.picture.name)
        if (self.work / "take" / FAILURE).exists():
            shutil.rmtree(self.folder / _FAILED, ignore_errors=True)
            (self.work / "take").replace(self.folder / _FAILED)
        shutil.rmtree(self.work, ignore_errors=True)
        self._lock.release()

    def find(self, name: str) -> Path:
        """Where the newest edition of a file or folder is: in work, or else published."""
        fresh = self.work / name
        return fresh if fresh.exists() else self.folder / name

    def is_current(self, stage: str, key: str, names: Iterable[str]) -> bool:
        """Whether ``stage`` has made ``names`` of just this, and they are as it left them."""
        if self.provenance.keys.get(stage) != key:
            return False
        files = self.provenance.files
        return all(
            name in files and digest_file(self.folder / name) == files[name] for name in names
        )

    def note(self, stage: str, key: str) -> None:
        """Remember what ``stage`` was made of, once it is published."""
        self._made[stage] = key

    @property
    def made(self) -> tuple[str, ...]:
        """The stages that have made something new."""
        return tuple(self._made)

    def publish(self) -> None:
        """Put what was made in place of what was published before; what was not made stays.

        Pictures are there before the page that shows them, and go after it.
        """
        if not self._made:
            return
        files = sorted(path.name for path in self.work.iterdir() if path.is_file())
        digests = {name: digest_file(self.work / name) for name in files}
        for name, manifest in _MANIFESTS.items():
            if (self.work / name).is_dir():
                digests[f"{name}/{manifest}"] = digest_file(self.work / name / manifest)
                replace_folder(self.work / name, self.folder / name, manifest=manifest)
        pictures = add_files(self.work / _PICTURES, self.folder / _PICTURES)
        for name in files:
            (self.work / name).replace(self.folder / name)
        if pictures:
            remove_others(self.folder / _PICTURES, pictures)
        if "take" in self._made:
            shutil.rmtree(self.folder / _FAILED, ignore_errors=True)
        provenance = Provenance(
            keys={**self.provenance.keys, **self._made},
            files={**self.provenance.files, **digests},
        )
        write_provenance(self.folder / PROVENANCE, provenance)

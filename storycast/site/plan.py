"""The plan: what a site's folder is to hold, and how it comes to hold just that."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from storycast.cache import written_whole
from storycast.errors import FilmError, StorycastError

__all__ = ["MANIFEST", "MARK", "Manifest", "Plan", "carry_out", "is_as_old", "read_manifest"]

MANIFEST = "site.json"
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT}
_NO_RIGHT = {errno.EACCES, errno.EPERM}
MARK = b"<!-- library -->"
"""Where the page of a guide has room for what leads back into the library."""


class Manifest(BaseModel):
    """The files of a folder that were written by this program, by their paths from there.

    ``seals`` of pages tell a later run that it need not render them again.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: Literal[1] = 1
    files: tuple[str, ...] = ()
    seals: dict[str, str] = {}


@dataclass
class Plan:
    """Files by their paths in the site: ``pages`` hold bytes, ``files`` are published elsewhere.

    ``ways`` are what is put into some of the ``files``, at their `MARK`. Pages, and files that have
    had a way put in, have ``seals``; what is ``kept`` lies there just so, and stays.
    """

    pages: dict[str, bytes] = field(default_factory=dict)
    files: dict[str, Path] = field(default_factory=dict)
    seals: dict[str, str] = field(default_factory=dict)
    ways: dict[str, bytes] = field(default_factory=dict)
    kept: set[str] = field(default_factory=set)

    @property
    def names(self) -> frozenset[str]:
        """The paths of all that is planned."""
        return frozenset((*self.pages, *self.files))


def carry_out(plan: Plan, root: Path, there: Manifest | None = None) -> tuple[str, ...]:
    """Make ``root`` hold what is planned, and return the paths of what had to be changed.

    ``there`` is what `read_manifest` says of ``root``, where it was asked already.

    What would not change is left alone. What an earlier plan put there and this one does not know
    is removed; nothing else is. Raises `StorycastError` where a file of somebody else's is in the
    way, a path leads out of ``root``, or the disk is full.
    """
    try:
        before = frozenset((there or read_manifest(root)).files)
        _refuse_strangers(plan.names - before, root)
        _refuse_ways_out(plan.names | before, root)
        # What is begun is known: a run that is ended in the middle leaves no stranger behind.
        _write_manifest(root, before | plan.names, _without(plan.seals, plan.ways))
        changed = [
            name for name in sorted(plan.files.keys() - plan.kept) if _is_new(plan, root, name)
        ]
        for name in changed:
            _place(plan.files[name], root / name, plan.ways.get(name, b""))
        for name in sorted(
            plan.pages.keys() - plan.kept, key=lambda name: (name.endswith(".html"), name)
        ):
            if _write(root / name, plan.pages[name]):
                changed.append(name)
        gone = sorted(before - plan.names)
        _remove(root, gone)
        _write_manifest(root, plan.names, plan.seals)
    except (OSError, FilmError) as error:
        raise _explain(error, root) from error
    return (*changed, *gone)


def _explain(error: OSError | FilmError, root: Path) -> StorycastError:
    cause = error if isinstance(error, OSError) else error.__cause__
    number = cause.errno if isinstance(cause, OSError) else None
    first = "Make room there, or choose" if number in _NO_ROOM else "Choose"
    if number in _NO_RIGHT:
        first = "Have that allowed, or choose"
    hint = f"{first} another folder with --to."
    if isinstance(error, FilmError):
        return StorycastError(error.message, hint)
    place = Path(error.filename2 or error.filename or root)
    if place.is_relative_to(root):
        return StorycastError(f"{place} cannot be written: {error.strerror}.", hint)
    return StorycastError(f"{place} cannot be read: {error.strerror}.", "Publish that guide again.")


def read_manifest(root: Path) -> Manifest:
    """What an earlier run wrote into ``root``; `StorycastError` where nobody can tell."""
    path = root / MANIFEST
    try:
        manifest = Manifest.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        return Manifest()
    except NotADirectoryError as error:
        file = next(way for way in (root, *root.parents) if way.exists())
        raise StorycastError(
            f"{root} cannot be made: {file} is no folder.", "Choose another one with --to."
        ) from error
    except OSError as error:
        raise StorycastError(
            f"{path} cannot be read: {error.strerror}.", "Choose another folder with --to."
        ) from error
    except ValidationError as error:
        raise StorycastError(
            f"{path} is damaged, so nobody knows which files beside it are the site's.",
            "Remove that folder, or choose another one with --to.",
        ) from error
    ways = [PurePosixPath(name) for name in manifest.files]
    if any(way.is_absolute() or ".." in way.parts or not way.parts for way in ways):
        raise StorycastError(f"{path} names a file outside of its folder; nothing was changed.")
    return manifest


def _write_manifest(root: Path, names: Collection[str], seals: dict[str, str]) -> None:
    manifest = Manifest(files=tuple(sorted(names)), seals=dict(sorted(seals.items())))
    _write(root / MANIFEST, f"{manifest.model_dump_json(indent=1)}\n".encode())


def _refuse_strangers(names: Iterable[str], root: Path) -> None:
    for name in sorted(names):
        if (root / name).exists():
            raise StorycastError(
                f"{root / name} is there and was not written by 'storycast site'.",
                "Choose another folder with --to, or move that file away.",
            )


def _refuse_ways_out(names: Iterable[str], root: Path) -> None:
    """A folder in the site can be a link to anywhere."""
    real = os.path.realpath(root)
    for folder in sorted({name.rpartition("/")[0] for name in names}):
        way = os.path.realpath(os.path.join(root, folder))  # noqa: PTH118 - see _is_same
        if os.path.commonpath((way, real)) != real:
            raise StorycastError(f"{root / folder} leads out of {root}; nothing was written.")


def _write(path: Path, content: bytes) -> bool:
    if path.is_file() and path.read_bytes() == content:
        return False
    with written_whole(path) as draft:
        draft.write_bytes(content)
    return True


def _without(seals: dict[str, str], ways: Collection[str]) -> dict[str, str]:
    return {name: seal for name, seal in seals.items() if name not in ways}


def _is_new(plan: Plan, root: Path, name: str) -> bool:
    return name in plan.ways or not _is_same(plan.files[name], root, name)


def _place(source: Path, path: Path, way: bytes) -> None:
    """Let ``path`` be ``source`` with ``way`` put in, if it has a `MARK` for it."""
    content = source.read_bytes() if way else b""
    if MARK not in content:
        _link(source, path)
        return
    known = source.stat()
    with written_whole(path) as draft:
        draft.write_bytes(content.replace(MARK, MARK + way, 1))
        os.utime(draft, ns=(known.st_atime_ns, known.st_mtime_ns))


def _link(source: Path, path: Path) -> None:
    """Let ``path`` be ``source``, which takes no room; a copy of it where disks differ."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}.draft")
    try:
        try:
            os.link(source, draft)
        except FileExistsError:  # of a run with the same number that was killed
            draft.unlink()
            os.link(source, draft)
        except OSError:
            shutil.copy2(source, draft)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def is_as_old(source: Path, root: Path, name: str) -> bool:
    """Whether the file ``name`` in ``root`` is of the same moment as ``source``, as copies are."""
    try:
        return source.stat().st_mtime_ns == (root / name).stat().st_mtime_ns
    except FileNotFoundError:
        return False


def _is_same(source: Path, root: Path, name: str) -> bool:
    """Whether the file ``name`` in ``root`` is ``source``, or a copy of it.

    Asked of all files in every run, and twice as fast with plain strings as with paths.
    """
    try:
        there, here = os.stat(source), os.stat(f"{root}/{name}")  # noqa: PTH116 - see above
    except FileNotFoundError:
        return False
    if os.path.samestat(there, here):
        return True
    return (there.st_size, there.st_mtime_ns) == (here.st_size, here.st_mtime_ns)


def _remove(root: Path, names: Iterable[str]) -> None:
    """Remove files, and the folders that are empty then."""
    folders = set()
    for name in names:
        (root / name).unlink(missing_ok=True)
        folders |= set(PurePosixPath(name).parents) - {PurePosixPath()}
    for folder in sorted(folders, key=lambda way: len(way.parts), reverse=True):
        if (root / folder).is_dir() and not any((root / folder).iterdir()):
            (root / folder).rmdir()

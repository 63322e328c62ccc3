"""Files that appear whole or not at all, and files that are named by all that made them."""

from __future__ import annotations

import hashlib
import json
import os
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from typing import TypeVar
from uuid import uuid4

from storycast.errors import FilmError

__all__ = [
    "content_name",
    "folder_beside",
    "found_once",
    "made_once",
    "source_digest",
    "written_whole",
]

_T = TypeVar("_T")


@contextmanager
def written_whole(path: Path) -> Iterator[Path]:
    """Give a path beside ``path`` to write to, and move it there when all went well.

    Until then, and where writing fails, what ``path`` held before stays.
    Raises ``FilmError`` where it cannot be written.
    """
    draft = path.with_name(f".{path.stem}.{uuid4().hex}{path.suffix}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield draft
        os.replace(draft, path)  # noqa: PTH105 - the word that the design uses for it
    except OSError as error:
        raise FilmError(f"{path} cannot be written: {error.strerror}.") from error
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)


@contextmanager
def folder_beside(path: Path) -> Iterator[Path]:
    """Give a folder beside ``path`` for what that is made of; it is removed afterwards.

    Raises ``FilmError`` where it cannot be made.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        folder = TemporaryDirectory(
            prefix=f".{path.stem}.", dir=path.parent, ignore_cleanup_errors=True
        )
    except OSError as error:
        raise FilmError(f"{path} cannot be written: {error.strerror}.") from error
    with folder as name:
        yield Path(name)


def made_once(path: Path, make: Callable[[Path], None]) -> Path:
    """Return ``path``, which ``make`` writes first where it is missing.

    Of two threads the second waits for the first. Two processes may make the same file at once: the
    later one replaces it with the same bytes.
    """
    with _making[path]:
        if not path.exists():
            with written_whole(path) as draft:
                make(draft)
    return path


_making: defaultdict[Path, Lock] = defaultdict(Lock)


def found_once(path: Path, find: Callable[[], _T]) -> _T:
    """Return what ``find`` once found and ``path`` keeps as JSON; else find it, and keep that.

    What cannot be read counts as not there.
    """
    from recorder.replacement import write_whole  # noqa: PLC0415 - who films nothing does not wait

    try:
        known: _T = json.loads(path.read_bytes())
    except (OSError, ValueError):
        known = find()
        write_whole(path, json.dumps(known).encode())
    return known


def content_name(*parts: str) -> str:
    """Return a short name that is another one wherever any part is."""
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode()
        digest.update(f"{len(data)}:".encode() + data)
    return digest.hexdigest()[:32]


@cache
def source_digest(*modules: str) -> str:
    """Return a name for the source text of ``modules``, by their full names.

    A package is all of its modules. Whatever they made is theirs alone: changed code makes it anew.
    """
    paths = (path for module in modules for path in _sources(module))
    return content_name(*(path.read_text(encoding="utf-8") for path in paths))


def _sources(module: str) -> list[Path]:
    spec = find_spec(module)
    if spec is None or spec.origin is None:
        return []
    origin = Path(spec.origin)
    return sorted(origin.parent.glob("*.py")) if spec.submodule_search_locations else [origin]

"""Sweeps files and folders, one after the other."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from fnmatch import fnmatch
from pathlib import Path

from storycast.errors import StorycastError
from storycast.sweep.canary import make_canaries
from storycast.sweep.gathering import FileSearch, Terms
from storycast.sweep.model import Find, Swept, Wishes
from storycast.sweep.ocr import Reader

__all__ = ["sweep"]

Progress = Callable[[int, int], None]


def sweep(wishes: Wishes, progress: Progress = lambda _done, _total: None) -> Swept:
    """Sweep all files in ``wishes.paths``; ``progress`` is told how many are done, and of how many.

    Raises ``StorycastError`` where a path does not exist, a secret is too short, or a program is
    missing that reads one of the files.
    """
    canaries = make_canaries(wishes.secrets)
    reader = Reader(wishes.cache) if wishes.reads_pictures else None
    terms = Terms(canaries, wishes.allow, reader)
    searches = [FileSearch(path, terms) for path in _files(wishes)]
    finds: list[Find] = []
    for done, search in enumerate(searches):
        progress(done, len(searches))
        finds += search.run()
    return Swept(
        finds=tuple(finds),
        unread=tuple(told for search in searches for told in search.unread),
        files=len(searches),
        pictures=sum(search.pictures for search in searches),
        left_out=sum(search.left_out for search in searches),
    )


def _files(wishes: Wishes) -> Iterator[Path]:
    """Yield every file once, in the order of names."""
    seen: set[Path] = set()
    for path in wishes.paths:
        if not path.exists():
            raise StorycastError(f"There is no {path} to be swept.", "Give a file or a folder.")
        for file in _below(path) if path.is_dir() else [path]:
            if file not in seen and not _is_left_out(file, wishes.exclude):
                seen.add(file)
                yield file


def _below(folder: Path) -> Iterator[Path]:
    for parent, folders, files in os.walk(folder, onerror=_fail):
        folders.sort()
        yield from (Path(parent) / name for name in folders if (Path(parent) / name).is_symlink())
        yield from (Path(parent) / name for name in sorted(files))


def _fail(error: OSError) -> None:
    raise error


def _is_left_out(file: Path, exclude: Sequence[str]) -> bool:
    return any(fnmatch(file.as_posix(), each) or fnmatch(file.name, each) for each in exclude)

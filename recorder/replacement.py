"""Replaces files and folders so that no reader ever finds half of the new and half of the old."""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING

from recorder.errors import RecorderError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

__all__ = ["add_files", "remove_others", "replace_folder", "write_whole"]


def write_whole(path: Path, content: bytes) -> None:
    """Write a file whole or not at all; what stood there stays until then.

    Raises `RecorderError` where the disk is full or the folder not writable.
    """
    draft = path.with_name(f".{path.name}.{os.getpid()}-{threading.get_ident()}.draft")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
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


def replace_folder(new: Path, folder: Path, *, manifest: str) -> None:
    """Put the files of ``new`` in place of those of ``folder``, on the same disk.

    All but the manifest are named by their content, so new ones can lie beside old ones. The
    manifest goes last, in one move; then what ``new`` does not hold is removed.
    """
    names = add_files(new, folder, last=manifest)
    remove_others(folder, names)


def add_files(new: Path, folder: Path, *, last: str = "") -> frozenset[str]:
    """Move the files of ``new`` into ``folder``, ``last`` last of all; return their names."""
    names = frozenset(_files_in(new))
    for name in sorted(names, key=lambda name: (name == last, name)):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (new / name).replace(folder / name)
    return names


def remove_others(folder: Path, names: Collection[str]) -> None:
    """Remove the files of ``folder`` that are none of ``names``."""
    for name in set(_files_in(folder)).difference(names):
        (folder / name).unlink()


def _files_in(folder: Path) -> Iterator[str]:
    """The files in ``folder`` and below, by their paths from there."""
    for path in folder.rglob("*"):
        if path.is_file():
            yield path.relative_to(folder).as_posix()

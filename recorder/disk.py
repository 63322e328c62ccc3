"""The disk: whether it is full, which few programs say that could not write to it."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["tell_full"]

_LEAST_FREE = 1 << 20
"""Bytes on a disk: with less, programs fail."""


def tell_full(*folders: Path) -> str:
    """That the disk with one of ``folders`` is full, to be put after a sentence; "" where none is.

    A program that cannot write seldom says so, least of all into a log on the same disk.
    """
    for folder in folders:
        if folder.exists() and shutil.disk_usage(folder).free < _LEAST_FREE:
            return f" The disk with {folder} is full: free some space."
    return ""

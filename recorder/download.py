"""Downloads: the files that a browser saves, seen in the folder where it saves them."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

__all__ = ["DownloadFolder"]

_UNFINISHED = (".crdownload", ".part")
_HIDDEN = "."
_PAUSE_S = 0.02


class DownloadFolder:
    """Where a browser saves; what stood there before is not told."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._known = set(self._stamps())

    def finished(self, limit_s: float) -> tuple[Path, ...]:
        """The files saved since the last time, oldest first; each is told once.

        What is being saved is waited for, ``limit_s`` seconds at most.
        """
        deadline = time.monotonic() + limit_s
        while self._is_busy() and time.monotonic() < deadline:
            time.sleep(_PAUSE_S)
        new = sorted(set(self._stamps()) - self._known)
        self._known.update(new)
        return tuple(self.folder / name for _, name in new)

    def _is_busy(self) -> bool:
        return any(name.endswith(_UNFINISHED) for name in self._names())

    def _names(self) -> Iterable[str]:
        return (path.name for path in self.folder.iterdir()) if self.folder.is_dir() else ()

    def _stamps(self) -> Iterable[tuple[int, str]]:
        """When each finished file was saved, and its name."""
        for name in self._names():
            path = self.folder / name
            if name.endswith(_UNFINISHED) or name.startswith(_HIDDEN) or not path.is_file():
                continue
            yield path.stat().st_mtime_ns, name

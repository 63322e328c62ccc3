"""The home of a stage: the folder of all that its services write, under a name that stays."""

from __future__ import annotations

import os
import shutil
import tempfile
import uuid
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path
from typing import Self

__all__ = ["Home"]

_NAME = "storycast-stage"
_OWNER = "owner"
"""A file that says whose home it is: others make theirs under its name as soon as that is free."""


@dataclass(frozen=True)
class Home:
    """A home at ``path``, and who owns it."""

    path: Path
    owner: str

    @classmethod
    def make(cls) -> Self:
        """Make a home.

        Applications show where their files are, so it has the same name each time, unless another
        stage has taken that.
        """
        owner, base = uuid.uuid4().hex, Path(tempfile.gettempdir())
        draft = Path(tempfile.mkdtemp(prefix=f".{_NAME}-", dir=base))
        (draft / _OWNER).write_text(owner, encoding="ascii")
        names = chain([_NAME], (f"{_NAME}-{number}" for number in count(2)))
        path = next(path for path in (base / name for name in names) if _is_taken(draft, path))
        return cls(path, owner)

    def remove(self) -> None:
        """Remove it, unless it is gone and another stage has the name by now."""
        try:
            owner = (self.path / _OWNER).read_text(encoding="ascii")
        except OSError:
            owner = self.owner  # who owns a home says so: this is what is left of ours
        if owner == self.owner:
            shutil.rmtree(self.path, ignore_errors=True)


def _is_taken(draft: Path, path: Path) -> bool:
    """Take ``path`` for what is at ``draft``, in one move; False where somebody else has it."""
    try:
        os.rename(draft, path)  # noqa: PTH104 - which fails where there is a folder with anything in it
    except OSError:
        if not path.exists():
            raise
        return False
    return True

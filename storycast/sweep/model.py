"""What is handed from readers to searchers, and what a sweep has come to."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "Data",
    "Find",
    "Item",
    "Luma",
    "Seen",
    "Swept",
    "Text",
    "Trail",
    "Unread",
    "Wishes",
    "hint_of",
]

Luma = NDArray[np.uint8]
"""How bright each pixel is: of (height, width), 0 is black."""

Trail = tuple[str, ...]
"""Where something is, from the file inwards: ``("guide.zip", "word/document.xml")``."""

_SHOWN = 2


@dataclass(frozen=True)
class Data:
    """Bytes that are to be read as what they hold; ``path`` where they are a file of their own."""

    content: bytes
    trail: Trail
    path: Path | None = None


@dataclass(frozen=True)
class Text:
    """Text to be searched.

    ``marks`` say what begins at which line (from 0), in their order; without them lines count.
    ``whole`` text has no lines to be told: a name, a title. What was ``read`` off a picture may
    have been misread.
    """

    content: str
    trail: Trail
    marks: tuple[tuple[int, str], ...] = ()
    whole: bool = False
    read: bool = False


@dataclass(frozen=True, eq=False)
class Seen:
    """A picture to be read; what a film shows is ``lossy``, as its pixels are never quite the same.

    ``at_ms`` is when a film or an animation shows it; pictures of one ``trail`` follow one another.
    """

    luma: Luma
    trail: Trail
    lossy: bool = False
    at_ms: float | None = None


@dataclass(frozen=True)
class Unread:
    """Something that could not be read, and why; ``chosen`` where the user wanted it so."""

    trail: Trail
    reason: str
    chosen: bool = False


Item = Data | Text | Seen | Unread


@dataclass(frozen=True)
class Find:
    """Something that must not be published.

    ``kind`` says what it is, ``form`` how it is written ("" as it is), ``hint`` its first two
    characters and its length. The value itself is nowhere in it.
    """

    file: str
    where: str
    kind: str
    hint: str
    form: str = ""

    def __str__(self) -> str:
        place = f"{self.file}, {self.where}" if self.where else self.file
        form = f" ({self.form})" if self.form else ""
        return f"{place}: {self.kind}{form}: {self.hint}"


@dataclass(frozen=True)
class Swept:
    """What a sweep has come to; ``files`` and ``pictures`` are how many of them were read."""

    finds: tuple[Find, ...]
    unread: tuple[tuple[str, str], ...]
    files: int
    pictures: int
    left_out: int = 0

    @property
    def is_clean(self) -> bool:
        """Whether all was read, and nothing was found."""
        return not self.finds and not self.unread

    @property
    def facts(self) -> dict[str, object]:
        """What machines are told."""
        return {
            "clean": self.is_clean,
            "finds": [asdict(find) for find in self.finds],
            "not_swept": [{"file": file, "reason": reason} for file, reason in self.unread],
            "files": self.files,
            "pictures": self.pictures,
            "pictures_not_read": self.left_out,
        }


@dataclass(frozen=True)
class Wishes:
    """What is to be swept, and how. ``secrets`` are names, and the values that nobody may see.

    ``allow`` are patterns of e-mail addresses and the like that may be seen, ``exclude`` patterns
    of files that are left out. What pictures say is kept in ``cache`` (None: it is not).
    """

    paths: tuple[Path, ...]
    secrets: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    allow: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    reads_pictures: bool = True
    cache: Path | None = None


def hint_of(value: str) -> str:
    """Enough of a value to know it again by, and no more."""
    return f"{value[:_SHOWN]}… ({len(value)} characters)"

"""Opens whatever there is: reads each thing as what it is, and what it holds in turn."""

from __future__ import annotations

from collections.abc import Iterator

from recorder.errors import RecorderError
from storycast.errors import StorycastError
from storycast.sweep.archive import Allotment, read_compressed, read_tar, read_zip
from storycast.sweep.film import read_film
from storycast.sweep.kind import Kind, kind_of
from storycast.sweep.model import Data, Item, Seen, Text, Unread
from storycast.sweep.paper import read_pdf
from storycast.sweep.picture import read_picture
from storycast.sweep.program import UnreadableError
from storycast.sweep.written import read_text

__all__ = ["open_all"]

_DEEPEST = 8


def open_all(data: Data, *, reads_pictures: bool = True) -> Iterator[Data | Text | Seen | Unread]:
    """Yield ``data``, all that it holds, and what could not be read of it.

    Raises ``StorycastError`` where a program is missing.
    """
    yield from _open(data, Allotment(), _DEEPEST, reads_pictures=reads_pictures)


def _open(data: Data, allotment: Allotment, deeper: int, *, reads_pictures: bool) -> Iterator[Item]:
    yield data
    if not deeper:
        yield Unread(data.trail, "too much is packed into each other")
        return
    try:
        for item in _read(data, allotment, reads_pictures=reads_pictures):
            if isinstance(item, Data):
                yield from _open(item, allotment, deeper - 1, reads_pictures=reads_pictures)
            elif isinstance(item, Seen) and not reads_pictures:
                yield Unread(item.trail, "the picture was not read", chosen=True)
            else:
                yield item
    except (StorycastError, RecorderError):
        raise
    except UnreadableError as error:
        yield Unread(data.trail, str(error))
    except Exception as error:  # a damaged file has libraries fail in any way
        yield Unread(data.trail, f"it is damaged ({type(error).__name__})")


def _read(data: Data, allotment: Allotment, *, reads_pictures: bool) -> Iterator[Item]:
    kind = kind_of(data.content)
    match kind:
        case Kind.TEXT:
            return read_text(data)
        case Kind.PICTURE:
            return read_picture(data)
        case Kind.PDF:
            return read_pdf(data, reads_pictures=reads_pictures)
        case Kind.ZIP:
            return read_zip(data, allotment)
        case Kind.TAR:
            return read_tar(data, allotment)
        case Kind.GZIP | Kind.BZIP2 | Kind.XZ:
            return read_compressed(data, kind, allotment)
        case Kind.FILM:
            return read_film(data, reads_pictures=reads_pictures)
        case Kind.FONT:
            return iter(())
        case Kind.UNKNOWN:
            return iter((Unread(data.trail, "nobody knows what kind of file it is"),))

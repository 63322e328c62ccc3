"""Reads archives and compressed files, as far as is reasonable: some are made to fill a disk."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from typing import IO

from storycast.sweep.kind import Kind
from storycast.sweep.model import Data, Item, Text, Unread

__all__ = ["LARGEST", "Allotment", "read_compressed", "read_tar", "read_zip"]

LARGEST = 256 << 20
"""Bytes: what is larger once unpacked is not read."""

_MOST_MEMBERS = 20_000
_ENCRYPTED = 1
_Unpacking = gzip.GzipFile | bz2.BZ2File | lzma.LZMAFile
_OPENERS: dict[Kind, Callable[[IO[bytes]], _Unpacking]] = {
    Kind.GZIP: gzip.open,
    Kind.BZIP2: bz2.open,
    Kind.XZ: lzma.open,
}


class Allotment:
    """How many bytes may still be unpacked out of one file."""

    def __init__(self, left: int = 4 * LARGEST) -> None:
        self._left = left

    def unpack(self, file: IO[bytes] | _Unpacking) -> bytes | None:
        """All that ``file`` holds, or None where that is too much."""
        most = min(LARGEST, self._left)
        content = file.read(most + 1)
        self._left -= min(len(content), self._left)
        return content if len(content) <= most else None


def read_compressed(data: Data, kind: Kind, allotment: Allotment) -> Iterator[Item]:
    """Yield what is in a file that is compressed by itself, such as a snapshot (.json.gz)."""
    with _OPENERS[kind](io.BytesIO(data.content)) as file:
        content = allotment.unpack(file)
    name = _stored_name(data.content) if kind is Kind.GZIP else ""
    if name:
        yield Text(name, (*data.trail, "stored name"), whole=True)
    yield _too_large(data.trail) if content is None else Data(content, data.trail)


def read_zip(data: Data, allotment: Allotment) -> Iterator[Item]:
    """Yield what is in a zip archive, which Word documents are too."""
    with zipfile.ZipFile(io.BytesIO(data.content)) as archive:
        yield Text(_letters(archive.comment), (*data.trail, "comment"), whole=True)
        members = archive.infolist()
        yield from _too_many(data, len(members))
        for member in members[:_MOST_MEMBERS]:
            trail = (*data.trail, member.filename)
            note = "\n".join((member.filename, _letters(member.comment), _letters(member.extra)))
            yield Text(note, (*trail, "name"), whole=True)
            if member.flag_bits & _ENCRYPTED:
                yield Unread(trail, "it is encrypted")
            elif not member.is_dir():
                yield from _member(archive, member, allotment, trail)


def read_tar(data: Data, allotment: Allotment) -> Iterator[Item]:
    """Yield what is in a tar archive."""
    with tarfile.open(fileobj=io.BytesIO(data.content), mode="r:") as archive:
        for number, member in enumerate(archive):
            if number == _MOST_MEMBERS:
                yield from _too_many(data, number + 1)
                return
            trail = (*data.trail, member.name)
            note = "\n".join((member.name, member.linkname, member.uname, member.gname))
            yield Text(note, (*trail, "name"), whole=True)
            file = archive.extractfile(member) if member.isfile() else None
            if file is not None:
                content = allotment.unpack(file)
                yield _too_large(trail) if content is None else Data(content, trail)


def _member(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, allotment: Allotment, trail: tuple[str, ...]
) -> Iterator[Item]:
    try:
        with archive.open(member) as file:
            content = allotment.unpack(file)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, RuntimeError) as error:
        yield Unread(trail, f"it is damaged ({type(error).__name__})")
        return
    except Exception as error:  # each way of compressing has errors of its own
        yield Unread(trail, f"it cannot be unpacked ({type(error).__name__})")
        return
    yield _too_large(trail) if content is None else Data(content, trail)


def _too_large(trail: tuple[str, ...]) -> Unread:
    return Unread(trail, f"it is too large once unpacked (more than {LARGEST >> 20} MB, or in all)")


def _too_many(data: Data, members: int) -> Iterator[Unread]:
    if members > _MOST_MEMBERS:
        yield Unread(data.trail, f"it has more than {_MOST_MEMBERS} members")


def _letters(packed: bytes) -> str:
    return packed.decode("utf-8", errors="replace")


def _stored_name(content: bytes) -> str:
    """The name in the head of a gzip file (RFC 1952, 2.3.1)."""
    has_extra, has_name = content[3] & 4, content[3] & 8
    start = 10 + (2 + int.from_bytes(content[10:12], "little") if has_extra else 0)
    return content[start : content.index(0, start)].decode("latin-1") if has_name else ""

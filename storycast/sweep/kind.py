"""What bytes are, told by what they begin with, as file names may say anything."""

from __future__ import annotations

import re
from enum import StrEnum

from storycast.sweep.decoding import text_of

__all__ = ["Kind", "kind_of"]


class Kind(StrEnum):
    """What something is to be read as."""

    TEXT = "text"
    PICTURE = "picture"
    PDF = "pdf"
    ZIP = "zip"
    TAR = "tar"
    GZIP = "gzip"
    BZIP2 = "bzip2"
    XZ = "xz"
    FILM = "film"
    FONT = "font"
    UNKNOWN = "unknown"


_STARTS = (
    (rb"\x89PNG\r\n\x1a\n|GIF8[79]a|\xff\xd8\xff|RIFF....WEBP", Kind.PICTURE),
    (
        rb"II\*\x00|MM\x00\*|BM....\x00\x00\x00\x00|\x00...ftyp(?:avif|avis)|\x00\x00\x01\x00[\x01-\x20]\x00",
        Kind.PICTURE,
    ),
    (rb"\s*%PDF-\d", Kind.PDF),
    (rb"PK(?:\x03\x04|\x05\x06|\x07\x08)", Kind.ZIP),
    (rb"\x1f\x8b\x08", Kind.GZIP),
    (rb"BZh[1-9]1AY&SY", Kind.BZIP2),
    (rb"\xfd7zXZ\x00", Kind.XZ),
    (rb".{257}ustar[\x00 ]", Kind.TAR),
    (rb"\x00...(?:ftyp|moov|mdat|free|wide)|\x1aE\xdf\xa3|RIFF....(?:AVI |WAVE)", Kind.FILM),
    (rb"OggS\x00|fLaC\x00|ID3[\x02-\x04]|FLV\x01|\xff[\xfb\xf3\xf2\xf1\xf9]", Kind.FILM),
    (rb".{34}LP\x00\x00|wOF[F2]|OTTO\x00|ttcf\x00|\x00\x01\x00\x00\x00[\x00-\x40]", Kind.FONT),
)
_PDF = re.compile(rb"%PDF-\d")
_HEAD = 1024  # bytes: what readers of PDF let stand before it begins
_KINDS = tuple((re.compile(pattern, re.DOTALL), kind) for pattern, kind in _STARTS)


def kind_of(content: bytes) -> Kind:
    """What ``content`` is to be read as."""
    for pattern, kind in _KINDS:
        if pattern.match(content):
            return kind
    if text_of(content) is not None:
        return Kind.TEXT
    return Kind.PDF if _PDF.search(content[:_HEAD]) else Kind.UNKNOWN

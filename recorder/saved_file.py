"""Saved files: what the browser saved, without what nobody may read."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from recorder.errors import TakeError

if TYPE_CHECKING:
    from recorder.secrecy import Secrets

__all__ = ["clean_file"]

_LARGEST = 64 << 20
_MARKS = (b"\xff\xfe", b"\xfe\xff")
_GZIP = b"\x1f\x8b"


def clean_file(name: str, content: bytes, secrets: Secrets) -> bytes:
    """The ``content`` of a saved file; in text nothing is to be read that is secret.

    Raises `TakeError` where something is in a file that is no text.
    """
    if not secrets:
        return content
    encoding = _encoding(content)
    if encoding is not None:
        text = content.decode(encoding)
        hidden = secrets.hide(text)
        return content if hidden == text else hidden.encode(encoding)
    if any(_holds(part, secrets) for part in _parts(content)):
        raise TakeError(
            f"The file {secrets.hide(name)} that was saved holds a secret, and is no text in which "
            "it could be hidden.",
            "Let the storyboard save a file without it, or leave the download out.",
        )
    return content


def _encoding(content: bytes) -> str | None:
    """The encoding of a text; None for what is none."""
    if content.startswith(_MARKS):
        return "utf-16"
    if b"\0" in content:
        return None
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return "utf-8"


def _holds(content: bytes, secrets: Secrets) -> bool:
    # Each byte as a letter: what is in ASCII, or in UTF-8, is found whatever stands around it.
    wide = content.replace(b"\0", b"").decode("latin-1")
    own = content.decode("utf-8", errors="replace")
    return any(secrets.hide(text) != text for text in (own, wide))


def _parts(content: bytes) -> Iterator[bytes]:
    """The bytes as they are, and what is packed in them; of much only the beginning."""
    yield content
    if content.startswith(_GZIP):
        try:
            with gzip.open(io.BytesIO(content)) as packed:
                yield packed.read(_LARGEST)
        except (OSError, EOFError, zlib.error):
            return
    elif zipfile.is_zipfile(io.BytesIO(content)):
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                for member in archive.infolist():
                    yield member.filename.encode()
                    with archive.open(member) as packed:
                        yield packed.read(_LARGEST)
        except (OSError, RuntimeError, NotImplementedError, zipfile.BadZipFile, zlib.error):
            return  # damaged or encrypted

"""The ways in which text is written inside of other text; every decoding keeps its lines."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable, Iterator
from urllib.parse import unquote

__all__ = ["decodings", "text_of"]

_DEPTH = 3  # JSON in an attribute of a page that an address holds
_MORE = "in several encodings"
_BREAKS = str.maketrans(dict.fromkeys("\r\n\v\f\x85\u2028\u2029", " "))
_UNSEEN = dict.fromkeys([0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF])  # soft hyphens, joiners
_PERCENT = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_ENTITY = re.compile(r"&(?:#\d+|#[xX][0-9A-Fa-f]+|\w+);?")
_ESCAPE = re.compile(r"(?:\\u[0-9A-Fa-f]{4})+|\\x[0-9A-Fa-f]{2}|\\[\"'/\\]")
_QUOTED = re.compile(r"(?:=[0-9A-F]{2})+")
_WIDE = 0.3  # of all bytes: text of two bytes to a letter has about every second one 0
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)


def text_of(content: bytes) -> str | None:
    """The text that bytes are, in whatever encoding; None where they are none."""
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            return content[len(bom) :].decode(encoding, errors="replace")
    if b"\0" in content:
        return _wide(content)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        pass
    # Letters of ASCII are the same in all that is left: Latin, Cyrillic, Japanese, Chinese.
    return None if _CONTROLS.search(content) else content.decode("cp1252", errors="replace")


def _wide(content: bytes) -> str | None:
    for encoding, zeros in (("utf-16-le", content[1::2]), ("utf-16-be", content[::2])):
        if zeros.count(0) > _WIDE * len(zeros):
            try:
                told = content.decode(encoding)
            except UnicodeDecodeError:
                continue
            if not _CONTROLS.search(told.encode("utf-8", errors="replace")):
                return told
    return None


def decodings(text: str) -> Iterator[tuple[str, str]]:
    """Yield ``text`` as it is, and what it says once decoded, with the name of how.

    That is each way of writing by itself, and then all of them, again and again.
    Each has as many lines as ``text``. Letters of the same look are made one (NFKC).
    """
    seen = {text}
    yield "", _plain(text)
    for name, decode in _DECODERS:
        read = decode(text)
        if read not in seen:
            seen.add(read)
            yield name, _plain(read)
    read = text
    for _ in range(_DEPTH):
        for _name, decode in _DECODERS:
            read = decode(read)
        if read in seen:
            continue
        seen.add(read)
        yield _MORE, _plain(read)


def _plain(text: str) -> str:
    return text if text.isascii() else unicodedata.normalize("NFKC", text.translate(_UNSEEN))


def _percent(text: str) -> str:
    if "%" not in text:
        return text
    return _PERCENT.sub(lambda found: unquote(found[0]).translate(_BREAKS), text)


def _entities(text: str) -> str:
    if "&" not in text:
        return text
    return _ENTITY.sub(lambda found: html.unescape(found[0]).translate(_BREAKS), text)


def _escapes(text: str) -> str:
    return _ESCAPE.sub(_unescape, text) if "\\" in text else text


def _unescape(found: re.Match[str]) -> str:
    written = found[0]
    if written.startswith("\\u"):
        units = bytes.fromhex(written.replace("\\u", ""))
        return units.decode("utf-16-be", errors="replace").translate(_BREAKS)
    return chr(int(written[2:], 16)).translate(_BREAKS) if written[1] == "x" else written[1]


def _quoted(text: str) -> str:
    if "=" not in text:
        return text
    return _QUOTED.sub(
        lambda found: (
            bytes.fromhex(found[0].replace("=", ""))
            .decode("utf-8", errors="replace")
            .translate(_BREAKS)
        ),
        text,
    )


_DECODERS: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("percent-encoded", _percent),
    ("as HTML", _entities),
    ("as JSON", _escapes),
    ("quoted-printable", _quoted),
)

"""Reads what is written: plain text, pages, JSON, notebooks; and what they hold in base64."""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any
from urllib.parse import unquote_to_bytes

from storycast.sweep.decoding import text_of
from storycast.sweep.kind import Kind, kind_of
from storycast.sweep.model import Data, Item, Text, Trail

__all__ = ["read_text"]

_DATA = re.compile(r"data:([\w.+-]+/[\w.+-]+)?((?:;[\w.-]+(?:=[\w.\"-]+)?)*),([^\s\"'<>)\\]*)")
_MARKUP = re.compile(r"<[A-Za-z!?/]")
_LONG_BASE64 = re.compile(r"[A-Za-z0-9+/\s]{64,}={0,2}\s*")
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "br",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "head",
        "header",
        "hr",
        "li",
        "link",
        "main",
        "meta",
        "nav",
        "ol",
        "option",
        "p",
        "pre",
        "script",
        "section",
        "style",
        "summary",
        "table",
        "tbody",
        "td",
        "th",
        "title",
        "tr",
        "ul",
        "w:p",
        "w:tr",
        "w:tc",
        "text",
    ]
)


def read_text(data: Data) -> Iterator[Item]:
    """Yield the texts and the parts that some text is made of."""
    text = text_of(data.content) or ""
    told = _json(text)
    if told is not None:
        yield from _read_json(told, data.trail)
        return
    bare, parts = _without_data(text)
    yield Text(bare, data.trail)
    for number, (line, content) in enumerate(parts, 1):
        yield Data(content, (*data.trail, f"line {line + 1}, data address {number}"))
    if _MARKUP.search(bare):
        yield from _page_text(bare, data.trail)


def _json(text: str) -> Any | None:  # noqa: ANN401 - whatever JSON holds
    if not text.lstrip().startswith(("{", "[")):
        return None
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return told if isinstance(told, dict | list) else None


def _without_data(text: str) -> tuple[str, list[tuple[int, bytes]]]:
    """The text without what ``data:`` addresses hold, and that: the line (from 0) and the bytes."""
    parts: list[tuple[int, bytes]] = []

    def take(found: re.Match[str]) -> str:
        content = _data_of(found)
        if content is None:
            return found[0]
        parts.append((text.count("\n", 0, found.start()), content))
        return f"data:{found[1] or ''}{found[2]},"

    return (_DATA.sub(take, text), parts) if "data:" in text else (text, parts)


def _data_of(found: re.Match[str]) -> bytes | None:
    packed = unquote_to_bytes(found[3])
    if not found[2].endswith(";base64"):
        return packed if found[1] else None  # "data:, " may be prose
    return _unpacked(packed)


def _unpacked(packed: bytes | str) -> bytes | None:
    written = packed.encode("ascii", "ignore") if isinstance(packed, str) else packed
    written = b"".join(written.split()).translate(bytes.maketrans(b"-_", b"+/"))
    try:
        return base64.b64decode(written.rstrip(b"=") + b"=" * (-len(written.rstrip(b"=")) % 4))
    except (binascii.Error, ValueError):
        return None


class _PageText(HTMLParser):
    """What a page says without its tags; ``lines`` are (line in the source, text)."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[tuple[int, str]] = [(0, "")]

    def handle_starttag(self, tag: str, attrs: object) -> None:
        del attrs  # which the text of the source shows
        if tag in _BLOCKS:
            self.lines.append((self.getpos()[0] - 1, ""))

    def handle_endtag(self, tag: str) -> None:
        self.handle_starttag(tag, ())

    def parse_marked_section(self, i: int, report: bool = True) -> int:
        try:
            return super().parse_marked_section(i, report)
        except AssertionError:  # a "<![" of some program; what follows is text then
            return -1

    def handle_data(self, data: str) -> None:
        first, *others = data.split("\n")
        line, text = self.lines[-1]
        self.lines[-1] = (line if text else self.getpos()[0] - 1, text + first)
        start = self.getpos()[0]
        self.lines.extend((start + number, other) for number, other in enumerate(others))


def _page_text(text: str, trail: Trail) -> Iterator[Text]:
    """What is written across tags, such as a word half of which is bold."""
    page = _PageText()
    page.feed(text)
    page.close()
    shown = [(line, each) for line, each in page.lines if each.strip()]
    marks = tuple((number, f"line {line + 1}") for number, (line, _) in enumerate(shown))
    yield Text("\n".join(each for _, each in shown), trail, marks)


def _read_json(told: Any, trail: Trail) -> Iterator[Item]:  # noqa: ANN401
    """Yield all strings as one text whose lines know where they come from, and all parts."""
    lines: list[str] = []
    marks: list[tuple[int, str]] = []
    for place, text in _strings(told, ""):
        if _LONG_BASE64.fullmatch(text):
            content = _unpacked(text)
            if content and kind_of(content) is not Kind.UNKNOWN:
                yield Data(content, (*trail, place))
                continue
        bare, parts = _without_data(text)
        for number, (_, content) in enumerate(parts, 1):
            yield Data(content, (*trail, f"{place}, data address {number}"))
        if _MARKUP.search(bare):
            yield from (
                Text(each.content, (*trail, place), whole=True) for each in _page_text(bare, trail)
            )
        marks.append((len(lines), place))
        lines.extend(bare.split("\n"))
    yield Text("\n".join(lines), trail, tuple(marks))


def _strings(told: Any, place: str) -> Iterator[tuple[str, str]]:  # noqa: ANN401
    """Yield every string in ``told``, keys too, and where it is."""
    waiting: list[tuple[Any, str]] = [(told, place)]
    while waiting:
        value, at = waiting.pop()
        if isinstance(value, str):
            yield at, value
        elif isinstance(value, int | float) and not isinstance(value, bool):
            yield at, str(value)
        elif isinstance(value, list) and value and all(isinstance(each, str) for each in value):
            yield at, ("" if value[0].endswith("\n") else "\n").join(value)
        elif isinstance(value, list):
            waiting.extend((each, f"{_singular(at)} {number}") for number, each in _numbered(value))
        elif isinstance(value, dict):
            yield at, "\n".join(value)
            waiting.extend((value[key], f"{at}, {key}" if at else key) for key in reversed(value))


def _numbered(values: list[Any]) -> list[tuple[int, Any]]:
    return list(enumerate(values, 1))[::-1]


def _singular(place: str) -> str:
    """``cells`` is the place of cell 1."""
    return place.removesuffix("s") if place else "entry"

"""Reads PDF: its text, all strings of its objects, what is attached, and its pages as pictures."""

from __future__ import annotations

import io
import logging
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from pypdf import PdfReader
from pypdf.generic import ByteStringObject, IndirectObject, StreamObject, TextStringObject

from storycast.sweep.archive import LARGEST
from storycast.sweep.model import Data, Item, Seen, Text, Unread
from storycast.sweep.program import UnreadableError, file_of, run

__all__ = ["read_pdf"]

_DPI = 150
_MOST_PAGES = 2_000
_FILES = ("/EmbeddedFile", "/Metadata")


def read_pdf(data: Data, *, reads_pictures: bool) -> Iterator[Item]:
    """Yield what is in a PDF; ``reads_pictures`` says whether its pages are, too.

    Raises ``StorycastError`` where poppler is missing, ``UnreadableError`` where it is damaged.
    """
    with file_of(data) as path:
        told = run("pdftotext", "-enc", "UTF-8", str(path), "-")
        pages = told.decode("utf-8", errors="replace").split("\f")
        for number, page in enumerate(pages, 1):
            yield Text(page, (*data.trail, f"page {number}"), whole=True)
        yield from _objects(data)
        if not reads_pictures:
            yield Unread(data.trail, "its pages were not read as pictures", chosen=True)
            return
        if len(pages) > _MOST_PAGES:
            raise UnreadableError(f"it has more than {_MOST_PAGES} pages")
        for number in range(1, max(len(pages), 2)):
            yield from _page(path, number, data)


def _page(path: Path, number: int, data: Data) -> Iterator[Seen]:
    with tempfile.TemporaryDirectory() as folder:
        stem = Path(folder) / "page"
        page = ("-f", str(number), "-l", str(number), "-singlefile")
        run("pdftoppm", "-gray", "-r", str(_DPI), *page, str(path), str(stem))
        drawn = cv2.imread(str(stem.with_suffix(".pgm")), cv2.IMREAD_GRAYSCALE)
    if drawn is None:
        raise UnreadableError(f"page {number} cannot be drawn")
    yield Seen(np.asarray(drawn, np.uint8), (*data.trail, f"page {number}"))


def _objects(data: Data) -> Iterator[Item]:
    """Yield the strings that no page shows: metadata, alternative texts, addresses, values."""
    logging.getLogger("pypdf").setLevel(logging.ERROR)
    try:
        reader = PdfReader(io.BytesIO(data.content))
        numbers = sorted({number for each in reader.xref.values() for number in each})
        numbers = sorted({*numbers, *reader.xref_objStm})
        roots = [("document", reader.trailer), *((f"object {n}", _get(reader, n)) for n in numbers)]
    except Exception as error:
        raise UnreadableError(f"it is damaged ({type(error).__name__})") from None
    lines: list[str] = []
    marks: list[tuple[int, str]] = []
    for place, value in roots:
        for key, said in _strings(value, ""):
            marks.append((len(lines), f"{place} {key}".strip()))
            lines.extend(said.split("\n"))
        if isinstance(value, StreamObject) and value.get("/Type") in _FILES:
            content = _stream(value)
            named = (*data.trail, f"{str(value['/Type'])[1:]} ({place})")
            yield Data(content, named) if content is not None else Unread(named, "it is damaged")
    yield Text("\n".join(lines), data.trail, tuple(marks))


def _get(reader: PdfReader, number: int) -> Any:  # noqa: ANN401 - any object of the file
    try:
        return reader.get_object(IndirectObject(number, 0, reader))
    except Exception:  # what no page needs may be damaged, and pdftotext was content
        return None


def _stream(value: StreamObject) -> bytes | None:
    try:
        content = value.get_data()
    except Exception:  # filters have errors of their own
        return None
    return content if len(content) <= LARGEST else None


def _strings(value: Any, key: str) -> Iterator[tuple[str, str]]:  # noqa: ANN401
    """Yield the strings in an object, not of the objects that it points to, with their keys."""
    if isinstance(value, TextStringObject):
        yield key, str(value)
    elif isinstance(value, ByteStringObject):
        yield key, bytes(value).decode("latin-1")
    elif isinstance(value, dict):
        for name in value:
            yield from _strings(
                value.raw_get(name) if hasattr(value, "raw_get") else value[name], str(name)[1:]
            )
    elif isinstance(value, list):
        for each in list.__iter__(value):
            yield from _strings(each, key)

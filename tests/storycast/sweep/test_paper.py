from __future__ import annotations

import io

from PIL import Image
from pypdf import PdfWriter
from pypdf.annotations import FreeText

from storycast.sweep.model import Data, Item, Seen, Text, Unread
from storycast.sweep.reading import open_all


def _pdf(password: str = "") -> bytes:
    drawn, stored = io.BytesIO(), io.BytesIO()
    Image.new("RGB", (300, 200), "white").save(drawn, "pdf")
    writer = PdfWriter(clone_from=drawn)
    writer.add_metadata({"/Keywords": "the metadata"})
    writer.add_annotation(0, FreeText(text="the annotation", rect=(10, 10, 90, 90)))
    writer.add_attachment("notes.txt", b"the attachment")
    if password:
        writer.encrypt(password)
    writer.write(stored)
    return stored.getvalue()


def _items(content: bytes) -> list[Item]:
    return list(open_all(Data(content, ())))


def test_pdf_is_read_with_all_it_holds() -> None:
    items = _items(_pdf())
    said = "\n".join(item.content for item in items if isinstance(item, Text))
    for words in ("the metadata", "the annotation", "the attachment", "notes.txt"):
        assert words in said, words
    assert [item.trail for item in items if isinstance(item, Seen)] == [("page 1",)]


def test_encrypted_pdf_is_told() -> None:
    [told] = [item for item in _items(_pdf("secret")) if isinstance(item, Unread)]
    assert told.reason == "it is encrypted"


def test_damaged_pdf_is_told() -> None:
    [told] = [item for item in _items(_pdf()[:200]) if isinstance(item, Unread)]
    assert told.reason.startswith("it is damaged")

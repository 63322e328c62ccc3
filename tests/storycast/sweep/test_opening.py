from __future__ import annotations

import base64
import bz2
import gzip
import io
import json
import lzma
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from storycast.sweep import archive
from storycast.sweep.kind import Kind, kind_of
from storycast.sweep.model import Data, Seen, Text, Unread
from storycast.sweep.reading import open_all

_WORD = "kept-Word-77"


def _texts(content: bytes) -> Iterator[tuple[str, str]]:
    """Every line that is searched in some content, and where it is."""
    for item in open_all(Data(content, ())):
        if isinstance(item, Text):
            for number, line in enumerate(item.content.split("\n")):
                place = next((mark for at, mark in reversed(item.marks) if at <= number), "")
                yield line, ", ".join((*item.trail, *([place] if place else [])))


def _places(content: bytes) -> set[str]:
    return {place for line, place in _texts(content) if _WORD in line}


def _unread(content: bytes) -> list[str]:
    return [item.reason for item in open_all(Data(content, ())) if isinstance(item, Unread)]


def _png(**text: str) -> bytes:
    stored, notes = io.BytesIO(), PngInfo()
    for name, said in text.items():
        notes.add_text(name, said, zip=True)
    Image.new("RGB", (20, 10), "white").save(stored, "png", pnginfo=notes)
    return stored.getvalue()


def _zip(**members: bytes) -> bytes:
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members.items():
            packed.writestr(name, content)
    return stored.getvalue()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (_png(), Kind.PICTURE),
        (_zip(a=b"b"), Kind.ZIP),
        (gzip.compress(b"a"), Kind.GZIP),
        (b"%PDF-1.7\n", Kind.PDF),
        (b"\x00\x00\x00\x20ftypisom", Kind.FILM),
        (b"A text about %PDF-1.7 and more", Kind.TEXT),
        (b"the free one", Kind.TEXT),
        (b"ID3 tags and BMW", Kind.TEXT),
        (b"", Kind.TEXT),
        (b"\x00\x01\x02\x80\xff", Kind.UNKNOWN),
    ],
    ids=("picture", "zip", "gzip", "pdf", "film", "text", "words", "signs", "empty", "unknown"),
)
def test_kind_is_told_by_content(content: bytes, kind: Kind) -> None:
    assert kind_of(content) is kind


def test_page_is_read_across_its_tags() -> None:
    assert _places(b"<p>one\n<p>kept-<b>Word</b>-77</p>") == {"line 2"}


def test_program_that_only_looks_like_a_page_is_read() -> None:
    program = f"if (a <b) {{ x = '<![{{' }}\n<![{{ odd ]]\n<i>{_WORD}</i>".encode()
    assert _places(program) >= {""}
    assert not _unread(program)


def test_data_address_is_read_as_what_it_holds() -> None:
    packed = base64.b64encode(_png(Comment=_WORD)).decode()
    page = f'<p>\n<img src="data:image/png;base64,{packed}">'.encode()
    assert _places(page) == {"line 2, data address 1, metadata Comment"}
    assert not any(packed[:40] in line for line, _ in _texts(page))
    assert sum(isinstance(item, Seen) for item in open_all(Data(page, ()))) == 1


def test_notebook_is_read_cell_by_cell() -> None:
    notebook = {
        "metadata": {"papermill": {"parameters": {"token": _WORD}}},
        "cells": [
            {"source": ["a\n", f"{_WORD}\n"], "attachments": {}},
            {"outputs": [{"data": {"image/png": base64.b64encode(_png(Note=_WORD)).decode()}}]},
            {"outputs": [{"data": {"text/html": f"<b>kept-</b>{_WORD[5:]}"}}]},
        ],
    }
    assert _places(json.dumps(notebook).encode()) == {
        "metadata, papermill, parameters, token",
        "cell 1, source",
        "cell 2, output 1, data, image/png, metadata Note",
        "cell 3, output 1, data, text/html",
    }


def test_archives_are_read_through_and_through() -> None:
    inner = _zip(**{"word/document.xml": f"<w:t>{_WORD}</w:t>".encode()})
    tar = io.BytesIO()
    with tarfile.open(fileobj=tar, mode="w") as packed:
        member = tarfile.TarInfo("guide.docx")
        member.size = len(inner)
        packed.addfile(member, io.BytesIO(inner))
    for compress in (gzip.compress, bz2.compress, lzma.compress):
        places = _places(_zip(**{"all.tar.x": compress(tar.getvalue())}))
        assert {"all.tar.x, guide.docx, word/document.xml"} <= places | {
            place.removesuffix(", line 1") for place in places
        }


def test_names_and_comments_in_archives_are_read() -> None:
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w") as packed:
        packed.writestr(f"{_WORD}.txt", "")
        packed.comment = _WORD.encode()
    assert _places(stored.getvalue()) == {f"{_WORD}.txt, name", "comment"}


def test_bomb_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "LARGEST", 1000)
    [reason] = _unread(gzip.compress(bytes(5000)))
    assert "too large once unpacked" in reason
    assert _unread(_zip(a=b"x" * 5000, b=b"y" * 10)) == [reason]


def test_archives_in_archives_end_somewhere() -> None:
    content = b"text"
    for _ in range(20):
        content = gzip.compress(content)
    assert _unread(content) == ["too much is packed into each other"]


@pytest.mark.parametrize(
    "content",
    [_png()[:-30], _zip(a=b"b" * 99)[:-9], gzip.compress(b"a" * 999)[:-12], b"\xff\xd8\xff\xe0 x"],
    ids=("picture", "zip", "gzip", "start"),
)
def test_damaged_file_is_told(content: bytes) -> None:
    assert [reason.partition(" (")[0] for reason in _unread(content)] == ["it is damaged"]


def test_encrypted_member_is_told() -> None:
    content = bytearray(_zip(a=b"b"))
    content[content.index(b"PK\x01\x02") + 8] |= 1
    assert _unread(bytes(content)) == ["it is encrypted"]


def test_unknown_kind_is_told() -> None:
    assert _unread(b"\x00\x01\x02\x80\xff") == ["nobody knows what kind of file it is"]


def test_every_frame_of_an_animation_is_seen(tmp_path: Path) -> None:
    frames = [Image.new("RGB", (40, 20), colour) for colour in ("white", "red", "blue")]
    for ending in ("gif", "webp", "png"):
        path = tmp_path / f"a.{ending}"
        frames[0].save(path, save_all=True, append_images=frames[1:], duration=500)
        seen = [item for item in open_all(Data(path.read_bytes(), ())) if isinstance(item, Seen)]
        assert [item.at_ms for item in seen] == [0.0, 500.0, 1000.0], ending


def test_text_that_only_a_dark_page_shows_is_seen(tmp_path: Path) -> None:
    Image.new("RGBA", (20, 10), (255, 255, 255, 40)).save(tmp_path / "a.png")
    content = (tmp_path / "a.png").read_bytes()
    seen = [item for item in open_all(Data(content, ())) if isinstance(item, Seen)]
    assert [int(item.luma[0, 0]) for item in seen] == [255, 40]

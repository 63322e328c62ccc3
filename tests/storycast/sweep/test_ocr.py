from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from storycast.drawing.font import choose_face, load_font
from storycast.sweep import ocr
from storycast.sweep.model import Luma
from storycast.sweep.ocr import Reader


def _page(*lines: str) -> Luma:
    page = Image.new("L", (900, 400), "white")
    font = load_font(choose_face("", "a"), 24)
    for number, line in enumerate(lines):
        ImageDraw.Draw(page).text((40, 30 + 80 * number), line, font=font, fill="#333")
    return np.asarray(page)


def _said(reader: Reader, page: Luma) -> set[str]:
    return {line.text for line in reader.read(page)}


def test_words_are_read_and_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = _page("The first line", "Then another one")
    said = _said(Reader(tmp_path), page)
    assert {"The first line", "Then another one"} <= said

    def fail(_picture: bytes, _way: str) -> str:
        raise AssertionError

    monkeypatch.setattr(ocr, "_tesseract", fail)
    assert _said(Reader(tmp_path), page) == said


def test_of_a_like_picture_only_what_differs_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    reader, heights = Reader(None), []
    packed = ocr._packed

    def note(luma: Luma) -> Luma:
        heights.append(luma.shape[0])
        return packed(luma)

    monkeypatch.setattr(ocr, "_packed", note)
    reader.read(_page("The first line", "Then another one", "", "The last line"))
    said = _said(reader, _page("The first line", "Something else here", "", "The last line"))
    assert {"The first line", "Something else here", "The last line"} <= said
    assert "Then another one" not in said
    assert heights[0] == 400
    assert heights[1] < 150


def test_empty_pictures_are_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "_version", lambda: pytest.fail("tesseract was asked"))
    reader = Reader(None)
    assert reader.read(np.full((300, 300), 90, np.uint8)) == ()
    assert reader.read(np.zeros((4, 300), np.uint8)) == ()

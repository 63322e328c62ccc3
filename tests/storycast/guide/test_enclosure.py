from __future__ import annotations

import base64
import io
import json
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from recorder.storyboard import Storyboard, read_storyboard
from recorder.take import Browser, Take
from storycast.errors import StorycastError
from storycast.guide.enclosure import Enclosures, data_pictures
from storycast.guide.prose import render_prose, tame_prose


def _picture(kind: str = "PNG", colour: str = "red") -> bytes:
    packed = io.BytesIO()
    Image.new("RGB", (12, 90), colour).save(packed, kind)
    return packed.getvalue()


def _board(folder: Path, prose: str, attachments: dict[str, Any] | None = None) -> Storyboard:
    text: dict[str, Any] = {"cell_type": "markdown", "metadata": {}, "source": prose}
    if attachments is not None:
        text["attachments"] = attachments
    code: dict[str, Any] = {
        "cell_type": "code",
        "metadata": {},
        "source": "pass",
        "outputs": [],
        "execution_count": None,
    }
    path = folder / "board.ipynb"
    path.write_text(
        json.dumps({"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": [text, code]})
    )
    return read_storyboard(path)


def _prose(board: Storyboard) -> str:
    take = Take(
        storyboard=board.name,
        code=board.code,
        title=board.title,
        language="en",
        viewport=(1280, 720),
        scale=2,
        browser=Browser(name="", version=""),
        steps=tuple(step.filmed() for step in board.steps),
    )
    return Enclosures(board).enclose(take).steps[0].prose


def _address(content: bytes, kind: str = "png") -> str:
    return f"data:image/{kind};base64,{base64.b64encode(content).decode()}"


def test_pictures_of_the_notebook_and_beside_it_are_in_the_prose(tmp_path: Path) -> None:
    inside, beside = _picture(), _picture("JPEG", "blue")
    (tmp_path / "my pictures").mkdir()
    (tmp_path / "my pictures" / "a.jpg").write_bytes(beside)
    board = _board(
        tmp_path,
        'See ![one](attachment:a.png "Title") and ![two](my%20pictures/a.jpg).',
        {"a.png": {"image/png": base64.b64encode(inside).decode()}},
    )
    prose = _prose(board)
    assert f'![one]({_address(inside)} "Title")' in prose
    assert f"![two]({_address(beside, 'jpeg')})" in prose
    shown = render_prose(prose)
    assert shown.count("<img ") == 2
    assert 'alt="one"' in shown
    assert _address(inside) in tame_prose(prose)


@pytest.mark.parametrize(
    "source", ["../secret.png", "/etc/hostname", "https://example.org/a.png", "drawing.svg"]
)
def test_what_is_elsewhere_or_no_picture_stays_text(tmp_path: Path, source: str) -> None:
    (tmp_path / "secret.png").write_bytes(_picture())
    folder = tmp_path / "boards"
    folder.mkdir()
    (folder / "drawing.svg").write_text("<svg onload='x()'/>")
    prose = _prose(_board(folder, f"See ![it]({source})."))
    assert prose == f"See ![it]({source})."
    assert "<img" not in render_prose(prose)


def test_link_that_leads_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.png").write_bytes(_picture())
    folder = tmp_path / "boards"
    folder.mkdir()
    (folder / "a.png").symlink_to(tmp_path / "secret.png")
    assert _prose(_board(folder, "![it](a.png)")) == "![it](a.png)"


@pytest.mark.parametrize("source", ["a.png", "attachment:a.png"])
def test_missing_picture_is_told_with_its_step(tmp_path: Path, source: str) -> None:
    board = _board(tmp_path, f"See ![it]({source}).")
    with pytest.raises(StorycastError, match=r"step 1: the picture 'a.png' in the prose is not"):
        _ = Enclosures(board).key


def test_key_follows_the_pictures(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(_picture())
    board = _board(tmp_path, "![it](a.png)")
    before = Enclosures(board).key
    assert Enclosures(board).key == before
    (tmp_path / "a.png").write_bytes(_picture(colour="blue"))
    assert Enclosures(board).key != before


def test_notebook_keeps_its_attachments_and_takes_in_what_lies_beside_it(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(_picture())
    attached = {"a.png": {"image/png": base64.b64encode(_picture()).decode()}}
    board = _board(tmp_path, "![one](attachment:a.png) ![two](a.png)", attached)
    told = Enclosures(board).tell(board.texts[0])
    assert told == f"![one](attachment:a.png) ![two]({_address(_picture())})"


def test_document_refers_to_files() -> None:
    content = _picture()
    text, files = data_pictures(f'![it]({_address(content)}) <img src="{_address(content)}"/>', "p")
    (path,) = files
    assert files[path] == content
    assert text == f'![it]({path}) <img src="{path}"/>'
    assert path.startswith("p/")
    assert path.endswith(".png")

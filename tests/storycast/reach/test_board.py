from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from recorder import read_storyboard
from storycast.reach import Kind, Use, read_reach, tell_uses


def _board(folder: Path, front: dict[str, Any], source: str) -> Path:
    path = folder / "board.ipynb"
    code: dict[str, Any] = {"outputs": [], "execution_count": None, "metadata": {}}
    cells = [
        {"cell_type": "markdown", "metadata": {}, "source": "Open it."},
        {"cell_type": "code", "source": source, **code},
    ]
    notebook = {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {"storycast": front},
        "cells": cells,
    }
    path.write_text(json.dumps(notebook), encoding="utf-8")
    return path


def test_stage_hosts_and_modules_beside_the_storyboard_are_told(tmp_path: Path) -> None:
    (tmp_path / "pages.py").touch()
    stage = {
        "command": ["serve", "a b"],
        "stop": ["serve", "stop"],
        "prepare": {"command": ["fill"]},
        "version": {"command": ["serve", "-V"]},
        "secrets": ["PASSWORD"],
    }
    front = {"hosts": ["example.org"], "voice": {"command": ["say", "{text}"]}, "stage": stage}
    board = read_storyboard(_board(tmp_path, front, "import pages"))
    assert read_reach(board) == (
        Use(Kind.STAGE, "once: fill"),
        Use(Kind.STAGE, "serve 'a b'"),
        Use(Kind.STAGE, "serve stop"),
        Use(Kind.STAGE, "serve -V"),
        Use(Kind.SECRET, "PASSWORD"),
        Use(Kind.HOST, "example.org"),
        Use(Kind.PROCESS, "say '{text}'"),
        Use(Kind.CODE, "pages.py, beside the storyboard", 2, 1),
    )


def test_uses_are_told_by_kind_each_once_with_its_first_place() -> None:
    uses = (
        Use(Kind.FILE, "open('b')", 3, 1),
        Use(Kind.MODULE, "os", 2, 1),
        Use(Kind.FILE, "open('a')", 3, 2),
        Use(Kind.FILE, "open('b')", 4, 1),
        Use(Kind.HOST, "example.org"),
    )
    assert list(tell_uses(uses)) == [
        "  hosts        example.org",
        "  modules      os (cell 2, line 1)",
        "  files        open('b') (cell 3, line 1)",
        "               open('a') (cell 3, line 2)",
    ]

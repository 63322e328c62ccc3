"""Finds the notebook that a kernel runs, and where its output goes."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

from recorder.errors import RecorderError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["OUTPUT_VARIABLE", "STORYBOARD_VARIABLE", "default_folder", "find_storyboard"]

STORYBOARD_VARIABLE = "STORYCAST_STORYBOARD"
OUTPUT_VARIABLE = "STORYCAST_OUTPUT"


def find_storyboard(source: str) -> Path:
    """The notebook that holds a code cell with this source, found where a kernel can look.

    In this order: the variable `STORYBOARD_VARIABLE`; what Jupyter tells its kernels; the command
    line that runs this kernel (papermill); the notebooks in this folder and in ``storyboards``.
    Raises `RecorderError` where none of them holds the cell.
    """
    told = os.environ.get(STORYBOARD_VARIABLE)
    if told:
        return Path(told)
    for path in (*_from_jupyter(), *_from_command_lines(), *_from_folder()):
        if _holds(path, source):
            return path
    raise RecorderError(
        "It cannot be told which notebook is running, and so not what its prose says.",
        f"Set {STORYBOARD_VARIABLE} to its path, or run it with 'storycast record'.",
    )


def default_folder(board: Path) -> Path:
    """Where a storyboard's output goes: ``output/<board>`` of its project.

    The project is the nearest folder above that has an ``output`` folder, or else the notebook's.
    """
    told = os.environ.get(OUTPUT_VARIABLE)
    if told:
        return Path(told) / board.stem
    above = (folder / "output" for folder in board.resolve().parents)
    found = next((folder for folder in above if folder.is_dir()), None)
    return (found or board.resolve().parent / "output") / board.stem


def _from_jupyter() -> Iterator[Path]:
    # Set by Jupyter Server 2 and later for each kernel; for consoles it is not a path.
    name = os.environ.get("JPY_SESSION_NAME", "")
    if name.endswith(".ipynb"):
        yield Path(name)


def _from_command_lines() -> Iterator[Path]:
    for process in psutil.Process().parents():
        try:
            folder, words = process.cwd(), process.cmdline()
        except psutil.Error:
            continue
        yield from (Path(folder) / word for word in words if word.endswith(".ipynb"))


def _from_folder() -> Iterator[Path]:
    for folder in (Path(), Path("storyboards")):
        yield from sorted(folder.glob("*.ipynb"))


def _holds(path: Path, source: str) -> bool:
    """Whether the notebook at ``path`` holds a cell of this source and is no papermill output."""
    try:
        notebook = json.loads(path.read_text(encoding="utf-8"))
        written = "papermill" in notebook["metadata"]
        sources = {"".join(cell["source"]).strip() for cell in notebook["cells"]}
    except (OSError, ValueError, KeyError, TypeError):
        return False
    return not written and source.strip() in sources

"""The executed notebook: what the storyboard's cells gave when filmed, with the words of now."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

import nbformat

from storycast.errors import StorycastError

if TYPE_CHECKING:
    from pathlib import Path

    from recorder.storyboard import Storyboard

__all__ = ["write_executed"]


def write_executed(filmed: Path, board: Storyboard, out: Path) -> None:
    """Write the notebook ``filmed`` to ``out``, its prose as ``board`` has it now.

    Both have the same code cells. Raises `StorycastError` where ``filmed`` cannot be read.
    """
    with warnings.catch_warnings():
        # A notebook from before cells had ids is as good as any other.
        warnings.simplefilter("ignore", nbformat.warnings.MissingIDFieldWarning)
        executed = _read(filmed)
        ran = iter([cell for cell in executed.cells if cell.cell_type == "code"])
        executed.cells = [
            next(ran, cell) if cell.cell_type == "code" else cell for cell in _told(board)
        ]
        if (executed.nbformat, executed.nbformat_minor) >= (4, 5):
            _name_cells(executed.cells)
        nbformat.write(executed, out)  # type: ignore[no-untyped-call]


def _read(path: Path) -> Any:  # noqa: ANN401 - a NotebookNode
    try:
        return nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    except (ValueError, AttributeError, KeyError, TypeError, nbformat.ValidationError) as error:
        raise StorycastError(f"{path} is damaged.", "Film it again: 'storycast record'.") from error


def _told(board: Storyboard) -> list[Any]:
    cells: list[Any] = _read(board.path).cells
    for index, text in board.texts.items():
        cells[index].source = text
    return cells


def _name_cells(cells: list[Any]) -> None:
    for place, cell in enumerate(cells):
        cell.setdefault("id", f"cell-{place}")

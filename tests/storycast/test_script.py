"""The script: prose may change after filming; what was filmed belongs to its code."""

from __future__ import annotations

from typing import TYPE_CHECKING

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from recorder import read_storyboard
from recorder.take import Action, ActionKind, Browser, Moment, Step, Take
from storycast.script import retell, spoken_passages, step_of

if TYPE_CHECKING:
    from pathlib import Path

    from recorder import Storyboard

A, B = (Moment(shot=shot, snapshot="", address="/", title="") for shot in "ab")


def _board(folder: Path, *sources: str) -> Storyboard:
    """A storyboard of Markdown cells and, where a source begins with >, code cells."""
    cells = [
        new_code_cell(source[1:]) if source.startswith(">") else new_markdown_cell(source)  # type: ignore[no-untyped-call]
        for source in sources
    ]
    path = folder / "board.ipynb"
    nbformat.write(new_notebook(cells=cells), path)  # type: ignore[no-untyped-call]
    return read_storyboard(path)


def _film(board: Storyboard) -> Take:
    """A take in which every cell has done one thing."""
    steps = tuple(
        Step(
            number=step.number,
            scene=step.scene,
            title=step.title,
            prose=step.prose,
            cells=step.cells,
            actions=tuple(
                Action(kind=ActionKind.CLICK, cell=cell, text=f"{cell}", before=A, after=A)
                for cell in step.cells
            ),
            end=B if step.cells else None,
        )
        for step in board.steps
    )
    return Take(
        storyboard=board.name,
        code=board.code,
        title=board.title,
        language="en",
        viewport=(1280, 720),
        scale=2,
        browser=Browser(name="c", version="1"),
        steps=steps,
    )


def test_changed_prose_is_told_over_the_same_actions(tmp_path: Path) -> None:
    """A new wording never needs the browser."""
    take = _film(_board(tmp_path, "# T", "Old words.", ">a", "More.", ">b"))
    told = retell(take, _board(tmp_path, "# New", "New words.", ">a", "More.", ">b"))
    assert told is not None
    assert told.title == "New"
    assert [step.prose for step in told.steps] == ["New words.", "More."]
    assert [step.actions[0].text for step in told.steps] == ["2", "4"]


def test_prose_that_comes_between_divides_a_step(tmp_path: Path) -> None:
    """Each half keeps what its own cell did; the first ends with its last action's picture."""
    take = _film(_board(tmp_path, "# T", "Do both.", ">a", ">b"))
    told = retell(take, _board(tmp_path, "# T", "Do one.", ">a", "Then the other.", ">b"))
    assert told is not None
    assert [len(step.actions) for step in told.steps] == [1, 1]
    assert [step.end for step in told.steps] == [A, B]
    assert [action.cell for step in told.steps for action in step.actions] == [2, 4]


def test_changed_code_is_another_film(tmp_path: Path) -> None:
    """Words that tell of what was not filmed would be wrong."""
    take = _film(_board(tmp_path, "# T", "Do it.", ">a"))
    assert retell(take, _board(tmp_path, "# T", "Do it.", ">changed")) is None


def test_what_highlights_say_is_spoken_after_the_prose(tmp_path: Path) -> None:
    """Its passage names step and action."""
    take = _film(_board(tmp_path, "# T", "Do it.", ">a"))
    step = take.steps[0]
    saying = step.actions[0].model_copy(update={"say": "Look."})
    take = take.model_copy(update={"steps": (step.model_copy(update={"actions": (saying,)}),)})
    passages = spoken_passages(take)
    assert [passage.markdown for passage in passages] == ["Do it.", "Look."]
    assert [step_of(passage.key) for passage in passages] == [1, 1]

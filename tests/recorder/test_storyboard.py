from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from recorder import ParameterError, Storyboard, StoryboardError, read_storyboard
from recorder.storyboard import check_parameters


def board(folder: Path, *cells: str, **metadata: object) -> Storyboard:
    """A storyboard of these cells: ``py:`` begins code, ``parameters:`` the cell of parameters."""
    path = folder / "board.ipynb"
    path.write_text(json.dumps(notebook(*cells, **metadata)), encoding="utf-8")
    return read_storyboard(path)


def notebook(*cells: str, **metadata: object) -> dict[str, Any]:
    """A notebook's JSON."""
    return {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": metadata,
        "cells": [cell(source) for source in cells],
    }


def cell(source: str) -> dict[str, Any]:
    """A cell's JSON; its source in lines, as Jupyter writes it."""
    kind, _, code = source.partition(":")
    if kind not in ("py", "parameters"):
        return {"cell_type": "markdown", "source": source.splitlines(keepends=True), "metadata": {}}
    return {
        "cell_type": "code",
        "source": code.splitlines(keepends=True),
        "metadata": {"tags": [kind]},
        "id": code[:3],
    }


def plan(found: Storyboard) -> list[tuple[str, str, str, tuple[int, ...]]]:
    """Steps as scene, title, prose, cells."""
    return [(step.scene, step.title, step.prose, step.cells) for step in found.steps]


def test_headings_are_title_scenes_and_steps(tmp_path: Path) -> None:
    found = board(
        tmp_path, "# Title\n\nHello.", "## Scene\n\nDo.", "py:a", "### Step\n\nAnd.", "py:b"
    )
    assert found.title == "Title"
    assert plan(found) == [
        ("Title", "", "Hello.", ()),
        ("Scene", "", "Do.", (2,)),
        ("Scene", "Step", "And.", (4,)),
    ]
    assert [step.number for step in found.steps] == [1, 2, 3]


def test_prose_after_code_begins_a_step(tmp_path: Path) -> None:
    assert plan(board(tmp_path, "One.", "py:a", "Two.", "py:b")) == [
        ("", "", "One.", (1,)),
        ("", "", "Two.", (3,)),
    ]


def test_code_before_any_prose_belongs_to_the_first_step(tmp_path: Path) -> None:
    assert plan(board(tmp_path, "py:a", "One.", "py:b", "Two.", "py:c")) == [
        ("", "", "One.", (0, 2)),
        ("", "", "Two.", (4,)),
    ]


def test_scene_without_prose_keeps_its_code(tmp_path: Path) -> None:
    found = board(tmp_path, "# T", "## A", "py:a", "## B\n\nSay.", "py:b")
    assert plan(found) == [("A", "", "", (2,)), ("B", "", "Say.", (4,))]


def test_parameters_belong_to_no_step(tmp_path: Path) -> None:
    found = board(tmp_path, "parameters:base_url = ''\nuser: str = 'a'", "Say.", "py:a")
    assert found.parameters == {"base_url", "user"}
    assert found.steps[0].cells == (2,)


def test_heading_is_told_without_its_marks(tmp_path: Path) -> None:
    assert board(tmp_path, "# The `x` **button**\n\nSay.", "py:a").title == "The x button"


def test_hash_in_a_code_block_is_no_heading(tmp_path: Path) -> None:
    found = board(tmp_path, "Say.\n\n```\n# not one\n```", "py:a")
    assert len(found.steps) == 1


def test_front_matter_comes_before_the_heading(tmp_path: Path) -> None:
    found = board(tmp_path, "# A\n\nSay.", "py:a", storycast={"title": "B", "language": "de"})
    assert (found.title, found.front.language) == ("B", "de")


def test_prose_is_no_part_of_the_code(tmp_path: Path) -> None:
    one, two = board(tmp_path, "Say.", "py:a"), board(tmp_path, "Say it.", "py:a")
    three = board(tmp_path, "Say.", "py:b")
    assert one.code == two.code != three.code


def test_what_a_guide_says_of_itself_is_no_part_of_the_code(tmp_path: Path) -> None:
    told = {
        "goal": "You want a note.",
        "needs": ["A browser."],
        "outcome": "A note.",
        "tags": ["notes"],
        "forms": ["html", "pdf"],
        "raw_html": True,
    }
    plain = board(tmp_path, "Say.", "py:a")
    assert board(tmp_path, "Say.", "py:a", storycast=told).code == plain.code


@pytest.mark.parametrize("name", ["...ipynb", ".hidden.ipynb", "....ipynb"])
def test_name_that_leads_out_of_the_output_folder_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(StoryboardError, match="cannot be a storyboard"):
        read_storyboard(tmp_path / name)


@pytest.mark.parametrize(
    ("cells", "reason"), [(("py:a",), "no prose"), (("Say.",), "no action"), ((), "no prose")]
)
def test_what_cannot_be_a_storyboard_is_told(
    tmp_path: Path, cells: tuple[str, ...], reason: str
) -> None:
    with pytest.raises(StoryboardError, match=reason):
        board(tmp_path, *cells)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "is not a Jupyter notebook"),
        ("[]", "is not a Jupyter notebook"),
        ("{}", "it has no 'nbformat'"),
        ('{"nbformat": 3, "worksheets": []}', "it is of format 3"),
        ('{"nbformat": 4, "metadata": [], "cells": []}', "is not a Jupyter notebook"),
        ('{"nbformat": 4, "metadata": {}, "cells": [{"cell_type": "code"}]}', "no 'source'"),
        ("\ud83d", "is not a Jupyter notebook"),
    ],
)
def test_file_that_is_no_notebook_is_told(tmp_path: Path, content: str, reason: str) -> None:
    path = tmp_path / "board.ipynb"
    path.write_bytes(content.encode("utf-8", "surrogatepass"))
    with pytest.raises(StoryboardError, match=reason):
        read_storyboard(path)


def test_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoryboardError, match="There is no file"):
        read_storyboard(tmp_path / "board.ipynb")


def test_unknown_parameter_is_told_with_the_nearest(tmp_path: Path) -> None:
    found = board(tmp_path, "parameters:user = ''", "Say.", "py:a")
    check_parameters(found, ["user"])
    with pytest.raises(ParameterError, match="no parameter 'usr'") as caught:
        check_parameters(found, ["usr"])
    assert caught.value.hint == "Did you mean 'user'?"


def test_kernel_is_python_where_none_is_named(tmp_path: Path) -> None:
    assert board(tmp_path, "Say.", "py:a").kernel == "python3"
    assert board(tmp_path, "Say.", "py:a", kernelspec={"name": "x"}).kernel == "x"


def test_heading_that_says_nothing_heads_nothing(tmp_path: Path) -> None:
    found = board(tmp_path, "#\n\n## A scene\n\nHello.", "py:x = 1", "##\n\nOn.", "py:y = 1")
    assert found.title == "board"
    assert [(step.scene, step.prose) for step in found.steps] == [
        ("A scene", "Hello."),
        ("A scene", "On."),
    ]

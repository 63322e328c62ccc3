from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from recorder import RecorderError
from recorder.locate import OUTPUT_VARIABLE, STORYBOARD_VARIABLE, default_folder, find_storyboard

from .conftest import Board


@pytest.fixture(autouse=True)
def nothing_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No variable tells anything, and the folder is the project's."""
    for name in (STORYBOARD_VARIABLE, OUTPUT_VARIABLE, "JPY_SESSION_NAME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


def test_variable_tells_the_storyboard(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(STORYBOARD_VARIABLE, "some.ipynb")
    assert find_storyboard("x") == Path("some.ipynb")


def test_jupyter_tells_the_storyboard(monkeypatch: pytest.MonkeyPatch, board: Board) -> None:
    path = board.write("# Say.", "x = 1")
    monkeypatch.setenv("JPY_SESSION_NAME", str(path))
    assert find_storyboard("x = 1") == path


def test_storyboard_is_found_beside(board: Board) -> None:
    path = board.write("# Say.", "x = 1")
    assert find_storyboard("x = 1\n").resolve() == path
    with pytest.raises(RecorderError, match="cannot be told which notebook"):
        find_storyboard("y = 2")


def test_storyboard_is_found_on_the_command_line_that_runs_it(board: Board, tmp_path: Path) -> None:
    path = board.write("# Say.", "x = 1")
    ask = "from recorder.locate import find_storyboard; print(find_storyboard('x = 1'))"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {ask!r}], cwd='/')"
    command = [sys.executable, "-c", parent, "storyboards/board.ipynb", "out.ipynb"]
    result = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert Path(result.stdout.strip()) == path


def test_output_goes_to_the_nearest_folder_of_that_name(board: Board, tmp_path: Path) -> None:
    assert default_folder(board.path) == tmp_path / "output" / "board"


def test_variable_tells_where_output_goes(
    monkeypatch: pytest.MonkeyPatch, board: Board, tmp_path: Path
) -> None:
    monkeypatch.setenv(OUTPUT_VARIABLE, str(tmp_path / "x"))
    assert default_folder(board.path) == tmp_path / "x" / "board"

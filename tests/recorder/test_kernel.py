from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import nbformat
import papermill
import pytest
from jupyter_client.manager import start_new_kernel

from recorder import Take, read_storyboard, read_take, record
from recorder.locate import OUTPUT_VARIABLE, STORYBOARD_VARIABLE

from .test_recording import CELLS, left_in

Seeded = Callable[..., Path]


class Notebook:
    """A notebook that is open in Jupyter."""

    def __init__(self, path: Path) -> None:
        self.cells = nbformat.read(path, as_version=4).cells  # type: ignore[no-untyped-call]
        environment = os.environ | {"JPY_SESSION_NAME": str(path)}
        self.manager, self.client = start_new_kernel(cwd=str(path.parent), env=environment)

    def run(self, number: int, source: str | None = None) -> tuple[str, list[dict[str, Any]]]:
        """Run a cell; return its status and what it displayed."""
        cell = self.cells[number]
        shown: list[dict[str, Any]] = []

        def note(message: dict[str, Any]) -> None:
            if message["msg_type"] == "display_data":
                shown.append(message["content"]["data"])

        self.client.session.metadata = {"cellId": cell.id}
        reply = self.client.execute_interactive(source or cell.source, output_hook=note, timeout=60)
        return reply["content"]["status"], shown

    def close(self) -> None:
        """End the kernel, as closing the notebook does."""
        self.client.stop_channels()
        self.manager.shutdown_kernel()


@pytest.fixture
def notebook(seeded: Seeded, scratch: Path) -> Iterator[Notebook]:
    """A storyboard that is open in Jupyter."""
    assert left_in(scratch) == []
    opened = Notebook(seeded(*CELLS))
    yield opened
    if opened.manager.has_kernel:
        opened.close()


def told(take: Take) -> list[tuple[str, int, str]]:
    """What a take tells, whichever way it was recorded."""
    return [
        (str(action.kind), action.cell, action.after.shot)
        for step in take.steps
        for action in step.actions
    ]


def test_jupyter_shows_pictures_and_publishes_at_the_end(
    notebook: Notebook, tmp_path: Path
) -> None:
    assert notebook.run(0) == ("ok", [])
    status, shown = notebook.run(2)
    assert status == "ok"
    assert [sorted(data) for data in shown] == [["image/png", "text/plain"]]
    notebook.run(4)
    published = tmp_path / "output" / "board" / "take"
    assert not published.exists()
    notebook.close()
    take = read_take(published)
    assert [str(action.kind) for step in take.steps for action in step.actions] == [
        "open",
        "open",
        "type",
    ]
    assert [path.name for path in published.parent.iterdir()] == ["take"]
    again = record(read_storyboard(notebook_path(tmp_path)), folder=tmp_path / "again")
    assert told(again) == told(take)


def notebook_path(folder: Path) -> Path:
    """Where the storyboard is."""
    return folder / "storyboards" / "board.ipynb"


def test_cell_that_is_run_again_is_filmed_again(notebook: Notebook, tmp_path: Path) -> None:
    notebook.run(2)
    assert notebook.run(4, "browser.find_element(By.ID, 'nowhere')")[0] == "error"
    notebook.run(2)
    notebook.run(4)
    notebook.close()
    take = read_take(tmp_path / "output" / "board" / "take")
    assert [len(step.actions) for step in take.steps] == [2, 1]


def test_notebook_that_was_not_run_to_its_end_publishes_nothing(
    notebook: Notebook, tmp_path: Path, scratch: Path
) -> None:
    notebook.run(2)
    notebook.close()
    assert not (tmp_path / "output" / "board" / "take").exists()
    assert left_in(scratch) == []


@pytest.mark.parametrize("engine", [[], ["--engine", "storycast"]])
def test_papermill_publishes_what_it_films(
    seeded: Seeded, tmp_path: Path, scratch: Path, engine: list[str]
) -> None:
    path = seeded(*CELLS)
    command = [sys.executable, "-m", "papermill", str(path), str(tmp_path / "out.ipynb"), *engine]
    subprocess.run(command, check=True, capture_output=True, cwd=tmp_path)
    take = read_take(tmp_path / "output" / "board" / "take")
    assert [kind for kind, *_ in told(take)] == ["open", "open", "type"]
    assert left_in(scratch) == []


def test_papermill_in_python_publishes_what_it_films(
    seeded: Seeded, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = seeded(*CELLS)
    monkeypatch.setenv(STORYBOARD_VARIABLE, str(path))
    monkeypatch.setenv(OUTPUT_VARIABLE, str(tmp_path / "elsewhere"))
    papermill.execute_notebook(path, tmp_path / "out.ipynb", progress_bar=False)
    assert read_take(tmp_path / "elsewhere" / "board" / "take").steps


def test_failing_notebook_publishes_nothing_and_leaves_nothing(
    seeded: Seeded, tmp_path: Path, scratch: Path
) -> None:
    path = seeded(*CELLS[:4], "1 / 0")
    command = [sys.executable, "-m", "papermill", str(path), str(tmp_path / "out.ipynb")]
    result = subprocess.run(command, check=False, capture_output=True, cwd=tmp_path)
    assert result.returncode
    assert not (tmp_path / "output" / "board" / "take").exists()
    assert left_in(scratch) == []


def test_jupyter_names_a_service_that_was_lost(notebook: Notebook) -> None:
    notebook.run(0)
    notebook.run(2)
    told: list[str] = []
    notebook.client.execute_interactive(
        "import os, signal\n"
        "from recorder.attachment import current_kernel\n"
        "[service] = current_kernel().stage.services\n"
        "os.kill(service.process.pid, signal.SIGKILL)\n"
        "service.process.wait(20)\n"
        "browser.refresh()",
        output_hook=lambda message: told.append(message["content"].get("text", "")),
        timeout=60,
    )
    assert "The stage's command 'python3' was ended by SIGKILL while it was filmed." in "".join(
        told
    )

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from recorder import StageLostError, TakeError, read_storyboard, record
from recorder.stage import reused_stages
from tests.recorder.conftest import PAGES, Board
from tests.recorder.stage.crew import SERVER, Family

_WEB = {
    "command": ["sh", "-c", 'echo $$ >pid; exec "$@"', "sh", *SERVER],
    "folder": "site",
    "ready": "/form.html",
}
_OPENING = (
    "# Open it.",
    "from recorder import open_browser\nbrowser = open_browser(base_url + '/form.html')",
)
_KILL = (
    "import os, signal, time, urllib.request\n"
    "pid = int(urllib.request.urlopen(base_url + '/pid').read())\n"
    "os.kill(pid, signal.SIGKILL)\n"
    "while os.path.exists(f'/proc/{pid}'): time.sleep(0.01)"
)


@pytest.fixture
def staged(board: Board) -> Board:
    """A notebook with pages for its stage beside it."""
    shutil.copytree(PAGES, board.path.parent / "site")
    return board


def write(board: Board, *cells: str, **stage: Any) -> Path:
    """Write a notebook whose stage has a service for data, and one that is filmed."""
    services = {"data": {"command": SERVER}, "web": _WEB}
    return board.write(*_OPENING, *cells, stage={"services": services, **stage})


@pytest.mark.parametrize(
    ("cells", "place"),
    [
        (("# Go on.", f"{_KILL}\ntime.sleep(3600)"), ", cell 4, line 5"),
        (("# Go on.", f"{_KILL}\nbrowser.get(base_url + '/frame.html')"), ", cell 4, line [45]"),
        (("# Go on.", _KILL, "# And on.", "browser.refresh()"), "(, cell [46], line .)?"),
        (("# Go on.", _KILL), "(, cell 4, line 4)?"),
    ],
)
@pytest.mark.usefixtures("temporary")
def test_service_that_is_killed_while_it_is_filmed_is_named(
    staged: Board, tmp_path: Path, family: Family, cells: tuple[str, ...], place: str
) -> None:
    board = read_storyboard(write(staged, *cells))
    with pytest.raises(StageLostError) as caught:
        record(board, folder=tmp_path / "take")
    told = (
        f"{re.escape(str(board.path))}{place}: the stage's service 'web' was ended by SIGKILL "
        "while it was filmed.\nIts last lines were:\n"
    )
    assert re.match(told, caught.value.message)
    assert "'storycast stage logs'" in caught.value.hint
    assert family() == set()


@pytest.mark.parametrize(
    "goes_on",
    [
        "while True:\n    try: time.sleep(3600)\n    except BaseException: pass",
        "signal.signal(signal.SIGINT, signal.SIG_IGN)\ntime.sleep(3600)",
    ],
)
@pytest.mark.usefixtures("temporary")
def test_cell_that_hears_no_interrupt_is_ended_with_its_kernel(
    staged: Board, tmp_path: Path, family: Family, monkeypatch: pytest.MonkeyPatch, goes_on: str
) -> None:
    monkeypatch.setattr("recorder.engine._PATIENCE_S", 0.5)
    board = read_storyboard(write(staged, "# Go on.", f"{_KILL}\n{goes_on}"))
    with pytest.raises(StageLostError, match="'web' was ended by SIGKILL while it was filmed"):
        record(board, folder=tmp_path / "take")
    assert family() == set()


def test_failure_of_a_storyboard_on_a_stage_that_runs_is_its_own(
    staged: Board, tmp_path: Path
) -> None:
    board = read_storyboard(write(staged, "# Go on.", "1 / 0"))
    with pytest.raises(TakeError, match="ZeroDivisionError") as caught:
        record(board, folder=tmp_path / "take")
    assert not isinstance(caught.value, StageLostError)


def test_take_on_a_stage_of_several_services_tells_its_version(
    staged: Board, tmp_path: Path
) -> None:
    version = {"command": ["echo", "release 4.2 on {data.port}"]}
    take = record(read_storyboard(write(staged, version=version)), folder=tmp_path / "take")
    assert take.application == "4.2"
    logs = sorted(path.name for path in (tmp_path / "take").glob("*.log"))
    assert logs == ["stage.data.log", "stage.web.log"]


def test_storyboards_that_may_find_a_stage_used_share_it(
    staged: Board, tmp_path: Path, family: Family
) -> None:
    board = read_storyboard(write(staged, reuse=True))
    alone = read_storyboard(write(staged))
    with reused_stages():
        record(board, folder=tmp_path / "one")
        first = family()
        record(board, folder=tmp_path / "two")
        assert first == family() != set()
        record(alone, folder=tmp_path / "three")
        assert family() == set()
        record(board, folder=tmp_path / "four")
        assert family() != set()
    assert family() == set()
    logs = [(tmp_path / name / "stage.web.log").read_text() for name in ("one", "two")]
    assert [log.count("GET /form.html") for log in logs] == [2, 1]


def test_stage_that_a_storyboard_failed_on_is_not_used_again(
    staged: Board, tmp_path: Path, family: Family
) -> None:
    board = read_storyboard(write(staged, "# Go on.", "1 / 0", reuse=True))
    with reused_stages():
        with pytest.raises(TakeError, match="ZeroDivisionError"):
            record(board, folder=tmp_path / "take")
        assert family() == set()
    assert (tmp_path / "take" / "stage.web.log").exists()

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from recorder import (
    RecorderError,
    StageError,
    Take,
    TakeError,
    read_storyboard,
    read_take,
    record,
)
from recorder.storyboard import Storyboard
from recorder.take import shot_path
from recorder.take_writer import JOURNAL, NOTEBOOK

from .conftest import Board

Seeded = Callable[..., Path]

OPEN = "from recorder import open_browser\nfrom selenium.webdriver.common.by import By\n"
CELLS = (
    "base_url = ''",
    "# Open the form.",
    OPEN + "browser = open_browser()\nbrowser.get(base_url + '/form.html')",
    "# Write your name.",
    "browser.find_element(By.ID, 'name').send_keys('Ada')",
)

# A test as people have them, in cells, unchanged.
SCRIPT = (
    "# A test of the form.",
    """
import unittest
from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.common.by import By
from selenium.webdriver.support import expected_conditions as EC
from selenium.webdriver.support.ui import Select, WebDriverWait

options = Options()
options.add_argument("--headless")
options.add_argument("--window-size=1920,1080")
driver = webdriver.Chrome(options=options)
driver.implicitly_wait(3)
driver.set_window_size(1200, 900)
driver.maximize_window()
""",
    """
class FormPage:
    NAME = (By.ID, "name")

    def __init__(self, driver):
        self.driver = driver

    def load(self):
        self.driver.get(base_url + "/form.html")
        return self

    def write(self, name):
        field = self.driver.find_element(*self.NAME)
        field.clear()
        field.send_keys(name)

page = FormPage(driver).load()
page.write("Ada")
Select(driver.find_element(By.ID, "colour")).select_by_visible_text("Green")
driver.save_screenshot("page.png")
""",
    """
driver.find_element(By.ID, "send").click()
WebDriverWait(driver, 5).until(EC.title_is("Sent"))
assert driver.find_element(By.TAG_NAME, "h1").text == "Thank you"
driver.quit()
""",
    "base_url = ''",
)


def left_in(folder: Path) -> list[str]:
    """What the recorder has left in the folder for temporary files."""
    return [path.name for path in folder.glob("storycast-*")]


@dataclass
class Filmed:
    """A storyboard, its take as it was returned, where that is, and which cells were told."""

    board: Storyboard
    take: Take
    folder: Path
    seen: list[int]


@pytest.fixture(scope="module")
def filmed(tmp_path_factory: pytest.TempPathFactory) -> Filmed:
    """The storyboard's take; not to be changed."""
    project = tmp_path_factory.mktemp("project")
    board = read_storyboard(Board(project / "storyboards" / "board.ipynb").seed(*CELLS))
    seen: list[int] = []
    folder = project / "take"
    take = record(board, folder=folder, progress=lambda place, _count: seen.append(place))
    return Filmed(board, take, folder, seen)


def test_take_holds_what_the_storyboard_did(filmed: Filmed) -> None:
    take = filmed.take
    assert [[str(action.kind) for action in step.actions] for step in take.steps] == [
        ["open", "open"],
        ["type"],
    ]
    assert [action.line for action in take.steps[0].actions] == [3, 4]
    assert take.steps[1].actions[0].cell == 4
    assert take.steps[1].end == take.steps[1].actions[0].after
    assert all(shot_path(filmed.folder, moment).is_file() for moment in take.moments)
    assert (filmed.folder / NOTEBOOK).is_file()
    assert not (filmed.folder / JOURNAL).exists()
    assert filmed.seen[-1] >= 4


def test_take_can_be_read_again(filmed: Filmed) -> None:
    assert read_take(filmed.folder) == filmed.take


def test_second_take_is_the_same_to_the_byte_and_leaves_nothing_behind(
    filmed: Filmed, tmp_path: Path, scratch: Path
) -> None:
    others = psutil.Process().children(recursive=True)
    record(filmed.board, folder=tmp_path / "take")
    assert left_in(scratch) == []
    assert set(psutil.Process().children(recursive=True)) <= set(others)
    first, second = (
        {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*.*")
         if path.is_file() and path.name not in ("stage.log", NOTEBOOK)}
        for folder in (filmed.folder, tmp_path / "take")
    )  # fmt: skip
    assert first == second


def test_selenium_script_is_filmed_without_a_change(seeded: Seeded, tmp_path: Path) -> None:
    parameters, *script = reversed(SCRIPT)
    board = read_storyboard(seeded(parameters, *reversed(script)))
    take = record(board, folder=tmp_path / "take")
    kinds = [str(action.kind) for step in take.steps for action in step.actions]
    assert kinds == ["open", "clear", "type", "choose", "click"]
    assert take.steps[-1].end is not None
    assert take.steps[-1].end.title == "Sent"
    assert take.viewport == (800, 600)


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        (
            "browser.find_element(By.ID, 'nowhere')",
            "cell 5, line 1: no element matches id=nowhere.",
        ),
        ("x = 1\n\n1 / 0", "cell 5, line 3: ZeroDivisionError: division by zero."),
        ("x = = 1", "cell 5, line 1: SyntaxError: invalid syntax"),
        (
            "from selenium.webdriver.support.ui import WebDriverWait\n"
            "WebDriverWait(browser, 0.2).until(lambda b: b.find_elements(By.ID, 'late'))",
            "cell 5, line 2: what it waited for (id=late) did not come in time.",
        ),
        ("browser.get('chrome://crash')", "cell 5, line 1: the page crashed"),
        ("raise SystemExit", "cell 5, line 1: SystemExit"),
    ],
)
def test_failure_names_cell_line_and_reason(
    seeded: Seeded, tmp_path: Path, cell: str, reason: str
) -> None:
    board = read_storyboard(seeded(*CELLS[:4], cell))
    with pytest.raises(TakeError) as caught:
        record(board, folder=tmp_path / "take")
    assert reason in caught.value.message
    assert caught.value.picture is not None
    assert caught.value.picture.is_file()
    assert not (tmp_path / "take" / "take.json").exists()


def test_steps_before_a_failure_can_be_read(seeded: Seeded, tmp_path: Path) -> None:
    board = read_storyboard(seeded(*CELLS[:4], "1 / 0"))
    with pytest.raises(TakeError):
        record(board, folder=tmp_path / "take")
    assert len((tmp_path / "take" / JOURNAL).read_text(encoding="utf-8").splitlines()) == 1


def test_kernel_that_is_not_installed_is_named(board: Board, tmp_path: Path) -> None:
    path = board.write("# Say.", "1")
    path.write_text(path.read_text(encoding="utf-8").replace('"name": "python3"', '"name": "perl"'))
    with pytest.raises(RecorderError, match="kernel 'perl', which is not installed"):
        record(read_storyboard(path), folder=tmp_path / "take")


def test_kernel_need_not_be_named(seeded: Seeded, tmp_path: Path) -> None:
    path = seeded(*CELLS)
    text = path.read_text(encoding="utf-8").replace('"kernelspec"', '"other"')
    path.write_text(text, encoding="utf-8")
    assert record(read_storyboard(path), folder=tmp_path / "take").steps


@pytest.mark.parametrize("name", ["temporary", "t" * 90])
def test_kernel_has_its_sockets_in_a_folder_of_its_own(
    seeded: Seeded, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    folder = tmp_path / name
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    alone = "import os\nassert not any('kernel' in name or '-ipc' in name for name in os.listdir())"
    record(read_storyboard(seeded(*CELLS[:4], alone)), folder=tmp_path / "take")
    assert not list(folder.glob("storycast-kernel-*"))


def test_storyboard_that_does_nothing_is_an_error(board: Board, tmp_path: Path) -> None:
    path = board.write("# Say.", "1")
    with pytest.raises(TakeError, match="no action was filmed") as caught:
        record(read_storyboard(path), folder=tmp_path / "take")
    assert "open_browser" in caught.value.hint


def test_error_of_the_recorder_in_a_cell_says_what_to_do(board: Board, tmp_path: Path) -> None:
    path = board.write("# Say.", "from recorder import secret\nsecret('NOT_SET_ANYWHERE')")
    with pytest.raises(TakeError, match="NOT_SET_ANYWHERE is not set") as caught:
        record(read_storyboard(path), folder=tmp_path / "take")
    assert caught.value.hint.startswith("Set the variable NOT_SET_ANYWHERE")


@pytest.mark.parametrize(
    "fails",
    [
        "raise OSError(28, 'No space left on device', 'shots/a.png')",
        "from recorder import RecorderError\n"
        "raise RecorderError('a.png cannot be written: No space left on device.')",
    ],
)
def test_cell_that_finds_no_space_on_the_disk_is_told(
    board: Board, tmp_path: Path, fails: str
) -> None:
    path = board.write("# A", fails)
    with pytest.raises(TakeError, match=r"board\.ipynb: the disk is full\.") as caught:
        record(read_storyboard(path), folder=tmp_path / "take")
    assert f"the disk with {tmp_path / 'take'}" in caught.value.hint


def test_take_that_fails_on_a_full_disk_says_so(
    board: Board, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = shutil.disk_usage(tmp_path)._replace(free=0)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: full)
    path = board.write(
        "# A", "from recorder.errors import RecorderError\nraise RecorderError('No.')"
    )
    with pytest.raises(TakeError) as caught:
        record(read_storyboard(path), folder=tmp_path / "take")
    place = f"{path}, cell 2, line 2"
    told = f"The disk with {tmp_path / 'take'} is full: free some space."
    assert caught.value.message == f"{place}: No. {told}"


def test_kernel_that_dies_is_an_error(board: Board, tmp_path: Path) -> None:
    path = board.write("# Say.", "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)")
    with pytest.raises(TakeError, match="kernel died"):
        record(read_storyboard(path), folder=tmp_path / "take")


def test_stage_that_does_not_start_is_told_before_anything_is_filmed(
    board: Board, tmp_path: Path
) -> None:
    path = board.write(*CELLS, stage={"command": ["no-such-program"]})
    with pytest.raises(StageError, match="no-such-program"):
        record(read_storyboard(path), folder=tmp_path / "take")


@pytest.fixture
def recording(seeded: Seeded, tmp_path: Path, scratch: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A process that records and has come to a long cell."""
    assert left_in(scratch) == []
    waits = "import pathlib, time\npathlib.Path('here').touch()\ntime.sleep(600)"
    path = seeded(*CELLS[:4], waits)
    code = (
        "import signal, sys; from pathlib import Path; from recorder import *\n"
        # What a shell starts in the background ignores Ctrl-C, and so would this.
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "record(read_storyboard(Path(sys.argv[1])), folder=Path(sys.argv[2]))"
    )
    command = [sys.executable, "-c", code, str(path), str(tmp_path / "take")]
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)
    while not (path.parent / "here").exists():
        assert process.poll() is None, (tmp_path / "log").read_text(encoding="utf-8")
        time.sleep(0.05)
    yield process
    process.kill()
    process.wait()


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
def test_recorder_that_is_stopped_leaves_no_process_and_no_folder(
    recording: subprocess.Popen[bytes], number: signal.Signals, scratch: Path
) -> None:
    family = psutil.Process(recording.pid).children(recursive=True)
    names = " ".join(process.name() for process in family)
    assert "chrom" in names
    assert left_in(scratch)
    os.kill(recording.pid, number)
    recording.wait()
    _, alive = psutil.wait_procs(family, timeout=20)
    assert alive == []
    assert left_in(scratch) == []


def test_directions_of_a_notebook_are_in_its_take(seeded: Seeded, tmp_path: Path) -> None:
    board = read_storyboard(
        seeded(
            "base_url = ''",
            "# Open the page.",
            "from recorder import film, highlight, hold, open_browser, zoom\n"
            "browser = open_browser(base_url + '/movement.html')",
            "slide = browser.find_element('id', 'css')\n"
            "highlight(slide, style='arrow')\nzoom(slide)\n"
            "with film(1):\n    slide.click()\n"
            "zoom()",
        )
    )
    take = record(board, folder=tmp_path / "take")
    actions = [action for step in take.steps for action in step.actions]
    assert [str(action.kind) for action in actions] == [
        "open", "highlight", "zoom", "click", "zoom",
    ]  # fmt: skip
    assert actions[1].style == "arrow"
    assert len(actions[3].frames) > 9
    assert actions[4].target is None


def test_results_of_this_run_alone_are_not_kept(seeded: Seeded, tmp_path: Path) -> None:
    found = "browser.find_element(By.ID, 'name')"
    board = read_storyboard(seeded(*CELLS[:-1], found, "# Look.", "object()", "# Count.", "6 * 7"))
    record(board, folder=tmp_path / "take")
    notebook = json.loads((tmp_path / "take" / NOTEBOOK).read_text(encoding="utf-8"))
    results = [
        output["data"]["text/plain"]
        for cell in notebook["cells"]
        for output in cell.get("outputs", ())
        if output["output_type"] == "execute_result"
    ]
    assert results == [["42"]]

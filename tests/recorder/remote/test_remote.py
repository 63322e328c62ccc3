from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.common.by import By

import recorder.browser
from recorder import FenceError, TakeError, read_storyboard, record
from recorder.browser import FilmedChrome
from recorder.camera import Camera, CameraSettings
from recorder.fence import Fence, Guard
from recorder.front_matter import PinSettings
from recorder.observer import Observer
from recorder.pinning import Pins
from recorder.remote import REMOTE_VARIABLE, Connection, Server
from recorder.take import ActionKind, DialogKind
from recorder.take_writer import TakeWriter

from ..conftest import VIEWPORT, Reel
from ..test_kernel import told
from ..test_recording import CELLS, left_in
from .conftest import Driver

Seeded = Callable[..., Path]


def test_take_of_a_remote_browser_is_that_of_a_local_one(
    seeded: Seeded,
    tmp_path: Path,
    chromedriver: Driver,
    monkeypatch: pytest.MonkeyPatch,
    scratch: Path,
) -> None:
    board = read_storyboard(seeded(*CELLS))
    here = record(board, folder=tmp_path / "here")
    monkeypatch.setenv(REMOTE_VARIABLE, chromedriver.url)
    there = record(board, folder=tmp_path / "there")
    assert told(there) == told(here)
    assert chromedriver.sessions() == []
    assert left_in(scratch) == []


def test_killed_recorder_leaves_no_session(
    seeded: Seeded, tmp_path: Path, chromedriver: Driver
) -> None:
    waits = "import pathlib, time\npathlib.Path('here').touch()\ntime.sleep(600)"
    path = seeded(*CELLS[:4], waits)
    code = (
        "import sys; from pathlib import Path; from recorder import *\n"
        "record(read_storyboard(Path(sys.argv[1])), folder=Path(sys.argv[2]))"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(path), str(tmp_path / "take")],
        env=os.environ | {REMOTE_VARIABLE: chromedriver.url},
    )
    while not (path.parent / "here").exists():
        assert process.poll() is None
        time.sleep(0.1)
    assert len(chromedriver.sessions()) == 1
    process.send_signal(signal.SIGKILL)
    process.wait()
    chromedriver.await_none()


def test_browser_that_is_refused_is_told_in_a_sentence(
    seeded: Seeded, tmp_path: Path, chromedriver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(REMOTE_VARIABLE, chromedriver.url)
    cell = (
        "from selenium import webdriver\n"
        "options = webdriver.ChromeOptions()\n"
        "options.binary_location = '/no/such/program'\n"
        "webdriver.Chrome(options=options)"
    )
    with pytest.raises(TakeError, match=f"server at {chromedriver.url} gives no Chromium: .+\\.$"):
        record(read_storyboard(seeded("# Open it.", cell)), folder=tmp_path / "take")


@pytest.fixture
def away(
    site: str, tmp_path: Path, chromedriver: Driver, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Reel, Guard]]:
    """A browser that can only be reached by WebDriver, and the site only by a relay."""
    monkeypatch.setattr(recorder.browser, "is_within_reach", lambda *_: False)
    reel = Reel(site, tmp_path)

    def watch(driver: FilmedChrome) -> Observer:
        settings = CameraSettings(VIEWPORT, 2, (), site)
        writer = TakeWriter(tmp_path)
        reel.camera = Camera(driver.ask, writer, settings, driver.open_dialog_watch())
        return Observer(driver.ask, reel.camera, reel, downloads=driver.downloads)

    guard = Guard(Fence.around((site,), ()))
    connection = Connection(Server(chromedriver.url, "127.0.0.1"), (site,))
    options = Options()
    options.add_argument("--no-sandbox")
    reel.browser = FilmedChrome(
        options,
        watch=watch,
        pins=Pins(PinSettings(time_zone="Asia/Tokyo", random=5), "de"),
        guard=guard,
        connection=connection,
    )
    yield reel, guard
    reel.browser.quit()
    connection.close()
    guard.close()


def test_dialogs_pins_and_uploads_go_through_webdriver(
    away: tuple[Reel, Guard], tmp_path: Path
) -> None:
    reel, _ = away
    browser = reel.open("dialogs.html")
    browser.find_element(By.ID, "prompt").click()
    browser.switch_to.alert.send_keys("Ada")
    browser.switch_to.alert.accept()
    before = reel.last.before
    assert before is not None
    assert before.dialog is not None
    assert (before.dialog.kind, before.dialog.answer) == (DialogKind.PROMPT, "Ada")
    asked = "return [Intl.DateTimeFormat().resolvedOptions().timeZone, navigator.language]"
    assert browser.execute_script(asked) == ["Asia/Tokyo", "de"]
    browser.switch_to.new_window("tab")
    reel.open("form.html")
    assert browser.execute_script(asked) == ["Asia/Tokyo", "de"]
    path = tmp_path / "grades.csv"
    path.write_text("a,b", encoding="utf-8")
    browser.find_element(By.ID, "picture").send_keys(str(path))
    assert (reel.last.kind, reel.last.text) == (ActionKind.UPLOAD, "grades.csv")
    size = "return document.getElementById('picture').files[0].size"
    assert browser.execute_script(size) == 3


def test_fence_holds_a_remote_browser(away: tuple[Reel, Guard]) -> None:
    reel, guard = away
    browser = reel.open("form.html")
    browser.execute_script("return fetch('https://data.example.com/').catch(() => 1)")
    assert guard.blocked.names == ("data.example.com",)
    with pytest.raises(FenceError, match=r"away\.example\.com is beyond the fence"):
        browser.execute_script("location.assign('https://away.example.com/')")

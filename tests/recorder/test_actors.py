"""Actors: browsers of their own, what is off camera, and what is told of what cannot be."""

from __future__ import annotations

import os
import re
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from recorder import TakeError, read_storyboard, record
from recorder.stage.program import CACHE_VARIABLE

from .conftest import Board
from .test_recording import left_in

_SERVER = Path(__file__).parents[1] / "actors" / "site" / "serve.py"
_START = {"command": [sys.executable, str(_SERVER), "{port}"]}
_IMPORTS = (
    "from recorder import actor, off_camera, open_browser, side_by_side\n"
    "from selenium.webdriver.common.by import By\n"
    "def sign_in(browser, user):\n"
    "    browser.find_element(By.ID, 'user').send_keys(user)\n"
    "    browser.find_element(By.ID, 'password').send_keys('gesture')\n"
    "    browser.find_element(By.ID, 'enter').click()\n"
)
_KEEPING = (
    f"{_IMPORTS}kevin = actor('kevin')\n"
    "with off_camera(keep='kevin') as kept:\n"
    "    asked = bool(kevin.find_elements(By.ID, 'password'))\n"
    "    if asked:\n"
    "        sign_in(kevin, 'kevin')\n"
    "print(kept, asked)\n"
)


class _Server:
    """A notice board that runs by itself, as one that is not started for a take."""

    def __init__(self) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self, key: str) -> None:
        self.stop()
        environment = {**os.environ, "BOARD_KEY": key}
        command = [sys.executable, str(_SERVER), str(self.port)]
        self._process = subprocess.Popen(command, env=environment)
        for _ in range(600):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)

    def stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()


@pytest.fixture
def server() -> Iterator[_Server]:
    """A server that a test starts."""
    own = _Server()
    yield own
    own.stop()


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache of the test's own."""
    folder = tmp_path / "cache"
    monkeypatch.setenv(CACHE_VARIABLE, str(folder))
    return folder


def test_session_is_kept_until_the_server_forgets_it(
    board: Board, server: _Server, cache: Path, tmp_path: Path
) -> None:
    path = board.write("# Look.", _KEEPING, "kevin.find_element(By.ID, 'text').click()",
                       stage={"url": server.url})  # fmt: skip
    answers: list[str] = []
    for number, key in enumerate(["one", "one", "two", "two"]):
        server.start(key)
        folder = tmp_path / f"take-{number}"
        take = record(read_storyboard(path), folder=folder)
        printed = (folder / "notebook.ipynb").read_text(encoding="utf-8")
        answers += re.findall("True True|True False|False True", printed)
        assert take.moments[-1].title == "Notes"
        for found in tmp_path.glob(f"take-{number}/**/*"):
            assert b"kevin.one" not in (found.read_bytes() if found.is_file() else b"")
    assert answers == ["False True", "True False", "True True", "True False"]
    [kept] = (cache / "sessions").iterdir()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert b"kevin.two" in kept.read_bytes()


_WRONG = f"""{_IMPORTS}
import pytest
from recorder import RecorderError
for wrong, told in (
    (dict(key=""), "An actor needs a name."),
    (dict(key="eve", colour="red"), "The actor 'eve' cannot have the colour 'red'."),
):
    with pytest.raises(RecorderError) as caught:
        actor(**wrong)
    assert str(caught.value) == told
kevin = actor("kevin")
with pytest.raises(RecorderError, match="There is an actor 'kevin' already, from cell 2 on."):
    actor("kevin")
with pytest.raises(RecorderError, match="two different browsers"), side_by_side(kevin, kevin):
    pass
with pytest.raises(RecorderError, match="There is no actor 'kevn'; there is 'kevin'."):
    with off_camera(keep="kevn"):
        pass
with pytest.raises(RecorderError, match="can only keep the session of a browser"):
    with off_camera(keep=3):
        pass
with off_camera():
    lawrence = actor("lawrence", "about:blank")
with pytest.raises(RecorderError, match="The browser of lawrence shows nothing yet"):
    with side_by_side(kevin, lawrence):
        pass
lawrence.quit()
with pytest.raises(RecorderError, match="The browser of lawrence was closed with quit"):
    lawrence.title
with pytest.raises(RecorderError, match="two different browsers"), side_by_side(kevin, lawrence):
    pass
lawrence = actor("lawrence")
browser = open_browser()
assert kevin.title == lawrence.title == browser.title
"""


def test_what_cannot_be_is_told_in_a_sentence(board: Board, scratch: Path, tmp_path: Path) -> None:
    path = board.write("# Look.", _WRONG, stage=_START)
    take = record(read_storyboard(path), folder=tmp_path / "take")
    assert [actor.key for actor in take.actors] == ["kevin", "lawrence"]
    done = [(action.actor, action.kind.value) for step in take.steps for action in step.actions]
    assert done == [("kevin", "open"), ("lawrence", "open"), ("", "open")]
    assert left_in(scratch) == []


_KILL = """
import psutil
keeper = psutil.Process(kevin.service.process.pid)
killed = [each for each in keeper.children(recursive=True) if each.name() == "{name}"]
assert killed
for each in killed:
    each.kill()
psutil.wait_procs(killed, timeout=10)
"""


@pytest.mark.parametrize(
    ("harm", "told"),
    [
        (
            "kevin.delete_all_cookies()\nkevin.refresh()\nkevin.find_element(By.ID, 'text')",
            "no element matches id=text, in the browser of kevin, which shows /; "
            "there kevin is asked to sign in.",
        ),
        (
            f"{_KILL.format(name='chromium')}kevin.find_element(By.ID, 'text')",
            "ended, in the browser of kevin, which shows /.",
        ),
        (
            f"{_KILL.format(name='chromedriver')}kevin.find_element(By.ID, 'text')",
            "the browser has ended (its driver gives no answer), in the browser of kevin",
        ),
    ],
    ids=["signed out", "browser died", "driver died"],
)
def test_failure_says_in_whose_browser(
    board: Board, scratch: Path, tmp_path: Path, harm: str, told: str
) -> None:
    cells = (
        "# Look.",
        f"{_IMPORTS}with off_camera():\n    kevin = actor('kevin')\n    sign_in(kevin, 'kevin')\n"
        "lawrence = actor('lawrence')\n"
        "kevin.find_element(By.ID, 'text').click()\nlawrence.refresh()",
        harm,
    )
    with pytest.raises(TakeError) as caught:
        record(read_storyboard(board.write(*cells, stage=_START)), folder=tmp_path / "take")
    assert told in str(caught.value)
    assert left_in(scratch) == []


def test_all_browsers_end_with_a_take_that_is_killed(
    board: Board, scratch: Path, tmp_path: Path
) -> None:
    people = "".join(f"actor('{name}')\n" for name in ("kevin", "lawrence", "eric"))
    path = board.write("# Look.", f"{_IMPORTS}{people}import time\ntime.sleep(300)", stage=_START)
    code = (
        "from pathlib import Path\nfrom recorder import read_storyboard, record\n"
        f"record(read_storyboard(Path({str(path)!r})), folder=Path({str(tmp_path / 'take')!r}))"
    )
    with subprocess.Popen([sys.executable, "-c", code]) as process:
        _await(lambda: _browsers(process.pid) == 3)
        family = psutil.Process(process.pid).children(recursive=True)
        process.kill()
    _, alive = psutil.wait_procs(family, timeout=30)
    assert alive == []
    assert left_in(scratch) == []


def _browsers(pid: int) -> int:
    """How many browsers ``pid`` has started, with a page each."""
    profiles = set()
    for child in psutil.Process(pid).children(recursive=True):
        try:
            words = child.cmdline()
        except psutil.Error:
            continue
        if "--type=renderer" in words:
            profiles.add(child.parent() and child.parent().ppid())  # type: ignore[union-attr]
    return len(profiles)


def _await(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 120
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.1)

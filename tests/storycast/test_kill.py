from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from collections.abc import Callable

import psutil
import pytest

from tests.storycast.studio import Studio

_PATIENCE_S = 60  # more than a machine needs that has much else to do
_WORDS = "Write whatever you like, as long as it is short, into the field **Note**."

Contents = dict[str, str]


@pytest.fixture(scope="module")
def retold(filmed: Studio, tmp_path_factory: pytest.TempPathFactory) -> Contents:
    """What is published of the changed storyboard when nobody disturbs it."""
    undisturbed = filmed.copy(tmp_path_factory.mktemp("undisturbed") / "studio")
    undisturbed.say(_WORDS)
    result = undisturbed.start("make", undisturbed.board, "--no-record")
    assert result.returncode == 0, result.stderr
    return undisturbed.contents()


def _begin(studio: Studio, stage: str) -> subprocess.Popen[str]:
    """Start to make the storyboard, changed where it is not filmed; return amid ``stage``."""
    if stage != "Filming":
        studio.say(_WORDS)
    if stage == "Rendering":
        for clip in (studio.cache / "clips").iterdir():
            clip.unlink()
    options = () if stage == "Filming" else ("--no-record",)
    process = studio.open("make", studio.board, *options)
    assert process.stderr is not None
    told = process.stderr.readline()
    while told and not told.startswith(stage):
        told = process.stderr.readline()
    assert told, f"it ended before {stage}"
    at_work = {"Filming": "--type=renderer", "Speaking": "pyttsx3_worker", "Rendering": "ffmpeg"}
    if stage in at_work:
        _await(lambda: at_work[stage] in _family(process))
    return process


def _family(process: subprocess.Popen[str]) -> str:
    """The command lines of all that ``process`` has started."""
    assert process.poll() is None
    lines = []
    for child in psutil.Process(process.pid).children(recursive=True):
        try:
            lines += child.cmdline()
        except psutil.Error:
            continue
    return " ".join(lines)


def _await(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + _PATIENCE_S
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def _check_end(studio: Studio, family: list[psutil.Process], before: Contents) -> None:
    """Nothing runs any more, and what was published is there as it was."""
    _, alive = psutil.wait_procs(family, timeout=_PATIENCE_S)
    assert alive == []
    assert studio.processes() == []
    now = studio.contents()
    assert {name: now.get(name) for name in before} == before


def _kill(studio: Studio, stage: str) -> None:
    before = studio.contents()
    with _begin(studio, stage) as process:
        family = psutil.Process(process.pid).children(recursive=True)
        process.kill()
    _check_end(studio, family, before)
    assert (studio.published / ".work").exists()


def test_make_after_one_that_was_killed_while_filming_finds_all_current(studio: Studio) -> None:
    before = studio.contents()
    _kill(studio, "Filming")
    result = studio.start("make", studio.board, "--json")
    assert result.returncode == 0, result.stderr
    assert json.loads(result.stdout)["made"] == []
    assert studio.contents() == before
    assert studio.drafts() == []


@pytest.mark.parametrize("stage", ["Speaking", "Rendering", "Publishing"])
def test_make_after_one_that_was_killed_makes_what_it_would_have(
    studio: Studio, retold: Contents, stage: str
) -> None:
    _kill(studio, stage)
    assert studio.again()["made"] == ["track", "film", "guide"]
    assert studio.contents() == retold
    assert studio.drafts() == []


def _interrupt(process: subprocess.Popen[str]) -> None:
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does: everyone in the group


_STOPS: dict[str, tuple[Callable[[subprocess.Popen[str]], None], int]] = {
    "INT": (_interrupt, 130),
    "TERM": (subprocess.Popen.terminate, 143),
}


@pytest.mark.parametrize(
    ("stage", "name"),
    [
        ("Filming", "INT"),
        ("Filming", "TERM"),
        ("Speaking", "INT"),
        ("Rendering", "INT"),
        ("Rendering", "TERM"),
        ("Publishing", "TERM"),
    ],
)
def test_stopped_make_says_so_and_leaves_nothing_behind(
    studio: Studio, stage: str, name: str
) -> None:
    before = studio.contents()
    stop, code = _STOPS[name]
    with _begin(studio, stage) as process:
        family = psutil.Process(process.pid).children(recursive=True)
        stop(process)
        stdout, stderr = process.communicate()
    assert "error: Stopped; what is published is whole." in stderr.splitlines()
    # A kernel says how it was ended; a line that is just being written may be there again.
    at_once = (stage, "Publishing", "Verifying")
    rest = [line for line in stderr.splitlines() if not line.startswith(at_once)]
    assert stage == "Filming" or len(rest) == 1
    assert not stdout
    assert process.returncode == code
    _check_end(studio, family, before)
    assert studio.contents() == before
    assert studio.drafts() == []

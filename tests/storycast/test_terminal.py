from __future__ import annotations

import errno
import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from storycast.edition import Edition
from storycast.ending import Ending
from storycast.terminal import Terminal
from tests.storycast.studio import Studio

_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")


def _read_all(handle: int) -> str:
    """What is written to the other end of a pseudo-terminal until it is closed."""
    read = b""
    while True:
        try:
            part = os.read(handle, 4096)
        except OSError as error:  # Linux's way to say that the other end is closed
            if error.errno != errno.EIO:
                raise
            part = b""
        if not part:
            return read.decode()
        read += part


def test_terminal_shows_stages_as_bars_and_results_below(studio: Studio) -> None:
    studio.say("Write into the field **Note**.")
    here, there = pty.openpty()
    environment = {"TERM": "xterm-256color", "COLUMNS": "100"}
    words = ("make", studio.board, "--no-record", "--voice", "none")
    with studio.open(*words, stdout=there, stderr=there, environment=environment) as process:
        os.close(there)
        shown = _read_all(here)
    os.close(here)
    assert process.returncode == 0, shown
    for stage in ("Speaking", "Rendering", "Verifying", "Publishing"):
        assert re.search(rf"{stage}.*my board.*100%", shown)
    assert "\x1b[" in shown
    assert re.search(r"my board.*: made track, film, guide in", shown)
    assert shown.index("100%") < shown.index("made track")


def test_without_a_terminal_there_are_no_control_characters(studio: Studio) -> None:
    studio.say("Write into the field **Note**.")
    result = studio.run("make", "--no-record", "--voice", "none")
    told = result.stderr.splitlines()
    assert told[0] == "Speaking my board …"
    at_once = ("Publishing", "Rendering", "Verifying")
    assert sorted(told[1:]) == [f"{stage} my board …" for stage in at_once]
    assert not _CONTROL.search(result.stdout + result.stderr)
    assert f"film   {studio.published}/film.mp4\n" in result.stdout


@pytest.fixture
def edition() -> Edition:
    folder = Path("output/[b] ü")
    paths = {"film": folder / "film.mp4", "guide": folder / "guide.html", "take": folder / "take"}
    return Edition("[b] ü", folder, ("take", "film"), paths, {"take": 1.25, "film": 2.5}, 13.82)


def test_edition_is_told_with_where_it_is(
    edition: Edition, capsys: pytest.CaptureFixture[str]
) -> None:
    Terminal().tell_edition(edition)
    told = capsys.readouterr()
    assert told.out.splitlines() == [
        "[b] ü: made take, film in 3.8 s, 14 s of film",
        "  film   output/[b] ü/film.mp4",
    ]
    assert not told.err


def test_long_path_is_not_broken(edition: Edition, capsys: pytest.CaptureFixture[str]) -> None:
    path = Path("/", *["folder"] * 40, "film.mp4")
    Terminal().tell_edition(
        Edition("board", path.parent, ("film",), {"film": path}, edition.seconds, 1)
    )
    assert str(path) in capsys.readouterr().out


def test_edition_for_machines_is_one_line_of_ascii(
    edition: Edition, capsys: pytest.CaptureFixture[str]
) -> None:
    Terminal(as_json=True).tell_edition(edition)
    told = capsys.readouterr()
    assert told.out.count("\n") == 1
    assert told.out.isascii()
    facts = json.loads(told.out)
    assert facts["board"] == "[b] ü"
    assert facts["seconds"] == {"take": 1.25, "film": 2.5}
    assert facts["film_s"] == 13.82
    assert facts["guide"] == "output/[b] ü/guide.html"


@pytest.mark.parametrize("as_json", [False, True])
def test_failure_is_told_on_standard_error(
    as_json: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    Terminal(as_json=as_json).tell_failure(Ending(1, "No [film] today.", "Wait."), "board")
    told = capsys.readouterr()
    assert told.err == "error: No [film] today.\nhint: Wait.\n"
    result = {"board": "board", "error": "No [film] today.", "hint": "Wait."}
    assert told.out == (json.dumps(result) + "\n" if as_json else "")


def test_stage_tells_which_of_several_storyboards_it_is_at(
    capsys: pytest.CaptureFixture[str],
) -> None:
    terminal = Terminal(boards=2)
    for name in ("one", "[two]"):
        terminal.begin()
        with terminal.task(name, "Filming") as update:
            update(1, 2)
    assert capsys.readouterr().err == "(1/2) Filming one …\n(2/2) Filming [two] …\n"


def test_two_things_done_at_once_have_a_bar_each() -> None:
    here, there = pty.openpty()
    code = """
from storycast.terminal import Terminal
terminal = Terminal()
with terminal.task("board", "Rendering") as render, terminal.task("board", "Publishing") as publish:
    publish(1, 2)
    render(3, 4)
with terminal.task("board", "Verifying"):
    pass
"""
    environment = os.environ | {"TERM": "xterm-256color", "COLUMNS": "100"}
    command = [sys.executable, "-c", code]
    with subprocess.Popen(command, stdout=there, stderr=there, env=environment) as process:
        os.close(there)
        shown = _read_all(here)
    os.close(here)
    assert process.returncode == 0, shown
    for doing in ("Rendering", "Publishing", "Verifying"):
        assert re.search(rf"✓.*{doing} +.*board.*100%", shown)

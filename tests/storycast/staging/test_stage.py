from __future__ import annotations

import json
import os
import signal
import socket
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import psutil
import pytest

from storycast.staging.state import folder_of, read_state, stages_folder
from tests.storycast.studio import run

_STAGE = """
[version]
command = ["echo", "release 4.2"]

[services.data]
command = ["python3", "-m", "http.server", "{port}", "--bind", "127.0.0.1"]

[services.web]
command = ["python3", "-m", "http.server", "{port}", "--bind", "127.0.0.1"]
folder = "site"
"""


@pytest.fixture
def stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A stage file; whatever is up at the end is put down."""
    runtime = tmp_path / "runtime"
    runtime.mkdir(mode=0o700)  # platformdirs takes no other
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(runtime))
    monkeypatch.setenv("STORYCAST_CACHE", str(tmp_path / "cache"))
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "page.html").write_text("a page")
    path = tmp_path / "two.toml"
    path.write_text(_STAGE)
    yield path
    assert run("stage", "down", "--all").exit_code == 0


def tell(*words: str | Path) -> list[Any]:
    """What a command of stages tells machines."""
    result = run("stage", *words, "--json")
    assert result.exit_code == 0, result.stderr
    return [json.loads(line) for line in result.stdout.splitlines()]


def processes(told: Any) -> list[psutil.Process]:
    """The keepers of a stage, their services and the host."""
    keepers = [psutil.Process(each["pid"]) for each in told["services"]]
    host = keepers[0].parent()
    assert host is not None
    return [host, *host.children(recursive=True)]


def test_stage_is_up_until_it_is_put_down(stage: Path) -> None:
    assert stages_folder().is_relative_to(stage.parent)
    [told] = tell("up", stage)
    assert not told["already"]
    assert [each["name"] for each in told["services"]] == ["data", "web"]
    assert all(each["ready"] for each in told["services"])
    assert told["version"] == "4.2"
    with urllib.request.urlopen(f"{told['base_url']}/page.html") as answer:  # noqa: S310 - ours
        assert answer.read() == b"a page"
    started = processes(told)
    assert len(started) == 5
    assert tell("down", stage) == [{"stage": str(stage), "was_up": True}]
    assert [each for each in started if each.is_running()] == []
    assert [path for path in stages_folder().iterdir() if path.is_dir()] == []
    for each in told["services"]:
        with socket.socket() as probe:
            assert probe.connect_ex(("127.0.0.1", each["port"])) != 0


def test_second_up_says_that_it_is_up(stage: Path) -> None:
    [first] = tell("up", stage)
    [second] = tell("up", stage)
    assert second == {**first, "already": True}
    assert f"was up already: {first['base_url']}" in run("stage", "up", stage).stdout


def test_storyboard_names_the_same_stage(stage: Path) -> None:
    v4: Any = nbformat.v4
    cells = [v4.new_markdown_cell("Say."), v4.new_code_cell("1")]
    notebook = v4.new_notebook(cells=cells, metadata={"storycast": {"stage": "two.toml"}})
    board = stage.with_name("board.ipynb")
    nbformat.write(notebook, board)  # type: ignore[no-untyped-call]
    [told] = tell("up", board)
    assert tell("status", stage)[0]["base_url"] == told["base_url"]
    assert tell("down", board) == [{"stage": str(stage), "was_up": True}]


def test_status_tells_services_and_which_has_ended(stage: Path) -> None:
    [told] = tell("up", stage)
    [victim] = psutil.Process(told["services"][0]["pid"]).children()
    victim.kill()
    while tell("status")[0]["services"][0]["ready"]:
        pass
    shown = run("stage", "status", stage).stdout
    assert f"{stage}: {told['base_url']}, up since " in shown
    assert "version 4.2" in shown
    assert "The stage's service 'data' was ended by SIGKILL after it was ready." in shown
    assert f"web   port {told['services'][1]['port']}  pid " in shown


def test_logs_are_of_one_service_or_all(stage: Path) -> None:
    tell("up", stage)
    assert [each["service"] for each in tell("logs", stage)] == ["data", "web"]
    assert "GET / " in run("stage", "logs", stage, "web").stdout
    assert run("stage", "logs", stage).stdout.startswith("data:\n  ")
    result = run("stage", "logs", stage, "wep")
    assert result.exit_code == 1
    assert "has no service 'wep'." in result.stderr
    assert "Did you mean 'web'?" in result.stderr


def test_stage_that_is_not_up_says_so(stage: Path) -> None:
    assert run("stage", "status").stdout == "No stage is up\n"
    assert run("stage", "down", "--all").stdout == "No stage was up\n"
    assert run("stage", "status", stage).stdout == f"{stage} is not up\n"
    assert run("stage", "down", stage).stdout == f"{stage} was not up\n"
    assert "is not up." in run("stage", "logs", stage).stderr


def test_stage_that_does_not_start_says_why_and_leaves_nothing(stage: Path) -> None:
    stage.write_text('[services.web]\ncommand = ["sh", "-c", "echo no licence; exit 3"]')
    result = run("stage", "up", stage)
    assert result.exit_code == 1
    assert "service 'web' ended with exit code 3 before it was ready." in result.stderr
    assert "no licence" in result.stderr
    assert tell("status") == []
    assert [path for path in stages_folder().iterdir() if path.is_dir()] == []


@pytest.mark.parametrize(("name", "code"), [("none.toml", 2), ("none.ipynb", 2)])
def test_missing_file_is_told(stage: Path, name: str, code: int) -> None:
    result = run("stage", "up", stage.with_name(name))
    assert result.exit_code == code
    assert name in result.stderr


def test_stage_whose_host_was_killed_can_be_put_up_again(stage: Path) -> None:
    [told] = tell("up", stage)
    started = processes(told)
    os.kill(started[0].pid, signal.SIGKILL)
    _, alive = psutil.wait_procs(started, timeout=20)
    assert alive == []
    assert read_state(folder_of(stage)) is None
    assert tell("status") == []
    assert not tell("up", stage)[0]["already"]


def test_down_ends_no_stage_that_is_not_named(stage: Path) -> None:
    tell("up", stage)
    result = run("stage", "down")
    assert result.exit_code == 1
    assert "was given no stage" in result.stderr
    assert "--all" in result.stderr
    assert "both a stage and --all" in run("stage", "down", stage, "--all").stderr
    assert [each["stage"] for each in tell("status")] == [str(stage)]

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import psutil
import pytest

from recorder import StageError, StageSettings
from tests.recorder.stage.crew import SERVER, Family, open_here, python

_FILL = "import pathlib; p = pathlib.Path('count'); p.write_text(p.read_text() + 'filled ')"


def stage_of(command: list[str], *, folder: str = "seed", **prepare: Any) -> StageSettings:
    """A stage that serves what ``command`` prepares."""
    return StageSettings.model_validate(
        {
            "command": SERVER,
            "folder": "{prepared}",
            "prepare": {"command": command, "folder": folder, **prepare},
        }
    )


@pytest.fixture
def seed(tmp_path: Path) -> Path:
    """A folder that a database is made of."""
    folder = tmp_path / "seed"
    folder.mkdir()
    (folder / "count").write_text("seed ")
    (folder / ".hidden").write_text("")
    return folder


def counted(settings: StageSettings, folder: Path) -> str:
    """What is prepared for a take, which then spoils it."""
    with open_here(settings, folder) as stage:
        place = stage.folder / "count"
        told = place.read_text()
        place.write_text("spoilt")
        assert (stage.folder / ".hidden").exists()
        return told


@pytest.mark.usefixtures("temporary", "seed")
def test_what_is_prepared_once_is_fresh_for_each_take(tmp_path: Path, cache: Path) -> None:
    log = tmp_path / "runs"
    settings = stage_of(["sh", "-c", f"echo run >> {log}; echo once >> count"])
    assert counted(settings, tmp_path) == "seed once\n"
    assert counted(settings, tmp_path) == "seed once\n"
    assert log.read_text() == "run\n"
    assert (tmp_path / "seed" / "count").read_text() == "seed "
    assert [path.name for path in (cache / "prepared").iterdir() if "draft" in path.name] == []


def test_what_decides_it_is_prepared_again(tmp_path: Path, seed: Path, cache: Path) -> None:
    command = python(_FILL)
    counted(stage_of(command), tmp_path)
    counted(stage_of(command, timeout_s=99), tmp_path)
    counted(stage_of(command, tools=["django 5.2"]), tmp_path)
    counted(stage_of(command, environment={"A": "b"}), tmp_path)
    counted(stage_of([*command, "x"]), tmp_path)
    (seed / "count").write_text("other ")
    assert counted(stage_of(command), tmp_path) == "other filled "
    assert len([path for path in (cache / "prepared").iterdir() if path.is_dir()]) == 5


@pytest.mark.usefixtures("temporary", "seed")
def test_preparation_that_fails_is_told_and_not_kept(
    tmp_path: Path, cache: Path, family: Family
) -> None:
    settings = stage_of(["sh", "-c", "echo spoilt > count; echo no such table; exit 2"])
    with pytest.raises(StageError) as caught:
        open_here(settings, tmp_path)
    assert caught.value.message == (
        "What prepares the stage ('sh') ended with exit code 2.\n"
        "Its last lines were:\n  no such table"
    )
    assert [path for path in (cache / "prepared").iterdir() if path.is_dir()] == []
    assert family() == set()


@pytest.mark.usefixtures("temporary", "seed")
def test_preparation_that_takes_too_long_is_ended(
    tmp_path: Path, cache: Path, family: Family
) -> None:
    with pytest.raises(StageError, match=r"\('sleep'\) has not ended after 0\.2 s"):
        open_here(stage_of(["sleep", "600"], timeout_s=0.2), tmp_path)
    assert [path for path in (cache / "prepared").iterdir() if path.is_dir()] == []
    assert family() == set()


@pytest.mark.usefixtures("temporary")
def test_missing_folder_of_a_preparation_is_named(tmp_path: Path) -> None:
    with pytest.raises(StageError, match="nowhere does not exist"):
        open_here(stage_of(["true"], folder="nowhere"), tmp_path)


@pytest.mark.usefixtures("temporary", "seed")
def test_missing_command_of_a_preparation_is_named(tmp_path: Path) -> None:
    with pytest.raises(StageError, match="no command 'no-such-program'"):
        open_here(stage_of(["no-such-program"]), tmp_path)


@pytest.mark.usefixtures("temporary", "seed")
def test_preparation_whose_owner_is_killed_is_not_kept(tmp_path: Path, cache: Path) -> None:
    settings = stage_of(["sh", "-c", "touch begun; sleep 600"])
    script = (
        "import sys, json, pathlib\n"
        "from recorder import StageSettings, open_stage\n"
        "settings = StageSettings.model_validate(json.loads(sys.argv[1]))\n"
        "open_stage(settings, beside=pathlib.Path(sys.argv[2]))"
    )
    words = [sys.executable, "-c", script, settings.model_dump_json(), str(tmp_path)]
    with subprocess.Popen(words) as owner:
        while not list(cache.glob("prepared/draft-*/begun")):
            assert owner.poll() is None
        started = psutil.Process(owner.pid).children(recursive=True)
        os.kill(owner.pid, signal.SIGKILL)
    _, alive = psutil.wait_procs(started, timeout=20)
    assert alive == []
    assert [path for path in (cache / "prepared").iterdir() if path.is_dir()] == []
    settings = stage_of(["sh", "-c", "touch begun"])
    assert counted(settings, tmp_path) == "seed "


@pytest.mark.usefixtures("temporary", "seed")
def test_full_disk_is_told_where_what_was_prepared_is_copied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, family: Family
) -> None:
    settings = stage_of(["true"])
    counted(settings, tmp_path)

    def refuse(*_: object, **_more: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("shutil.copytree.__defaults__", (False, None, refuse, False, False))
    with pytest.raises(StageError, match="No space left on device") as at:
        open_here(settings, tmp_path)
    assert "Make room" in at.value.hint
    assert family() == set()

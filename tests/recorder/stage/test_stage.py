from __future__ import annotations

import shutil
import socket
import sys
import urllib.request
from pathlib import Path

import pytest

from recorder import StageError, StageSettings, open_stage
from tests.recorder.stage.crew import SERVER, Family


def settings(*command: str, **others: object) -> StageSettings:
    """Stage settings that run ``command``, the server of files where there is none."""
    return StageSettings.model_validate({"command": command or SERVER, **others})


def read(address: str) -> str:
    """What an address answers."""
    with urllib.request.urlopen(address) as answer:  # noqa: S310 - the stage's own
        return str(answer.read().decode())


def test_stage_serves_a_fresh_copy_of_its_folder(tmp_path: Path, family: Family) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "a.txt").write_text("seed")
    with open_stage(settings(folder="site"), beside=tmp_path, log=tmp_path / "log") as stage:
        assert read(f"{stage.base_url}/a.txt") == "seed"
        [folder] = {
            process.cwd()
            for process in family()
            if "http.server" in process.cmdline() and "keeper" not in " ".join(process.cmdline())
        }
        (Path(folder) / "a.txt").write_text("changed")
    assert (tmp_path / "site" / "a.txt").read_text() == "seed"
    assert not Path(folder).exists()
    assert "GET /a.txt" in (tmp_path / "log").read_text()


def test_stage_is_given_its_places_and_environment(tmp_path: Path) -> None:
    script = (
        "import os, pathlib, sys\n"
        "pathlib.Path('index.html').write_text(os.environ['WHERE'] + sys.argv[2])\n"
        "os.execvp('python3', ['python3', '-m', 'http.server', sys.argv[1]])"
    )
    command = (sys.executable, "-c", script, "{port}", "{base_url}")
    given = settings(*command, environment={"WHERE": "{scratch} "})
    with open_stage(given, beside=tmp_path, log=tmp_path / "log") as stage:
        scratch, base_url = read(stage.base_url).split()
    assert base_url == stage.base_url
    assert scratch.endswith("scratch")
    assert not Path(scratch).exists()


def test_applications_see_the_same_folder_each_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = (
        "import os, pathlib, sys\n"
        "pathlib.Path('index.html').write_text(os.getcwd())\n"
        "os.execvp('python3', ['python3', '-m', 'http.server', sys.argv[1]])"
    )
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    given = settings(sys.executable, "-c", script, "{port}")
    with open_stage(given, beside=tmp_path, log=tmp_path / "log") as stage:
        first = read(stage.base_url)
        with open_stage(given, beside=tmp_path, log=tmp_path / "other.log") as other:
            assert read(other.base_url) != first
    with open_stage(given, beside=tmp_path, log=tmp_path / "log") as again:
        assert read(again.base_url) == first
    assert not [*(tmp_path / "temporary").iterdir()]


def test_children_of_a_stage_end_with_it_daemons_too(tmp_path: Path, family: Family) -> None:
    daemon = "import os, time\nos.setsid()\nif os.fork() == 0:\n    time.sleep(600)"
    script = (
        "import subprocess, sys, os\n"
        f"subprocess.run([sys.executable, '-c', {daemon!r}])\n"
        "os.execvp('python3', ['python3', '-m', 'http.server', sys.argv[1]])"
    )
    given = settings(sys.executable, "-c", script, "{port}")
    with open_stage(given, beside=tmp_path, log=tmp_path / "log"):
        started = family()
        assert len(started) == 3
    assert [process for process in started if process.is_running()] == []


def test_stage_stops_once_however_often_it_is_told(tmp_path: Path, family: Family) -> None:
    stage = open_stage(settings(), beside=tmp_path, log=tmp_path / "log")
    stage.stop()
    stage.stop()
    assert family() == set()


def test_missing_command_is_named(tmp_path: Path) -> None:
    given = settings("no-such-program", install="apt-get install it")
    with pytest.raises(StageError, match="no command 'no-such-program'") as caught:
        open_stage(given, beside=tmp_path, log=tmp_path / "log")
    assert caught.value.hint == "Install it with: apt-get install it"


def test_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(StageError, match="nowhere does not exist"):
        open_stage(settings(folder="nowhere"), beside=tmp_path, log=tmp_path / "log")


def test_stage_that_ends_early_shows_its_last_lines(tmp_path: Path) -> None:
    given = settings("sh", "-c", "echo first; echo no licence >&2; exit 3")
    with pytest.raises(StageError, match=r"exit code 3(.|\n)*no licence"):
        open_stage(given, beside=tmp_path, log=tmp_path / "log")


def test_stage_that_ends_on_a_full_disk_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = shutil.disk_usage(tmp_path)._replace(free=0)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: full)
    with pytest.raises(StageError, match=r"exit code 3 .* The disk with .* is full: free some"):
        open_stage(settings("sh", "-c", "exit 3"), beside=tmp_path, log=tmp_path / "log")


def test_stage_that_is_never_ready_is_stopped(tmp_path: Path, family: Family) -> None:
    given = settings("sleep", "600", ready_timeout_s=0.3)
    with pytest.raises(StageError, match=r"not ready after 0\.3 s"):
        open_stage(given, beside=tmp_path, log=tmp_path / "log")
    assert family() == set()


def test_address_that_says_it_is_ready_must_be_there(tmp_path: Path) -> None:
    given = settings(ready="/missing", ready_timeout_s=1)
    with pytest.raises(StageError, match=r"/missing at port \d+: it answered 404"):
        open_stage(given, beside=tmp_path, log=tmp_path / "log")


def test_port_that_something_else_uses_is_refused(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(StageError, match=f"Something else answers on port {port}"):
            open_stage(settings(port=port), beside=tmp_path, log=tmp_path / "log")


def test_stage_that_already_runs_is_used(tmp_path: Path, site: str) -> None:
    given = StageSettings(url=f"{site}/", ready="/form.html")
    with open_stage(given, beside=tmp_path, log=tmp_path / "log") as stage:
        assert stage.base_url == site


def test_stage_that_should_run_and_does_not_is_an_error(tmp_path: Path) -> None:
    given = StageSettings(url="http://127.0.0.1:39", ready_timeout_s=1)
    with pytest.raises(StageError, match="does not answer"):
        open_stage(given, beside=tmp_path, log=tmp_path / "log")

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from storycast.cli import app
from storycast.guide.card import CARD


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STORYCAST_CACHE", str(tmp_path / "cache"))


def _run(*words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


def test_library_is_made_and_told(output: Path, tmp_path: Path) -> None:
    done = _run("site", output, "--to", tmp_path / "site", "--title", "All of it")
    assert done.exit_code == 0
    assert "2 guides in 3 editions" in done.stdout
    assert "<title>All of it</title>" in (tmp_path / "site" / "index.html").read_text()
    assert (
        "all is current"
        in _run("site", output, "--to", tmp_path / "site", "--title", "All of it").stdout
    )


def test_machines_are_told_too(output: Path, tmp_path: Path) -> None:
    done = _run("site", output, "--to", tmp_path / "site", "--json")
    told = json.loads(done.stdout)
    assert (told["guides"], told["editions"]) == (2, 3)
    assert told["site"] == str(tmp_path / "site")


def test_guide_that_is_left_out_fails_and_the_others_are_published(
    output: Path, tmp_path: Path
) -> None:
    (output / "remove-a-task" / CARD).write_text("{")
    done = _run("site", output, "--to", tmp_path / "site", "--json")
    assert done.exit_code == 1
    failure, told = (json.loads(line) for line in done.stdout.splitlines())
    assert failure["error"].endswith("is damaged, or of another version. It is left out.")
    assert told["guides"] == 1
    assert (tmp_path / "site" / "guides" / "add-a-task" / "index.html").exists()


def test_what_fails_is_told_in_a_sentence(tmp_path: Path) -> None:
    done = _run("site", tmp_path / "nowhere", "--to", tmp_path / "site")
    assert done.exit_code == 1
    assert f"There is no folder {tmp_path / 'nowhere'}." in done.stderr.replace("\n", "")


def test_port_that_is_none_is_told(output: Path, tmp_path: Path) -> None:
    done = _run("serve", output, "--to", tmp_path / "site", "--port", "99999")
    assert done.exit_code == 1
    assert "Port 99999 cannot be used" in done.stderr

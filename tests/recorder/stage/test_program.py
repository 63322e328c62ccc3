from __future__ import annotations

import os
from pathlib import Path

import pytest

from recorder import StageError
from recorder.stage.program import STAMP, application_folder
from tests.recorder.stage.crew import SERVER, open_here, several


@pytest.fixture
def application() -> Path:
    """An application that is installed: a program, and no more."""
    folder = application_folder("notes")
    (folder / "bin").mkdir(parents=True)
    program = folder / "bin" / "notes-version"
    program.write_text('#!/bin/sh\necho "notes 7.1 ${PYTHONPATH-none} ${VIRTUAL_ENV-none}"\n')
    program.chmod(0o755)
    (folder / STAMP).write_text("notes==7.1\n")
    return folder


def test_programs_of_an_application_come_first_and_nothing_of_ours_is_handed_on(
    tmp_path: Path, application: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", "/ours")
    monkeypatch.setenv("VIRTUAL_ENV", "/ours")
    command = ["sh", "-c", 'notes-version; exec "$@"', "sh", *SERVER]
    with open_here(several({"web": {"command": command}}, application="notes"), tmp_path) as stage:
        path = stage.environment["PATH"].split(os.pathsep)
    assert path[0] == str(application / "bin")
    assert "notes 7.1 none none" in (tmp_path / "stage.web.log").read_text()


@pytest.mark.parametrize(
    ("install", "hint"),
    [("make notes", "Install it with: make notes"), ("", "Install it with: scripts/stages notes")],
)
def test_application_that_is_not_installed_as_a_whole_is_told(
    tmp_path: Path, application: Path, install: str, hint: str
) -> None:
    (application / STAMP).unlink()
    settings = several({"web": {"command": SERVER}}, application="notes", install=install)
    with pytest.raises(StageError, match="application 'notes' is not installed") as caught:
        open_here(settings, tmp_path)
    assert caught.value.hint == hint


def test_missing_command_is_told_with_what_installs_it(tmp_path: Path) -> None:
    settings = several({"web": {"command": ["no-such-program"]}}, install="make notes")
    with pytest.raises(StageError, match="no command 'no-such-program'") as caught:
        open_here(settings, tmp_path)
    assert caught.value.hint == "Install it with: make notes"

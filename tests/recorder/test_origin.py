from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from recorder.errors import StageError
from recorder.front_matter import StageSettings
from recorder.origin import read_fonts, read_version
from recorder.stage import open_stage

_SERVER = ("python3", "-m", "http.server", "{port}", "--bind", "127.0.0.1")


def _settings(**version: Any) -> StageSettings:
    return StageSettings.model_validate({"command": _SERVER, "folder": "site", "version": version})


def _ask(tmp_path: Path, **version: Any) -> str:
    site = tmp_path / "site"
    site.mkdir()
    (site / "api.json").write_text('{"app": "notes", "version": "4.2.1"}', encoding="utf-8")
    settings = _settings(**version)
    with open_stage(settings, beside=tmp_path, log=tmp_path / "log") as stage:
        return read_version(settings, stage)


def test_version_is_read_from_an_address(tmp_path: Path) -> None:
    assert _ask(tmp_path, url="/api.json") == "4.2.1"


def test_first_group_of_the_pattern_is_the_version(tmp_path: Path) -> None:
    assert _ask(tmp_path, url="/api.json", pattern=r'"app": "(\w+)"') == "notes"


def test_version_is_read_from_a_command(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "print('Notes, release 7.0rc1')"]
    assert _ask(tmp_path, command=command) == "7.0rc1"


def test_application_that_has_no_such_address_is_told(tmp_path: Path) -> None:
    with pytest.raises(StageError, match="does not answer at /none"):
        _ask(tmp_path, url="/none")


def test_pattern_that_matches_nothing_is_told(tmp_path: Path) -> None:
    with pytest.raises(StageError, match=r"matches nothing in what /api\.json answers"):
        _ask(tmp_path, url="/api.json", pattern="release (.*)")


def test_missing_command_is_told(tmp_path: Path) -> None:
    with pytest.raises(StageError, match="there is no command 'no-such-program'"):
        _ask(tmp_path, command=["no-such-program"])


def test_stage_that_tells_no_version_has_none(tmp_path: Path) -> None:
    settings = StageSettings(command=_SERVER)
    with open_stage(settings, beside=tmp_path, log=tmp_path / "log") as stage:
        assert read_version(settings, stage) == ""


def test_version_needs_one_source() -> None:
    with pytest.raises(ValueError, match="needs either 'url' or 'command'"):
        _settings()


def test_fonts_have_names_and_versions() -> None:
    assert all(font.strip() and font.split()[-1].isdigit() for font in read_fonts())

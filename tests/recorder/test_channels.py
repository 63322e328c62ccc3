from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from recorder.channels import private_channels


def test_folder_is_there_for_the_take_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    with tempfile.TemporaryDirectory(prefix="c-") as short:
        monkeypatch.setattr(tempfile, "tempdir", short)
        with private_channels() as path:
            assert Path(path).parent.is_dir()
        assert not list(Path(short).iterdir())


def test_path_that_is_too_long_for_a_socket_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deep = tmp_path / ("a" * 100)
    deep.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(deep))
    with private_channels() as path:
        assert path == ""
    assert not list(deep.iterdir())


def test_keeper_that_cannot_be_started_leaves_no_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    with tempfile.TemporaryDirectory(prefix="c-") as short:
        monkeypatch.setattr(tempfile, "tempdir", short)
        monkeypatch.setattr("sys.executable", "/nowhere/python")
        with pytest.raises(FileNotFoundError), private_channels():
            pass
        assert not list(Path(short).iterdir())

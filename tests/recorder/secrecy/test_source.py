from __future__ import annotations

import sys
import types
from pathlib import Path

import pytest

from recorder.errors import SecretError
from recorder.secrecy.source import find_names, read_known, read_secret

_VALUE = "Zk7-vault-92"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where files of secrets lie; there is no keyring."""
    folder = tmp_path / "secrets"
    folder.mkdir()
    monkeypatch.setenv("STORYCAST_SECRETS", str(folder))
    monkeypatch.setitem(sys.modules, "keyring", None)
    return folder


def _write(folder: Path, value: str = _VALUE) -> Path:
    path = folder / "LAB_KEY"
    path.write_text(f"{value}\n")
    path.chmod(0o600)
    return path


def test_variable_comes_first(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _write(folder, "another-one")
    monkeypatch.setenv("LAB_KEY", _VALUE)
    assert read_secret("LAB_KEY", beside=folder) == _VALUE


def test_keyring_is_asked(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keyring = types.ModuleType("keyring")
    errors = types.SimpleNamespace(KeyringError=ValueError)
    vars(keyring).update(
        errors=errors, get_password=lambda service, name: f"{service}:{name}:secret"
    )
    monkeypatch.setitem(sys.modules, "keyring", keyring)
    assert read_secret("LAB_KEY", beside=folder) == "storycast:LAB_KEY:secret"


def test_file_is_read_without_its_line_end(folder: Path) -> None:
    _write(folder)
    assert read_secret("LAB_KEY", beside=folder) == _VALUE


def test_file_in_the_project_is_refused(folder: Path) -> None:
    path = _write(folder)
    (folder.parent / ".git").mkdir()
    with pytest.raises(SecretError) as caught:
        read_secret("LAB_KEY", beside=folder.parent)
    assert caught.value.message == (
        f"The secret LAB_KEY is not read: its file {path} lies in the storyboard's project "
        f"{folder.parent}, where it could be committed."
    )


def test_file_that_others_may_read_is_refused(folder: Path) -> None:
    path = _write(folder)
    path.chmod(0o640)
    with pytest.raises(SecretError) as caught:
        read_secret("LAB_KEY", beside=folder)
    assert caught.value.message.endswith(f"others may read its file {path}.")
    assert caught.value.hint == f"Run: chmod 600 {path}"


def test_secret_that_is_not_set_is_named_with_where_it_was_looked_for(folder: Path) -> None:
    with pytest.raises(SecretError) as caught:
        read_secret("LAB_KEY", beside=folder)
    assert caught.value.message == (
        "The secret LAB_KEY is not set: there is no variable of this name, no entry for it under "
        "'storycast' in the keyring (storycast[keyring] is not installed), and no file "
        f"{folder / 'LAB_KEY'}."
    )


@pytest.mark.parametrize("name", ["", "../key", "A B", "1A"])
def test_name_leads_nowhere_else(name: str, folder: Path) -> None:
    with pytest.raises(SecretError, match="cannot be the name of a secret"):
        read_secret(name, beside=folder)


def test_short_secret_is_refused_and_not_told(folder: Path) -> None:
    _write(folder, "q7%")
    with pytest.raises(SecretError, match="fewer than 4 characters") as caught:
        read_secret("LAB_KEY", beside=folder)
    assert "q7%" not in caught.value.message + caught.value.hint


def test_names_are_found_in_code_and_those_set_are_known(folder: Path) -> None:
    _write(folder)
    sources = ["%matplotlib inline", 'a = secret("LAB_KEY")', "recorder.secret('OTHER'); secret(x)"]
    assert find_names(sources) == ("LAB_KEY", "OTHER")
    assert read_known(find_names(sources), beside=folder).values == {"LAB_KEY": _VALUE}

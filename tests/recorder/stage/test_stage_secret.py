from __future__ import annotations

from pathlib import Path

import pytest

from recorder import StageError
from recorder.secrecy import Secrets
from recorder.secrecy.source import read_secrets
from tests.recorder.stage.crew import SERVER, open_here, several

_VALUE = "hunter2-and-more"


@pytest.fixture(autouse=True)
def variable(monkeypatch: pytest.MonkeyPatch) -> None:
    """A secret that is set."""
    monkeypatch.setenv("DB_PASSWORD", _VALUE)


def test_secret_that_is_not_set_is_named(tmp_path: Path) -> None:
    with pytest.raises(StageError) as caught:
        open_here(
            several({"web": {"command": SERVER}}, secrets=["A_TOKEN", "DB_PASSWORD"]), tmp_path
        )
    assert caught.value.message == "The stage's secret A_TOKEN is not set."
    assert "environment variable" in caught.value.hint


def test_all_secrets_that_are_not_set_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EMPTY", " ")
    with pytest.raises(StageError, match="secrets A_TOKEN, EMPTY are not set"):
        read_secrets(["A_TOKEN", "DB_PASSWORD", "EMPTY"])


def test_secret_that_is_too_short_to_be_hidden_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIN", " a1 \n")
    with pytest.raises(StageError, match="secret PIN has fewer than 4 characters"):
        read_secrets(["DB_PASSWORD", "PIN"])


def test_secret_is_told_to_services_and_kept_out_of_logs_and_errors(tmp_path: Path) -> None:
    command = ["sh", "-c", 'echo "got $DB_PASSWORD"; printf "half $DB_PASSWORD" >&2; exit 4']
    settings = several({"web": {"command": command}}, secrets=["DB_PASSWORD"])
    with pytest.raises(StageError) as caught:
        open_here(settings, tmp_path)
    assert "got ***\n  half ***" in caught.value.message
    assert (tmp_path / "stage.web.log").read_text() == "got ***\nhalf ***"


def test_secret_is_kept_out_of_what_preparing_prints(tmp_path: Path) -> None:
    prepare = {"command": ["sh", "-c", 'echo "$DB_PASSWORD is wrong"; exit 1']}
    settings = several({"web": {"command": SERVER}}, secrets=["DB_PASSWORD"], prepare=prepare)
    with pytest.raises(StageError, match=r"  \*\*\* is wrong"):
        open_here(settings, tmp_path)


def test_secrets_of_several_lines_are_hidden_line_by_line() -> None:
    secrets = Secrets({"KEY": "ones\ntwo three\n", "LONGER": "ones and more"})
    assert secrets.hide("ones and more, ones; two three!") == "***, ***; ***!"
    assert "two" not in repr(secrets)


def test_short_line_of_a_long_secret_hides_nothing_else_in_logs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DB_PASSWORD", "{\n  a long line\n}")
    command = ["sh", "-c", 'echo "{} and $DB_PASSWORD"; exit 4']
    with pytest.raises(StageError):
        open_here(several({"web": {"command": command}}, secrets=["DB_PASSWORD"]), tmp_path)
    assert (tmp_path / "stage.web.log").read_text() == "{} and {\n  ***\n}\n"

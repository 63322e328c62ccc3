from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest

from recorder import TakeError, read_storyboard, record
from recorder.failure import read_failure
from recorder.take_writer import NOTEBOOK

_VALUE = "Zk7-vault-92"
_OPEN = """
from recorder import mask, open_browser, secret
from selenium.webdriver.common.by import By
name = "LAB_" + "KEY"
key = secret(name)
browser = open_browser()
browser.get(base_url + "/secrets.html?key=" + key)
mask(browser.find_element(By.ID, "mail"))
mask(r"far@\\w+")
"""


def _contents(folder: Path) -> dict[str, str]:
    """What each file of a take says."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    contents = {path.name: path.read_bytes() for path in files}
    return {
        name: (gzip.decompress(content) if name.endswith(".gz") else content).decode("latin-1")
        for name, content in contents.items()
    }


@pytest.fixture(autouse=True)
def _set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LAB_KEY", _VALUE)


def test_take_tells_no_secret(seeded: Callable[..., Path], tmp_path: Path) -> None:
    path = seeded(
        "# Open the page.",
        _OPEN,
        "# Type the token.",
        "browser.find_element(By.ID, 'token').send_keys(key)\n"
        "browser.find_element(By.ID, 'mail').click()\n"
        "print('printed', key)\nkey, [key], f'{key}'",
        hidden=["#split"],
    )
    take = record(read_storyboard(path), folder=tmp_path / "take")
    [opened, typed, clicked] = [
        action for step in take.steps for action in step.actions if action.kind != "scroll"
    ][1:]
    assert opened.after.address.endswith("/secrets.html?key=***")
    assert typed.text == "••••••••"
    assert clicked.target is not None
    assert clicked.target.text == "***"
    contents = _contents(tmp_path / "take")
    assert [name for name, text in contents.items() if "vault" in text] == []
    assert [name for name, text in contents.items() if "@school" in text] == []
    assert "printed ***" in contents[NOTEBOOK]
    assert "key=***" in contents["stage.log"]


def test_failure_tells_no_secret(seeded: Callable[..., Path], tmp_path: Path) -> None:
    path = seeded(
        "# Open the page.",
        _OPEN + "browser.find_element(By.XPATH, f'//p[.=\"{key}\"]')\n",
    )
    with pytest.raises(TakeError) as caught:
        record(read_storyboard(path), folder=tmp_path / "take")
    assert 'no element matches xpath=//p[.="***"]' in caught.value.message
    failure = read_failure(tmp_path / "take")
    assert failure is not None
    assert failure.picture
    contents = _contents(tmp_path / "take")
    assert [name for name, text in contents.items() if "vault" in text] == []


def test_secret_that_is_not_set_ends_the_take_and_is_named(
    seeded: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("LAB_KEY")
    with pytest.raises(TakeError, match=r"cell 2, line 4: The secret LAB_KEY is not set: there is"):
        record(read_storyboard(seeded("# Open.", _OPEN)), folder=tmp_path / "take")

"""What icon fonts draw pictures by is in no name."""

from __future__ import annotations

import pytest
from selenium.webdriver.common.by import By

from recorder.readable_name import readable_name
from recorder.snapshot import read_snapshot

from .conftest import Reel


@pytest.mark.parametrize(
    ("name", "readable"),
    [
        ("\uf067", "Add"),
        ("\uf067 Run", "Run"),
        ("Previous\ue020step", "Previous step"),
        ("Run", "Run"),
        ("", ""),
        ("two  spaces", "two  spaces"),
    ],
)
def test_name_has_no_icons(name: str, readable: str) -> None:
    assert readable_name(name, "Add") == readable


def test_button_with_an_icon_is_named_by_its_tooltip(reel: Reel) -> None:
    driver = reel.open("icons.html")
    names = []
    for button in ("plus", "run"):
        driver.find_element(By.ID, button).click()
        assert reel.last.target is not None
        names.append(reel.last.target.name)
    assert names == ["Add a cell", "Run"]
    snapshot = read_snapshot(reel.folder / "snapshots" / f"{reel.last.after.snapshot}.json.gz")
    assert [node.name for node in snapshot.nodes if node.role == "button"] == names

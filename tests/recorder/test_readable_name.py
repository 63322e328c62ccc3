"""What icon fonts draw pictures by is in no name."""

from __future__ import annotations

import pytest
from selenium.webdriver.common.by import By

from recorder.readable_name import readable_name, readable_text
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


@pytest.mark.parametrize(
    ("text", "icons", "readable"),
    [
        ("Room arrow_drop_down", ["arrow_drop_down"], "Room"),
        ("add Add add", ["add"], "Add add"),
        ("edit_calendar", ["edit_calendar"], "edit calendar"),
        ("snake_case", [], "snake_case"),
        ("", [], ""),
    ],
)
def test_text_has_no_words_of_icons(text: str, icons: list[str], readable: str) -> None:
    assert readable_text(text, icons) == readable


def test_list_is_told_without_the_word_of_its_arrow(reel: Reel) -> None:
    reel.open("icons.html").find_element(By.ID, "room").click()
    assert reel.last.target is not None
    assert reel.last.target.text == "Room"


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

from __future__ import annotations

import pytest
from selenium.webdriver import Keys
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import Select

from recorder.take import ActionKind, Choice

from .conftest import Reel

pytestmark = pytest.mark.usefixtures("reel")
OPTIONS = ("Red", "Grey", "Green", "Sky", "Void")


def test_choice_tells_its_list(reel: Reel) -> None:
    driver = reel.open("lists.html")
    Select(driver.find_element(By.ID, "colour")).select_by_visible_text("Green")
    assert reel.last.choice == Choice(options=OPTIONS, before=0, after=2, disabled=(1, 4))


@pytest.mark.parametrize("keys", ["s", Keys.END])
def test_keys_on_a_list_choose(reel: Reel, keys: str) -> None:
    driver = reel.open("lists.html")
    driver.find_element(By.ID, "colour").send_keys(keys)
    assert reel.kinds == [ActionKind.CHOOSE]
    assert reel.last.text == "Sky"
    assert reel.last.choice == Choice(options=OPTIONS, before=0, after=3, disabled=(1, 4))


def test_key_that_chooses_nothing_is_a_key(reel: Reel) -> None:
    driver = reel.open("lists.html")
    driver.find_element(By.ID, "colour").send_keys(Keys.HOME)
    assert reel.kinds == [ActionKind.KEY]
    assert reel.last.choice is None


def test_choice_in_a_list_of_many_is_told(reel: Reel) -> None:
    driver = reel.open("lists.html")
    Select(driver.find_element(By.ID, "many")).select_by_index(1)
    assert reel.last.choice == Choice(options=("One", "Two"), before=None, after=1)


def test_choice_of_nothing_is_read_as_it_was_written() -> None:
    choice = Choice(options=("One", "Two"), before=None, after=1)
    written = choice.model_dump_json(exclude_defaults=True, exclude_none=True)
    assert Choice.model_validate_json(written) == choice


def test_choice_that_leaves_the_page_is_told(reel: Reel) -> None:
    driver = reel.open("lists.html")
    Select(driver.find_element(By.ID, "leaves")).select_by_index(1)
    assert reel.last.choice == Choice(options=("Here", "There"), before=0, after=1)
    assert reel.last.after.title == "Sent"

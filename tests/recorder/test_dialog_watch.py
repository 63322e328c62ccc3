from __future__ import annotations

import pytest
from selenium.webdriver.common.by import By

from recorder.dialog_watch import DialogWatch
from recorder.take import Dialog, DialogKind

from .conftest import Reel

pytestmark = pytest.mark.usefixtures("reel")


@pytest.mark.parametrize("name", ["alert", "confirm", "prompt"])
def test_kind_of_a_dialog_is_told(reel: Reel, name: str) -> None:
    driver = reel.open("dialogs.html")
    driver.find_element(By.ID, name).click()
    dialog = reel.last.after.dialog
    assert dialog is not None
    assert dialog.kind == name
    driver.switch_to.alert.accept()


def test_field_of_a_prompt_is_told(reel: Reel) -> None:
    driver = reel.open("dialogs.html")
    driver.execute_script("setTimeout(() => prompt('Who?', 'Ada'), 10)")
    assert reel.last.after.dialog == Dialog(text="Who?", kind=DialogKind.PROMPT, answer="Ada")
    alert = driver.switch_to.alert
    alert.send_keys("Grace")
    assert reel.last.after.dialog == Dialog(text="Who?", kind=DialogKind.PROMPT, answer="Grace")
    alert.accept()


def test_dialog_of_a_page_that_opens_with_it_is_told(reel: Reel) -> None:
    driver = reel.open("greeting.html")
    dialog = reel.camera.dialog
    assert dialog is not None
    assert dialog.kind is DialogKind.ALERT
    driver.switch_to.alert.accept()


def test_unheard_dialog_is_an_alert() -> None:
    watch = DialogWatch("")
    watch.listen("window")
    assert watch.read("window", "Hello") == Dialog(text="Hello")


def test_browser_that_does_not_answer_is_not_waited_for() -> None:
    watch = DialogWatch("127.0.0.1:1")
    watch.listen("window")
    assert watch.read("window", "Hello") == Dialog(text="Hello")
    watch.close()

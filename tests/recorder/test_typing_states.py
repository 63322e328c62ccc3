from __future__ import annotations

import numpy as np
import pytest
from selenium.webdriver import ActionChains
from selenium.webdriver.common.by import By

from recorder.picture import Picture, crop, read_picture
from recorder.take import Action, shot_path

from .conftest import Reel

pytestmark = pytest.mark.usefixtures("reel")


def states(reel: Reel, action: Action) -> list[Picture]:
    """The whole picture after each keystroke."""
    assert action.before is not None
    picture = read_picture(shot_path(reel.folder, action.before)).copy()
    found = []
    for keystroke in action.keystrokes:
        if keystroke.patch is not None:
            patch = read_picture(reel.folder / "shots" / f"{keystroke.patch.shot}.png")
            crop(picture, keystroke.patch.box, 2)[:] = patch
        found.append(picture.copy())
    return found


def test_typed_text_is_seen_key_by_key(reel: Reel) -> None:
    driver = reel.open("typing.html")
    driver.find_element(By.ID, "plain").send_keys("Ada 1")
    assert [keystroke.text for keystroke in reel.last.keystrokes] == [
        "A", "Ad", "Ada", "Ada ", "Ada 1",
    ]  # fmt: skip
    *_, last = states(reel, reel.last)
    assert np.array_equal(last, read_picture(shot_path(reel.folder, reel.last.after)))


def test_patch_is_no_larger_than_what_changed(reel: Reel) -> None:
    driver = reel.open("typing.html")
    driver.find_element(By.ID, "plain").send_keys("ab")
    second = reel.last.keystrokes[1].patch
    assert second is not None
    assert second.box.width < 20
    assert second.box.height < 30


def test_completions_below_a_field_are_seen(reel: Reel) -> None:
    driver = reel.open("typing.html")
    driver.find_element(By.ID, "plain").send_keys("abc")
    third = reel.last.keystrokes[2].patch
    assert third is not None
    assert third.box.y + third.box.height > 55


def test_page_that_moves_around_a_field_is_seen_whole(reel: Reel) -> None:
    driver = reel.open("typing.html")
    driver.find_element(By.ID, "push").send_keys("abc")
    first, second, third = states(reel, reel.last)
    assert np.array_equal(third, read_picture(shot_path(reel.folder, reel.last.after)))
    driver.execute_script(
        "document.getElementById('push').value = ''; "
        "document.getElementById('wide').textContent = ''; "
        "document.getElementById('wide').style.height = 0"
    )
    driver.find_element(By.ID, "push").send_keys("ab")
    assert np.array_equal(states(reel, reel.last)[0], first)
    assert np.array_equal(read_picture(shot_path(reel.folder, reel.last.after)), second)


def test_two_runs_have_the_same_states(reel: Reel) -> None:
    runs = []
    for _ in range(2):
        driver = reel.open("typing.html")
        driver.find_element(By.ID, "plain").send_keys("abcd")
        runs.append(reel.last.keystrokes)
    assert runs[0] == runs[1]


@pytest.mark.parametrize("text", ["Aé😀!", "e\u0301a", "x" * 60])
def test_application_sees_the_same_as_without_the_recorder(reel: Reel, text: str) -> None:
    seen = []
    for cell in (None, 0):
        driver = reel.open("typing.html")
        reel.cell = cell
        field = driver.find_element(By.ID, "plain")
        field.send_keys(text)
        seen.append((field.get_property("value"), driver.execute_script("return window.events")))
        reel.cell = 0
    assert seen[0] == seen[1]


def test_long_text_is_typed_in_pieces(reel: Reel) -> None:
    driver = reel.open("typing.html")
    driver.find_element(By.ID, "plain").send_keys("x" * 60)
    assert len(reel.last.keystrokes) == 24
    assert reel.last.keystrokes[-1].text == "x" * 60


def test_longest_text_of_a_field_holds(reel: Reel) -> None:
    driver = reel.open("typing.html")
    field = driver.find_element(By.ID, "short")
    field.send_keys("12345")
    assert field.get_property("value") == "123"
    assert [keystroke.patch is None for keystroke in reel.last.keystrokes][-1]


def test_password_is_typed_unread(reel: Reel) -> None:
    driver = reel.open("typing.html")
    driver.find_element(By.ID, "password").send_keys("geheim")
    assert [keystroke.text for keystroke in reel.last.keystrokes] == ["•" * n for n in range(1, 9)]


def test_field_that_passes_the_focus_on_keeps_that(reel: Reel) -> None:
    driver = reel.open("typing.html")
    fields = driver.find_elements(By.CLASS_NAME, "digit")
    fields[0].send_keys("123")
    assert [field.get_property("value") for field in fields] == ["1", "2", "3"]


def test_caret_stays_where_it_was(reel: Reel) -> None:
    driver = reel.open("typing.html")
    rich = driver.find_element(By.ID, "rich")
    driver.execute_script(
        "arguments[0].focus(); getSelection().collapse(arguments[0].firstChild, 1)", rich
    )
    rich.send_keys("bb")
    assert rich.text == "abbc"
    assert len(reel.last.keystrokes) == 2


def test_chain_of_keys_is_seen_key_by_key(reel: Reel) -> None:
    driver = reel.open("typing.html")
    field = driver.find_element(By.ID, "plain")
    ActionChains(driver).click(field).send_keys("abc").perform()
    assert [keystroke.text for keystroke in reel.last.keystrokes] == ["a", "ab", "abc"]
    assert field.get_property("value") == "abc"
    assert reel.last.focused
    field.send_keys("d")
    assert not reel.last.focused


def test_page_that_becomes_another_gets_the_rest_at_once(reel: Reel) -> None:
    driver = reel.open("typing.html")
    field = driver.find_element(By.ID, "leave")
    field.send_keys("abcd")
    assert [keystroke.text for keystroke in reel.last.keystrokes] == ["a"]
    assert field.get_property("value") == "abcd"
    assert reel.last.after.address.endswith("?left")


def test_dialog_that_opens_meanwhile_ends_the_states(reel: Reel) -> None:
    driver = reel.open("typing.html")
    field = driver.find_element(By.ID, "warn")
    # As in a browser that is not filmed: no exception, and the rest follows the answer. That one
    # loses keys on a busy machine, so there is no comparing with it.
    field.send_keys("abcd")
    assert [keystroke.text for keystroke in reel.last.keystrokes] == ["a"]
    driver.switch_to.alert.accept()
    assert field.get_property("value") == "abcd"

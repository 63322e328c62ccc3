from __future__ import annotations

import pytest
from selenium.webdriver.common.keys import Keys

from recorder.keys import is_special, key_name, pressed_key


@pytest.mark.parametrize(
    ("key", "name"),
    [
        (Keys.RETURN, "Return"),
        (Keys.ENTER, "Enter"),
        (Keys.LEFT, "Arrow left"),
        (Keys.BACK_SPACE, "Backspace"),
        (Keys.F5, "F5"),
        ("s", "s"),
        ("\n", "Enter"),
        ("\t", "Tab"),
    ],
)
def test_keys_are_named_as_people_call_them(key: str, name: str) -> None:
    assert key_name(key) == name


def test_characters_are_no_special_keys() -> None:
    assert is_special(Keys.ENTER)
    assert not is_special("é")


def test_line_end_presses_enter() -> None:
    assert pressed_key("\n") == Keys.ENTER
    assert pressed_key("a") == "a"

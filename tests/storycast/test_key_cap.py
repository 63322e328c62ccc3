from __future__ import annotations

import pytest
from selenium.webdriver.common.keys import Keys

from recorder.keys import key_name
from storycast.key_cap import cap_label


@pytest.mark.parametrize(
    ("key", "printed"),
    [
        (Keys.CONTROL, "Ctrl"),
        (Keys.ARROW_LEFT, "←"),
        (Keys.ENTER, "Enter ↵"),
        (Keys.RETURN, "Enter ↵"),
        (Keys.ESCAPE, "Esc"),
        (Keys.PAGE_DOWN, "PgDn"),
        (Keys.BACKSPACE, "Backspace"),
        (Keys.F5, "F5"),
        (Keys.NUMPAD7, "7"),
        (Keys.SPACE, "Space"),
        ("s", "S"),
        ("S", "S"),
        ("ß", "ß"),
        (" ", "Space"),
        ("é", "É"),
    ],
)
def test_cap_has_what_keyboards_print(key: str, printed: str) -> None:
    assert cap_label(key_name(key)) == printed

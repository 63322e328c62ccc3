from __future__ import annotations

import pytest
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.command import Command

from recorder.command import is_reading, read_gestures
from recorder.take import ActionKind


def keys(text: str) -> list[tuple[str, str, tuple[str, ...]]]:
    """What sending ``text`` to an element is told as."""
    params = {"id": "e", "text": text, "value": list(text)}
    gestures = read_gestures(Command.SEND_KEYS_TO_ELEMENT, params)
    return [(str(gesture.kind), gesture.text, gesture.keys) for gesture in gestures]


@pytest.mark.parametrize(
    "command", [Command.FIND_ELEMENT, Command.GET_TITLE, Command.SCREENSHOT, Command.SET_TIMEOUTS]
)
def test_commands_that_only_ask_are_no_gestures(command: str) -> None:
    assert read_gestures(command, {"using": "id", "value": "x"}) == ()


def test_click_names_its_element() -> None:
    [gesture] = read_gestures(Command.CLICK_ELEMENT, {"id": "e"})
    assert (gesture.kind, gesture.element) == (ActionKind.CLICK, "e")


def test_plain_text_is_typed() -> None:
    assert keys("Ada L.") == [("type", "Ada L.", ())]


def test_special_keys_stand_alone() -> None:
    assert keys("a" + Keys.ENTER + "b") == [
        ("type", "a", ()),
        ("key", "", ("Enter",)),
        ("type", "b", ()),
    ]


def test_modifier_holds_until_the_end() -> None:
    assert keys(Keys.CONTROL + Keys.SHIFT + "k") == [("key", "", ("Control", "Shift", "k"))]


def test_modifier_holds_until_null() -> None:
    assert keys(Keys.CONTROL + "a" + Keys.NULL + "b") == [
        ("key", "", ("Control", "a")),
        ("type", "b", ()),
    ]


def test_line_ends_within_text_are_text_and_at_its_end_a_key() -> None:
    assert keys("a\nb\n") == [("type", "a\nb", ()), ("key", "", ("Enter",))]
    assert keys("\nb") == [("type", "\nb", ())]


def test_tab_is_a_key() -> None:
    assert keys("a\tb") == [("type", "a", ()), ("key", "", ("Tab",)), ("type", "b", ())]


def test_sending_nothing_is_no_gesture() -> None:
    assert keys("") == []


@pytest.mark.parametrize(
    "script",
    [
        "return document.readyState",
        "return document.title === 'x'",
        "  return window.jQuery.active == 0",
        "/* getAttribute */ return arguments[0].value = 1",
    ],
)
def test_scripts_that_ask_are_readings(script: str) -> None:
    assert is_reading(script)


@pytest.mark.parametrize(
    "script",
    [
        "window.scrollTo(0, 9)",
        "return arguments[0].click()",
        "return (document.title = 'x')",
        "arguments[0].value += 'x'",
        "/* submitForm */ form.submit()",
    ],
)
def test_scripts_that_do_something_are_gestures(script: str) -> None:
    assert not is_reading(script)

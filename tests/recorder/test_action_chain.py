from __future__ import annotations

from typing import Any

from selenium.webdriver.common.keys import Keys

from recorder.action_chain import Pointer, press_keys, read_chain
from recorder.gesture import ELEMENT_KEY, Gesture, Place


def move(element: str, x: int = 0, y: int = 0) -> dict[str, Any]:
    """A pointer's move to an element."""
    return {"type": "pointerMove", "origin": {ELEMENT_KEY: element}, "x": x, "y": y}


def shift(x: int, y: int) -> dict[str, Any]:
    """A pointer's move from where it is."""
    return {"type": "pointerMove", "origin": "pointer", "x": x, "y": y}


def down(button: int = 0) -> dict[str, Any]:
    """A button's press."""
    return {"type": "pointerDown", "button": button}


UP = {"type": "pointerUp", "button": 0}
PAUSE = {"type": "pause", "duration": 0}


def pointer(*ticks: dict[str, Any], known: Pointer | None = None) -> tuple[Gesture, ...]:
    """The gestures of a chain of the pointer alone."""
    return read_chain({"actions": [{"type": "pointer", "id": "p", "actions": list(ticks)}]}, known)


def kinds(gestures: tuple[Gesture, ...]) -> list[str]:
    """What gestures are."""
    return [str(gesture.kind) for gesture in gestures]


def test_move_alone_is_a_hover() -> None:
    [gesture] = pointer(move("a"))
    assert (gesture.kind, gesture.place) == ("hover", Place("a", 0, 0))


def test_press_and_release_are_a_click() -> None:
    assert kinds(pointer(move("a"), down(), UP)) == ["click"]


def test_two_clicks_in_one_place_are_a_double_click() -> None:
    assert kinds(pointer(move("a"), down(), UP, down(), UP)) == ["double_click"]


def test_two_clicks_in_two_places_are_two() -> None:
    assert kinds(pointer(move("a"), down(), UP, move("b"), down(), UP)) == ["click", "click"]


def test_right_button_is_a_context_click() -> None:
    assert kinds(pointer(move("a"), down(2), UP)) == ["context_click"]


def test_release_elsewhere_is_a_drag() -> None:
    [gesture] = pointer(move("a"), down(), shift(30, 10), UP)
    assert (gesture.kind, gesture.place, gesture.to) == (
        "drag",
        Place("a", 0, 0),
        Place("a", 30, 10),
    )


def test_drag_is_known_across_chains() -> None:
    known = Pointer()
    assert kinds(pointer(move("a"), down(), known=known)) == ["hover"]
    [gesture] = pointer(move("b"), UP, known=known)
    assert (gesture.kind, gesture.place, gesture.to) == (
        "drag",
        Place("a", 0, 0),
        Place("b", 0, 0),
    )


def test_pieces_together_are_the_whole_chain() -> None:
    ticks = [PAUSE, move("a"), down(), UP, PAUSE, move("b"), down(), UP, PAUSE]
    pieces = [gesture.params["actions"][0]["actions"] for gesture in pointer(*ticks)]
    assert [tick for piece in pieces for tick in piece] == ticks


def test_wheel_is_a_scroll() -> None:
    wheel = {"type": "wheel", "id": "w", "actions": [{"type": "scroll", "deltaY": 100}]}
    assert kinds(read_chain({"actions": [wheel]})) == ["scroll"]


def test_keys_pressed_with_a_modifier_are_a_chord() -> None:
    [gesture] = read_chain(press_keys(Keys.CONTROL + "s"))
    assert (gesture.kind, gesture.keys) == ("key", ("Control", "s"))


def test_typed_text_is_one_gesture() -> None:
    [gesture] = read_chain(press_keys("Ada"))
    assert (gesture.kind, gesture.text) == ("type", "Ada")


def test_modifiers_are_released_at_the_end_of_what_is_pressed() -> None:
    ticks = press_keys(Keys.CONTROL + Keys.SHIFT + "k" + Keys.NULL)["actions"][0]["actions"]
    assert [(tick["type"], tick["value"]) for tick in ticks] == [
        ("keyDown", Keys.CONTROL),
        ("keyDown", Keys.SHIFT),
        ("keyDown", "k"),
        ("keyUp", "k"),
        ("keyUp", Keys.SHIFT),
        ("keyUp", Keys.CONTROL),
    ]


def test_chain_that_only_waits_is_no_gesture() -> None:
    assert pointer(PAUSE) == ()

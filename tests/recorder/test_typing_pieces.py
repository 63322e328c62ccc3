from __future__ import annotations

import pytest
from selenium.webdriver.remote.command import Command

from recorder.action_chain import press_keys, read_chain
from recorder.gesture import Gesture
from recorder.take import ActionKind
from recorder.typing_pieces import split_text, split_typing


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("abc", ["a", "b", "c"]),
        ("e\u0301a", ["e\u0301", "a"]),
        ("👩‍👧🇩🇪👍🏽", ["👩‍👧", "🇩🇪", "👍🏽"]),
        ("", []),
    ],
)
def test_characters_stay_whole(text: str, pieces: list[str]) -> None:
    assert list(split_text(text)) == pieces


def test_long_text_has_no_more_pieces_than_allowed() -> None:
    text = "The quick brown fox jumps over the lazy dog."
    pieces = split_text(text, 24)
    assert len(pieces) == 24
    assert "".join(pieces) == text
    assert {len(piece) for piece in pieces} == {1, 2}


def test_chain_is_cut_where_keys_go_down() -> None:
    (gesture,) = read_chain(press_keys("añ😀d"))
    pieces = split_typing(gesture)
    assert [piece.text for piece in pieces] == ["a", "ñ", "😀", "d"]
    ticks = [item for piece in pieces for item in piece.params["actions"][0]["actions"]]
    assert ticks == gesture.params["actions"][0]["actions"]


def test_one_character_is_one_piece() -> None:
    gesture = Gesture(ActionKind.TYPE, Command.SEND_KEYS_TO_ELEMENT, {"text": "a"}, text="a")
    assert split_typing(gesture) == (gesture,)

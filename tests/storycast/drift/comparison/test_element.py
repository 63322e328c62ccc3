from __future__ import annotations

import re

import pytest

from recorder.snapshot import Node, Snapshot
from recorder.take import Box
from storycast.drift.comparison.element import read_elements

_BOX = Box(x=0, y=0, width=10, height=10)


def _node(role: str, name: str, depth: int, **facts: object) -> Node:
    return Node.model_validate(
        {"role": role, "name": name, "tag": "x", "depth": depth, "box": _BOX, **facts}
    )


def _names(*nodes: Node, masks: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    patterns = [re.compile(mask) for mask in masks]
    return [(each.role, each.name) for each in read_elements(Snapshot(nodes=nodes), patterns)]


@pytest.mark.parametrize(
    ("text", "lasting"),
    [
        ("10:42", "⋯"),
        ("at 10:42:07 PM today", "at ⋯ today"),
        ("Created: 11/21/26, 10:19 PM", "Created: ⋯"),
        ("2026-11-21T22:19:04Z", "⋯"),
        ("saved 2 minutes ago", "saved ⋯"),
        ("an hour ago", "⋯"),
        ("run 8f3a9c1e-0b1c-4d2e-9f3a-1234567890ab", "run ⋯"),
        ("commit 9f8e7d6c5b4a3", "commit ⋯"),
        ("2 May", "2 May"),
        ("2026-11-21", "2026-11-21"),
        ("Python 3.11", "Python 3.11"),
        ("decade", "decade"),
        ("1234567890123", "1234567890123"),
        ("ratio 3:2", "ratio 3:2"),
    ],
)
def test_what_passes_is_left_out(text: str, lasting: str) -> None:
    assert _names(_node("button", text, 0)) == [("button", lasting)]


def test_storyboard_names_more_that_passes() -> None:
    found = _names(_node("cell", "Order A-1047 of Ada", 0), masks=(r"A-\d+",))
    assert found == [("cell", "Order ⋯ of Ada")]


def test_text_that_repeats_its_button_is_a_part_of_it() -> None:
    nodes = (
        _node("RootWebArea", "Page", 0),
        _node("button", "Open file", 1),
        _node("paragraph", "", 2),
        _node("StaticText", "Open file", 3),
    )
    assert _names(*nodes) == [("page", "Page"), ("button", "Open file"), ("paragraph", "")]


def test_pieces_of_text_are_one() -> None:
    nodes = (
        _node("paragraph", "", 0),
        _node("StaticText", "Choose an", 1),
        _node("StaticText", " ", 1),
        _node("StaticText", " assignment ", 1),
    )
    assert _names(*nodes) == [("paragraph", ""), ("text", "Choose an assignment")]


def _at(x: float, y: float, name: str) -> Node:
    return _node("StaticText", name, 1).model_copy(
        update={"box": Box(x=x, y=y, width=20, height=10)}
    )


def test_a_word_in_two_pieces_is_one_word() -> None:
    nodes = (_node("paragraph", "", 0), _at(0, 0, "Tit"), _at(20, 0, "le: "), _at(40, 0, "Emma"))
    assert _names(*nodes) == [("paragraph", ""), ("text", "Title: Emma")]


def test_text_far_below_is_another_one() -> None:
    nodes = (_node("paragraph", "", 0), _at(0, 0, "0 of 10 selected"), _at(0, 40, "10 books"))
    assert _names(*nodes)[1:] == [("text", "0 of 10 selected"), ("text", "10 books")]


def test_text_in_an_area_is_not_one_with_the_text_before_it() -> None:
    nodes = (_node("paragraph", "", 0), _at(0, 0, "Untitled"), _at(20, 0, "saved"), _at(40, 0, "!"))
    area = Box(x=20, y=0, width=40, height=10)
    found = read_elements(Snapshot(nodes=nodes), areas=[area])
    assert [each.name for each in found[1:]] == ["Untitled", "saved!"]


def test_element_is_called_by_each_name_once() -> None:
    nodes = (_node("form", "", 0), _node("LabelText", "Title", 1), _node("textbox", "Title", 1))
    assert read_elements(Snapshot(nodes=nodes))[0].content == "Title"

from __future__ import annotations

from recorder.area import Area, clean_snapshot, clean_target
from recorder.snapshot import Node, Snapshot
from recorder.take import Box, Target

_ROW = Box(x=0, y=0, width=400, height=30)
_CELL = Box(x=100, y=0, width=100, height=30)
_TEXT = Box(x=104, y=6, width=80, height=18)


def _node(box: Box, name: str = "", value: str = "", tag: str = "td") -> Node:
    return Node(role="cell", name=name, value=value, tag=tag, depth=0, box=box)


def _cleaned(area: Area, *nodes: Node) -> list[tuple[str, str]]:
    found = clean_snapshot(Snapshot(nodes=nodes), (area,))
    return [(node.name, node.value) for node in found.nodes]


def test_mask_hides_its_own_text_in_all_that_lies_in_it_or_around_it() -> None:
    mask = Area(is_field=False, whole=(_CELL,), parts=(), text="ada@\nschool.edu")
    told = _cleaned(
        mask,
        _node(_ROW, "Ada ada@ school.edu 3"),
        _node(_CELL, "ada@ school.edu"),
        _node(_TEXT, "ada@"),
        _node(Box(x=300, y=0, width=100, height=30), "ada@ school.edu"),
    )
    assert told == [("Ada *** 3", ""), ("***", ""), ("***", ""), ("ada@ school.edu", "")]


def test_field_keeps_its_name_and_not_its_value() -> None:
    field = Area(is_field=True, whole=(_CELL,), parts=(), text="4111 1111")
    told = _cleaned(
        field,
        _node(_CELL, "Card", "4111 1111", tag="input"),
        _node(_CELL, "Card", "", tag="input"),
        _node(_TEXT, "4111 1111", tag="#text"),
    )
    assert told == [("Card", "••••••••"), ("Card", ""), ("••••••••", "")]


def test_target_that_is_masked_keeps_only_what_tells_nothing() -> None:
    target = Target(
        box=_TEXT, role="link", name="ada@school.edu", text="ada@school.edu", tag="a",
        attributes={"id": "mail", "href": "mailto:ada@school.edu", "title": "Ada"},
    )  # fmt: skip
    mask = Area(is_field=False, whole=(_CELL,), parts=(), text="ada@school.edu")
    cleaned = clean_target(target, (mask,))
    assert (cleaned.name, cleaned.text) == ("***", "***")
    assert cleaned.attributes == {"id": "mail"}
    assert clean_target(target, ()) == target

from __future__ import annotations

import pytest

from recorder.outline import Outlined
from recorder.take import Box
from storycast.drift.mask.selector import find_selectors

_VIEWPORT = (1000, 800)


def _element(
    place: int,
    *,
    tag: str = "div",
    name: str = "",
    classes: tuple[str, ...] = (),
    parent: Outlined | None = None,
    **attributes: str,
) -> Outlined:
    told = {key.replace("_", "-"): value for key, value in attributes.items()}
    box = Box(x=10, y=20 * place, width=100, height=18)
    return Outlined(parent, tag, name, classes, told, box)


def _best(element: Outlined, *others: Outlined, differing: tuple[Outlined, ...] = ()) -> str:
    outline = [each for each in (element.parent, element, *others) if each is not None]
    boxes = [each.box for each in (element, *differing)]
    found = find_selectors(element.box, [outline, outline], boxes, _VIEWPORT)
    return str(next(found, ""))


@pytest.mark.parametrize(
    ("element", "selector"),
    [
        (_element(1, name="clock"), "#clock"),
        (_element(1, name="clock-83621", classes=("clock",)), ".clock"),
        (_element(1, classes=("css-1ab2cd", "clock")), ".clock"),
        (_element(1, data_testid="age"), '[data-testid="age"]'),
        (_element(1, data_key="a8f1"), "[data-key]"),
        (_element(1, tag="time"), "time"),
        (_element(1, name=":r1:"), ""),
        (_element(1, name="tab-key-2-1"), ""),
        (_element(1, tag="b", parent=_element(0, name="order")), "#order b"),
    ],
)
def test_selector_is_what_lasts(element: Outlined, selector: str) -> None:
    assert _best(element) == selector


def test_selector_selects_all_that_differs_and_nothing_else() -> None:
    panel = _element(0, name="panel")
    rows = [_element(place, classes=("row",), parent=panel) for place in (1, 2, 3)]
    assert _best(rows[0], *rows[1:], differing=(rows[1], rows[2])) == ".row"
    button = _element(5, classes=("row",))
    assert _best(rows[0], *rows[1:], button, differing=(rows[1], rows[2])) == "#panel .row"


def test_what_has_no_name_is_selected_by_what_it_holds() -> None:
    text = _element(1, tag="p")
    box = Box(x=15, y=20, width=30, height=18)
    number = Outlined(text, "b", "number", (), {}, box)
    assert _best(text, number) == "p:has(#number)"


def test_most_of_the_page_is_not_selected() -> None:
    whole = Outlined(None, "main", "all", (), {}, Box(x=0, y=0, width=1000, height=700))
    found = find_selectors(whole.box, [[whole]], [whole.box], _VIEWPORT)
    assert list(found) == []

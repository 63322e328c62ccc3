from __future__ import annotations

import pytest

from recorder.front_matter import HighlightStyle
from recorder.snapshot import Node
from recorder.take import Box, Target
from storycast.guide.crop import choose_area
from storycast.guide.node_tree import NodeTree, no_page
from storycast.guide.view import Spot, View
from tests.storycast.guide.board import VIEWPORT, moment, show, target

A = moment("a")


def _node(
    role: str, box: tuple[float, float, float, float], depth: int = 0, name: str = ""
) -> Node:
    x, y, width, height = box
    return Node(
        role=role, name=name, tag="div", depth=depth, box=Box(x=x, y=y, width=width, height=height)
    )


def _area(
    *targets: Target, nodes: tuple[Node, ...] = (), viewport: tuple[int, int] = VIEWPORT
) -> Box:
    area = choose_area(show(A, *targets), NodeTree(nodes, viewport), viewport)
    assert area is not None
    return area


def _shows(area: Box, box: Box) -> bool:
    return (
        area.x <= box.x
        and area.y <= box.y
        and area.x + area.width >= box.x + box.width
        and area.y + area.height >= box.y + box.height
    )


def test_what_is_marked_is_shown_with_air_around() -> None:
    area = _area(target("Save", x=600, y=300))
    assert _shows(area, Box(x=576, y=276, width=148, height=88))
    assert (area.width, area.height) == (640, 292)


def test_crop_is_in_whole_pixels_and_on_the_screen() -> None:
    for x, y in ((0, 0), (1180.3, 680.7), (601.5, 333.3)):
        area = _area(target("Save", x=x, y=y))
        assert all(value == int(value) >= 0 for value in (area.x, area.y, area.width, area.height))
        assert _shows(Box(x=0, y=0, width=1280, height=720), area)


def test_all_that_is_marked_is_shown() -> None:
    one, other = target("One", x=100, y=100), target("Other", x=700, y=300)
    area = _area(one, other)
    assert _shows(area, one.box)
    assert _shows(area, other.box)


def test_menu_is_shown_whole() -> None:
    nodes = (
        _node("RootWebArea", (0, 0, 1280, 720)),
        _node("menu", (40, 30, 380, 600), 1),
        _node("menuitem", (40, 400, 380, 24), 2, "Rename"),
    )
    item = target("Rename", "menuitem", x=40, y=400)
    item = item.model_copy(update={"box": nodes[2].box})
    assert _shows(_area(item, nodes=nodes), nodes[1].box)


def test_dialog_that_dims_the_page_is_what_is_in_it() -> None:
    nodes = (
        _node("RootWebArea", (0, 0, 1280, 720)),
        _node("dialog", (0, 0, 1280, 720), 1),
        _node("heading", (500, 200, 200, 30), 2, "Rename file"),
        _node("button", (600, 400, 100, 40), 2, "Rename"),
    )
    area = _area(target("Rename", x=600, y=400), nodes=nodes)
    assert _shows(area, nodes[2].box)
    assert area.width < 800


def test_field_is_shown_with_its_label() -> None:
    nodes = (
        _node("RootWebArea", (0, 0, 1280, 720)),
        _node("LabelText", (600, 120, 90, 20), 1, "Your name"),
        _node("textbox", (600, 300, 100, 40), 1, "Your name"),
    )
    field = target("Your name", "textbox", x=600, y=300)
    assert not _shows(_area(field, nodes=nodes[2:]), nodes[1].box)
    assert _shows(_area(field, nodes=nodes), nodes[1].box)


def test_group_that_is_most_of_the_page_is_no_place() -> None:
    button = target("Save", x=600, y=300)
    page = _node("form", (0, 0, 1200, 600))
    assert _area(button, nodes=(page,)) == _area(button)


def test_crop_does_not_cut_the_pane_beside() -> None:
    nodes = (_node("RootWebArea", (0, 0, 1280, 720)), _node("main", (290, 28, 960, 660), 1))
    assert _area(target("Save", x=400, y=300), nodes=nodes).x == 290


def test_crop_that_nearly_reaches_the_edge_shows_it() -> None:
    area = _area(target("Save", x=1000, y=40))
    assert (area.x + area.width, area.y) == (1280, 0)


@pytest.mark.parametrize("wide", [900, 1200])
def test_whole_screen_is_shown_where_the_crop_is_most_of_it(wide: int) -> None:
    far = target("End", x=wide, y=600)
    assert choose_area(show(A, target("Start", x=10, y=10), far), no_page(A), VIEWPORT) is None


def test_result_and_view_without_marks_show_the_whole_screen() -> None:
    assert choose_area(View(A), no_page(A), VIEWPORT) is None
    result = View(A, (Spot(target("Save")),), result=True)
    assert choose_area(result, no_page(A), VIEWPORT) is None


def test_arrow_has_room() -> None:
    button = target("Save", x=600, y=300)
    arrow = show(A, button, style=HighlightStyle.ARROW)
    area = choose_area(arrow, no_page(A), VIEWPORT)
    assert area is not None
    assert area.y <= 300 - 110


def test_screen_of_a_telephone_is_cropped_in_height_alone() -> None:
    area = _area(target("Save", x=100, y=400), viewport=(390, 844))
    assert (area.x, area.width) == (0, 390)
    assert 150 < area.height < 400


def test_endless_page_begins_at_its_top() -> None:
    assert choose_area(View(A), no_page(A), (1200, 9000)) == Box(x=0, y=0, width=1200, height=1500)
    area = _area(target("Save", x=600, y=8000), viewport=(1200, 9000))
    assert area.y > 7000


@pytest.mark.parametrize(("left", "is_shown"), [(300, True), (40, False)])
def test_row_is_shown_from_what_it_is_about_unless_that_is_far(left: float, is_shown: bool) -> None:
    nodes = (
        _node("RootWebArea", (0, 0, 1280, 720)),
        _node("row", (left, 400, 1000, 30), 1),
        _node("rowheader", (left, 400, 90, 30), 2, "Books"),
        _node("link", (900, 400, 60, 30), 2, "Add"),
    )
    add = target("Add", "link", x=900, y=400).model_copy(update={"box": nodes[3].box})
    assert _shows(_area(add, nodes=nodes), nodes[2].box) is is_shown


def test_entry_of_a_list_is_shown_with_its_first_words() -> None:
    nodes = (
        _node("RootWebArea", (0, 0, 1280, 720)),
        _node("listitem", (300, 400, 640, 30), 1),
        _node("StaticText", (300, 400, 90, 30), 2, "Water the plants"),
        _node("button", (880, 400, 60, 30), 2, "Delete"),
    )
    delete = target("Delete", x=880, y=400).model_copy(update={"box": nodes[3].box})
    assert _shows(_area(delete, nodes=nodes), nodes[2].box)

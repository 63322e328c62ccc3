from __future__ import annotations

import pytest

from recorder.front_matter import HighlightStyle
from recorder.snapshot import Node
from recorder.take import Box, Target
from storycast.guide.alt_text import describe_view, name_target
from storycast.guide.node_tree import NodeTree
from storycast.guide.view import View
from storycast.wording import ENGLISH
from tests.storycast.guide.board import VIEWPORT, moment, node, show, target


def _describe(view: View, *nodes: Node) -> str:
    return describe_view(view, VIEWPORT, ENGLISH, read=lambda _: NodeTree(nodes, VIEWPORT))


def _menu(count: int, name: str = "") -> tuple[Node, ...]:
    """A menu bar with a menu that is open below it, of as many entries."""
    return (
        node("menubar", "", 1, (0, 0, 300, 30)),
        node("menuitem", "File", 2, (0, 0, 40, 30)),
        node("menuitem", "Edit", 2, (40, 0, 40, 30)),
        node("menu", name, 1, (0, 32, 200, 25 * count)),
        *(
            node("menuitem", f"Entry {number}", 2, (0, 32 + 25 * number, 200, 25))
            for number in range(count)
        ),
    )


def _entry(number: int) -> Target:
    return target(f"Entry {number}", "menuitem", box=(0, 32 + 25 * number, 200, 25))


def test_alt_text_says_page_target_and_place() -> None:
    view = show(moment("a"), target("Add task", x=590, y=60))
    assert _describe(view) == (
        "The page “Tasks”; the button “Add task” is marked, in the upper middle."
    )


def test_alt_text_lists_several_targets_by_number() -> None:
    view = show(moment("a"), target("Task name", "textbox"), target("Add task", x=1100, y=600))
    assert _describe(view) == (
        "The page “Tasks”; marked are (1) the text field “Task name”, at the upper left; "
        "(2) the button “Add task”, at the lower right."
    )


def test_alt_text_of_a_result_says_so() -> None:
    assert _describe(View(moment("a"), result=True)) == "The page “Tasks” after this step."
    assert _describe(View(moment("a"))) == "The page “Tasks”."


def test_alt_text_does_without_title_and_name() -> None:
    view = show(moment("a", title=""), target("", "slider", x=590, y=340))
    assert _describe(view) == "The page; the slider is marked, in the middle."


def test_unknown_role_is_an_area() -> None:
    view = show(moment("a"), target("Map", "application", y=340))
    assert _describe(view) == "The page “Tasks”; the area “Map” is marked, at the left."


@pytest.mark.parametrize("x", [-500, 5000])
def test_target_beyond_the_edge_is_placed_at_the_edge(x: float) -> None:
    side = "left" if x < 0 else "right"
    assert _describe(show(moment("a"), target("Far", x=x))).endswith(f"at the upper {side}.")


def test_target_is_called_what_stands_on_it() -> None:
    assert name_target(target("Rename file", text="Rename"), ENGLISH) == "Rename"
    assert name_target(target("Task name", "textbox", text="Buy milk"), ENGLISH) == "Task name"
    assert name_target(target("", "textbox"), ENGLISH) == "Text field"


@pytest.mark.parametrize("label", ["E-mail:", "E-mail *", "E-mail* :", "E-mail\uff1a"])
def test_sign_at_the_end_of_a_label_is_no_part_of_its_name(label: str) -> None:
    assert name_target(target(label, "textbox"), ENGLISH) == "E-mail"


def test_name_of_signs_alone_stays() -> None:
    assert name_target(target("**", "textbox"), ENGLISH) == "**"


def test_what_a_list_holds_is_not_its_name() -> None:
    assert name_target(target("", "combobox", text="MySQL"), ENGLISH) == "List"


def test_long_name_is_cut() -> None:
    assert len(name_target(target("word " * 50, "row"), ENGLISH)) == 60


@pytest.mark.parametrize(
    ("name", "told"),
    [("notes.txt Created: 11/22/26, 1:28 AM", "notes.txt Created: …"), ("12:30", "12:30")],
)
def test_name_does_not_tell_when_it_was_filmed(name: str, told: str) -> None:
    assert name_target(target(name, "listitem"), ENGLISH) == told


def test_title_does_not_tell_when_it_was_filmed() -> None:
    titled = moment("a", title="feedback/2026-11-28 08:12:12.346907/")
    assert _describe(View(titled)) == "The page “feedback/…/”."


def test_open_menu_is_told_with_the_place_of_its_entry() -> None:
    told = _describe(show(moment("a"), _entry(5)), *_menu(19))
    assert told == "The menu “File” is open; “Entry 5” is the sixth entry of 19."


def test_far_entry_is_counted_in_figures() -> None:
    told = _describe(show(moment("a"), _entry(13)), *_menu(19, "More"))
    assert told == "The menu “More” is open; “Entry 13” is entry 14 of 19."


@pytest.mark.parametrize(
    ("text", "told"), [("Save Ctrl+S", "Save"), ("Find ⌘F", "Find"), ("Learn C++", "Learn C++")]
)
def test_keys_beside_an_entry_are_no_part_of_its_name(text: str, told: str) -> None:
    assert name_target(target(text, "menuitem", text=text), ENGLISH) == told


def test_opener_and_entry_are_told_in_one_list() -> None:
    opener = target("", "generic", text="File", box=(5, 2, 30, 26))
    assert _describe(show(moment("a"), opener, _entry(0)), *_menu(3)) == (
        "The menu “File” is open; marked are (1) the menu “File”, at the upper left; "
        "(2) “Entry 0”, the first entry of 3."
    )


def test_menu_without_name_or_opener_is_a_menu() -> None:
    nodes = _menu(3)[3:]
    assert _describe(show(moment("a"), _entry(1)), *nodes).startswith("A menu is open; ")
    assert _describe(View(moment("a"), result=True), *nodes) == "A menu is open after this step."


def test_dialog_is_called_what_it_says_first() -> None:
    nodes = (
        node("dialog", "", 1, (0, 0, 1280, 720)),
        node("button", "Close", 2, (700, 200, 20, 20)),
        node("StaticText", "Close", 3, (700, 200, 20, 20)),
        node("StaticText", "Rename file", 2, (400, 200, 200, 20)),
        node("textbox", "", 2, (400, 320, 100, 40)),
    )
    view = show(moment("a"), target("", "textbox", box=(400, 320, 100, 40)))
    assert _describe(view, *nodes) == (
        "The dialog “Rename file” is open; the text field is marked, in the middle."
    )


def test_what_is_open_elsewhere_is_not_told() -> None:
    view = show(moment("a"), target("Help", box=(900, 600, 100, 40)))
    nodes = (*_menu(3), node("button", "Help", 1, (900, 600, 100, 40)))
    assert _describe(view, *nodes).startswith("The page “Tasks”; the button “Help” is marked")


@pytest.mark.parametrize(
    ("opener", "told"),
    [
        (("combobox", "City", 1, (100, 70, 200, 30)), "The list “City” is open; “Lyon” is "),
        (
            ("button", "Send", 1, (900, 600, 80, 30)),
            "The page “Tasks”; the option “Lyon” is marked",
        ),
    ],
)
def test_list_is_open_where_something_opened_it(
    opener: tuple[str, str, int, tuple[float, float, float, float]], told: str
) -> None:
    nodes = (
        node(*opener),
        node("listbox", "", 1, (100, 100, 200, 60)),
        node("option", "Leipzig", 2, (100, 100, 200, 30)),
        node("option", "Lyon", 2, (100, 130, 200, 30)),
    )
    view = show(moment("a"), target("Lyon", "option", box=(100, 130, 200, 30)))
    assert _describe(view, *nodes).startswith(told)


def test_list_is_called_by_what_says_that_it_has_opened_it() -> None:
    field = node("combobox", "City", 1, (120, 60, 160, 28))
    nodes = (
        field.model_copy(update={"states": {"expanded": "True"}}),
        node("listbox", "", 1, (100, 100, 200, 60)),
        node("option", "Lyon", 2, (100, 100, 200, 60)),
        node("button", "Go", 1, (100, 164, 200, 20)),
    )
    view = show(moment("a"), target("Lyon", "option", box=(100, 100, 200, 60)))
    assert _describe(view, *nodes).startswith("The list “City” is open; ")


@pytest.mark.parametrize(
    ("states", "told"),
    [({"expanded": "true"}, "The list “City” is open."), ({}, "The page “Tasks”.")],
)
def test_list_that_always_stands_there_is_not_told(states: dict[str, str], told: str) -> None:
    nodes = (
        node("combobox", "City", 1, (100, 70, 200, 30)).model_copy(update={"states": states}),
        node("listbox", "", 1, (100, 100, 200, 60)),
        node("option", "Leipzig", 2, (100, 100, 200, 30)),
    )
    assert _describe(View(moment("a")), *nodes) == told


def test_hidden_menu_is_not_open() -> None:
    hidden = node("menu", "File", 1, (0, 32, 200, 75), styles=("", "", "", "", "hidden", "1"))
    assert _describe(View(moment("a")), hidden) == "The page “Tasks”."


def test_what_is_only_shown_is_told_as_well() -> None:
    view = show(moment("a"), target("Chart", "img"), style=HighlightStyle.NONE)
    assert _describe(view) == "The page “Tasks”; it shows the picture “Chart”, at the upper left."


def test_what_stands_on_a_button_is_its_name() -> None:
    view = show(moment("a"), target("Python 3 Python 3", text="Python 3"))
    assert "the button “Python 3” is marked" in _describe(view)


def test_place_is_told_within_what_the_picture_shows() -> None:
    view = show(moment("a"), target("Add", x=600, y=300))
    area = Box(x=590, y=200, width=400, height=300)
    told = describe_view(view, VIEWPORT, ENGLISH, area=area)
    assert told == "The page “Tasks”; the button “Add” is marked, at the left."

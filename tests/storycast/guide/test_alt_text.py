from __future__ import annotations

import pytest

from storycast.guide.alt_text import describe_view, name_target
from storycast.guide.view import View
from storycast.wording import ENGLISH
from tests.storycast.guide.board import VIEWPORT, moment, show, target


def _describe(view: View) -> str:
    return describe_view(view, VIEWPORT, ENGLISH)


def test_alt_text_says_page_target_and_place() -> None:
    view = show(moment("a"), target("Add task", x=590, y=60))
    assert _describe(view) == (
        "The page “Tasks”; the button “Add task” is marked, in the upper middle."
    )


def test_alt_text_lists_several_targets_by_number() -> None:
    view = show(moment("a"), target("Task name", "textbox"), target("Add task", x=1100, y=600))
    assert _describe(view) == (
        "The page “Tasks”; marked are 1 the text field “Task name”, at the upper left; "
        "2 the button “Add task”, at the lower right."
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


def test_long_name_is_cut() -> None:
    assert len(name_target(target("word " * 50, "row"), ENGLISH)) == 60


@pytest.mark.parametrize(
    ("name", "told"),
    [("notes.txt Created: 11/22/26, 1:28 AM", "notes.txt Created: …"), ("12:30", "12:30")],
)
def test_name_does_not_tell_when_it_was_filmed(name: str, told: str) -> None:
    assert name_target(target(name, "listitem"), ENGLISH) == told

from __future__ import annotations

import pytest

from recorder.front_matter import HighlightStyle
from recorder.take import ActionKind, Box
from storycast.guide.view import Spot, View, choose_views, visible_share
from tests.storycast.guide.board import VIEWPORT, Changes, action, moment, show, step, target

A, B, C, D = (moment(letter) for letter in "abcd")
NAME = target("Task name", "textbox")
ADD = target("Add task", x=300)


def test_click_is_shown_before_it_happens_with_its_target_marked() -> None:
    click = step(1, action(ActionKind.CLICK, A, B, ADD))
    assert choose_views((click,), VIEWPORT, Changes()) == ((show(A, ADD),),)


def test_field_is_shown_filled() -> None:
    fill = step(1, action(ActionKind.TYPE, A, B, NAME))
    assert choose_views((fill,), VIEWPORT, Changes({"ab": 0.01})) == ((show(B, NAME),),)


def test_field_that_grew_with_its_text_is_shown_before_so_that_its_ring_fits() -> None:
    fill = step(1, action(ActionKind.TYPE, A, B, NAME))
    views = choose_views((fill,), VIEWPORT, Changes({"ab": 0.001}, {"ab": 0.9}))
    assert views == ((show(A, NAME),),)


def test_form_is_one_picture_with_all_its_targets() -> None:
    form = step(
        1, action(ActionKind.TYPE, A, B, NAME), action(ActionKind.CLICK, B, C, ADD)
    )  # fmt: skip
    views = choose_views((form,), VIEWPORT, Changes({"ab": 0.01, "bc": 0.001}))
    assert views == ((show(B, NAME, ADD),),)


def test_target_is_marked_once_however_often_it_is_used() -> None:
    twice = step(1, action(ActionKind.CLICK, A, A, NAME), action(ActionKind.TYPE, A, A, NAME))
    assert choose_views((twice,), VIEWPORT, Changes()) == ((show(A, NAME),),)


def test_field_that_was_clicked_into_is_shown_once_and_filled() -> None:
    wrapper = target("", "generic").model_copy(update={"box": Box(x=9, y=9, width=82, height=22)})
    inner = target("", "textbox").model_copy(update={"box": Box(x=10, y=10, width=80, height=20)})
    fill = step(
        1, action(ActionKind.CLICK, A, B, wrapper), action(ActionKind.TYPE, B, C, inner)
    )  # fmt: skip
    views = choose_views((fill,), VIEWPORT, Changes({"ab": 0.3, "bc": 0.01}, {"ab": 0.9}))
    assert views == ((show(C, inner),),)


@pytest.mark.parametrize(("role", "marked"), [("generic", 1), ("button", 2)])
def test_line_of_an_editor_that_was_clicked_into_is_the_editor(role: str, marked: int) -> None:
    inner = target("", role).model_copy(update={"box": Box(x=20, y=10, width=50, height=16)})
    editor = target("", "textbox").model_copy(update={"box": Box(x=10, y=10, width=80, height=90)})
    fill = step(
        1, action(ActionKind.CLICK, A, B, inner), action(ActionKind.TYPE, B, C, editor)
    )  # fmt: skip
    views = choose_views((fill,), VIEWPORT, Changes({"ab": 0.3, "bc": 0.01}, {"ab": 0.9}))
    assert sum(len(view.spots) for view in views[0]) == marked
    assert views[0][-1].targets[-1] == editor


def test_target_that_is_gone_keeps_its_own_picture() -> None:
    menu = step(1, action(ActionKind.CLICK, A, B, ADD), action(ActionKind.CLICK, B, B, NAME))
    views = choose_views((menu,), VIEWPORT, Changes({"ab": 0.3}, {"ab": 0.9}))
    assert views == ((show(A, ADD), show(B, NAME)),)


def test_target_that_only_changed_its_colour_shares_the_picture() -> None:
    menu = step(1, action(ActionKind.CLICK, A, B, ADD), action(ActionKind.CLICK, B, B, NAME))
    views = choose_views((menu,), VIEWPORT, Changes({"ab": 0.3}, {"ab": 0.1}))
    assert views == ((show(B, ADD, NAME),),)


def test_target_behind_a_dialog_keeps_its_own_picture() -> None:
    opened = step(1, action(ActionKind.CLICK, A, B, ADD), action(ActionKind.CLICK, B, B, NAME))
    views = choose_views((opened,), VIEWPORT, Changes({"ab": 0.9}))
    assert views == ((show(A, ADD), show(B, NAME)),)


def test_scrolled_page_is_another_picture() -> None:
    below = moment("b", scroll=300)
    both = step(
        1, action(ActionKind.CLICK, A, below, ADD), action(ActionKind.CLICK, below, below, NAME)
    )
    assert [view.moment for view in choose_views((both,), VIEWPORT, Changes())[0]] == [A, below]


def test_step_that_opens_a_page_shows_it() -> None:
    opened = step(1, action(ActionKind.OPEN, None, A))
    assert choose_views((opened,), VIEWPORT, Changes()) == ((View(A),),)


def test_result_is_shown_where_the_page_became_another() -> None:
    steps = (
        step(1, action(ActionKind.CLICK, A, B, ADD)),
        step(2, action(ActionKind.CLICK, C, C, ADD)),
    )
    views = choose_views(steps, VIEWPORT, Changes({"ab": 0.5, "bc": 0.5}))
    assert views[0] == (show(A, ADD), View(B, result=True))


def test_result_is_left_to_the_next_step_that_shows_the_same() -> None:
    steps = (
        step(1, action(ActionKind.CLICK, A, B, ADD)),
        step(2, action(ActionKind.CLICK, B, B, NAME)),
    )
    views = choose_views(steps, VIEWPORT, Changes({"ab": 0.5}))
    assert views == ((show(A, ADD),), (show(B, NAME),))


def test_scene_ends_with_what_came_of_it() -> None:
    steps = (
        step(1, action(ActionKind.CLICK, A, B, ADD), scene="One"),
        step(2, action(ActionKind.CLICK, B, B, NAME), scene="Two"),
    )
    views = choose_views(steps, VIEWPORT, Changes({"ab": 0.02}))
    assert views[0] == (show(A, ADD), View(B, result=True))


def test_no_picture_repeats_the_one_before() -> None:
    steps = (
        step(1, action(ActionKind.OPEN, None, A)),
        step(2, action(ActionKind.KEY, A, B, NAME, keys=("End",))),
    )
    assert choose_views(steps, VIEWPORT, Changes({"ab": 0.001})) == ((View(A),), ())


def test_implied_scroll_and_whole_page_are_not_marked() -> None:
    page = NAME.model_copy(update={"box": Box(x=0, y=0, width=1280, height=720)})
    outside = NAME.model_copy(update={"box": Box(x=0, y=900, width=100, height=40)})
    quiet = step(
        1,
        action(ActionKind.CLICK, A, A, ADD, implied=True),
        action(ActionKind.CLICK, A, A, page),
        action(ActionKind.CLICK, A, A, outside),
        action(ActionKind.SCROLL, A, A, ADD),
    )
    assert choose_views((quiet,), VIEWPORT, Changes()) == ((View(A),),)


def test_share_counts_only_what_is_seen() -> None:
    half = Box(x=-640, y=0, width=1280, height=720)
    assert visible_share(half, VIEWPORT) == 0.5
    assert visible_share(Box(x=2000, y=0, width=10, height=10), VIEWPORT) == 0


def test_target_is_pointed_out_as_the_action_says_or_else_as_the_film_does() -> None:
    lit = action(ActionKind.HIGHLIGHT, A, A, ADD).model_copy(update={"style": "spotlight"})
    steps = (step(1, action(ActionKind.CLICK, A, A, NAME), lit),)
    (views,) = choose_views(steps, VIEWPORT, Changes(), HighlightStyle.ARROW)
    assert views == (
        show(A, NAME, style=HighlightStyle.ARROW),
        show(A, ADD, style=HighlightStyle.SPOTLIGHT),
    )


def test_rings_and_numbers_share_a_picture() -> None:
    number = action(ActionKind.HIGHLIGHT, A, A, ADD).model_copy(update={"style": "number"})
    (views,) = choose_views(
        (step(1, action(ActionKind.CLICK, A, A, NAME), number),), VIEWPORT, Changes()
    )
    assert views == (View(A, (Spot(NAME), Spot(ADD, HighlightStyle.NUMBER))),)


def test_style_that_is_asked_for_wins_where_the_place_is_the_same() -> None:
    lit = action(ActionKind.HIGHLIGHT, A, A, NAME).model_copy(update={"style": "arrow"})
    for actions in (
        (lit, action(ActionKind.CLICK, A, A, NAME)),
        (action(ActionKind.CLICK, A, A, NAME), lit),
    ):
        (views,) = choose_views((step(1, *actions),), VIEWPORT, Changes())
        assert views == (show(A, NAME, style=HighlightStyle.ARROW),)

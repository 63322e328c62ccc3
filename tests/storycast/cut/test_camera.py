"""The camera: near what is small, and calm."""

from __future__ import annotations

import pytest

from recorder.front_matter import Zoom
from recorder.take import Action, ActionKind, Box, Dialog, Moment, Step, Target
from storycast.cut.camera import plan_framing

VIEWPORT = (1280, 720)
A, B = (Moment(shot=shot, snapshot="", address="/", title="") for shot in "ab")
PROSE = "A sentence that is long enough to follow the camera with one's eyes."


def _box(x: float, y: float, width: float = 60, height: float = 24) -> Box:
    return Box(x=x, y=y, width=width, height=height)


def _click(box: Box, after: Moment = A) -> Action:
    target = Target(box=box, role="button", name="", text="", tag="button")
    return Action(kind=ActionKind.CLICK, cell=0, target=target, before=A, after=after)


def _step(*actions: Action, prose: str = PROSE) -> Step:
    return Step(number=1, scene="", title="", prose=prose, actions=actions)


def _plan(
    *steps: Step, zoom: Zoom = Zoom.CALM, changed: Box | None = None
) -> tuple[Box | None, ...]:
    framings = plan_framing(steps, VIEWPORT, zoom, lambda _before, _after: changed)
    return tuple(framing.goal for framing in framings)


def _zoom(goal: Box | None) -> float:
    return 1280 / goal.width if goal else 1.0


def test_small_target_is_framed_from_nearer() -> None:
    (goal,) = _plan(_step(_click(_box(600, 300))))
    assert goal is not None
    assert 1.3 < _zoom(goal) < 1.4
    assert goal.width / goal.height == pytest.approx(VIEWPORT[0] / VIEWPORT[1], rel=1e-4)


def test_close_goes_nearer_and_off_nowhere() -> None:
    step = _step(_click(_box(600, 300)))
    assert _zoom(_plan(step, zoom=Zoom.CLOSE)[0]) == 2.0
    assert _plan(step, zoom=Zoom.OFF) == (None,)


def test_frame_stays_within_the_page() -> None:
    (goal,) = _plan(_step(_click(_box(1250, 5))))
    assert goal is not None
    assert goal.y == 0
    assert goal.x + goal.width <= VIEWPORT[0]


def test_large_target_needs_no_zoom() -> None:
    assert _plan(_step(_click(_box(100, 100, 1000, 500)))) == (None,)


def test_neighbours_share_a_frame() -> None:
    first, second = _plan(_step(_click(_box(500, 300))), _step(_click(_box(700, 360))))
    assert first == second is not None


def test_frame_stays_while_it_shows_what_the_next_step_is_about() -> None:
    steps = [_step(_click(_box(600, 300))), _step(), _step(_click(_box(640, 330)))]
    first, between, last = _plan(*steps)
    assert first == between == last is not None


def test_words_alone_are_said_over_the_whole_page() -> None:
    assert _plan(_step(_click(_box(600, 300))), _step())[1] is None


def test_short_prose_is_no_time_to_follow() -> None:
    assert _plan(_step(_click(_box(600, 300)), prose="Go.")) == (None,)


def test_result_is_framed_with_its_cause() -> None:
    (goal,) = _plan(_step(_click(_box(600, 300), B)), changed=_box(500, 400, 200, 50))
    assert goal is not None
    assert goal.y + goal.height >= 450


def test_page_that_changes_widely_is_seen_as_a_whole() -> None:
    steps = (_step(_click(_box(600, 300), B)),)
    (framing,) = plan_framing(steps, VIEWPORT, Zoom.CALM, lambda _b, _a: _box(0, 0, 1280, 720))
    assert framing.goal is not None
    assert framing.release == 0


def test_camera_that_went_back_does_not_return_at_once() -> None:
    step = _step(_click(_box(600, 300), B))
    first, second, third = _plan(step, step, step, changed=_box(0, 0, 1280, 720))
    assert first == third is not None
    assert second is None


def test_menu_that_is_opened_on_the_way_is_not_worth_it() -> None:
    step = _step(_click(_box(5, 5), B), _click(_box(30, 500)))
    assert _plan(step, changed=_box(0, 0, 300, 700)) == (None,)


def test_target_without_a_size_is_not_framed() -> None:
    assert _plan(_step(_click(_box(600, 300, 0, 0)))) == (None,)


@pytest.mark.parametrize("kind", [ActionKind.CLICK, ActionKind.UPLOAD])
def test_dialog_of_the_browser_is_seen_as_a_whole(kind: ActionKind) -> None:
    asked = A if kind is ActionKind.UPLOAD else A.model_copy(update={"dialog": Dialog(text="?")})
    asking = _click(_box(600, 300), asked).model_copy(update={"kind": kind})
    assert _plan(_step(asking)) == (None,)

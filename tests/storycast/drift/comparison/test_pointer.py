"""What looks different under the pointer alone is no drift."""

from __future__ import annotations

from recorder.take import Action, ActionKind, Box, Moment, Point, Step
from storycast.drift.comparison.difference import Difference
from storycast.drift.comparison.element import Element
from storycast.drift.comparison.pointer import find_places, is_by_pointer
from storycast.drift.model import Kind
from tests.storycast.guide.board import action, moment

from .sketch import node, sketch

_BOX = (100, 100, 80, 30)
_ON, _OFF = Point(x=140, y=115), Point(x=10, y=10)


def _submit(role: str = "button") -> Element:
    return sketch(node(role, "Submit", _BOX))[1]


def _differs(kind: Kind = Kind.RESTYLED, role: str = "button") -> Difference:
    return Difference(kind, _submit(role), _submit(role), "background-color")


def test_look_under_the_pointer_is_not_told() -> None:
    assert is_by_pointer(_differs(), [_ON], [_ON])
    assert is_by_pointer(_differs(Kind.PICTURE), [_ON], [_ON])


def test_look_elsewhere_is_told() -> None:
    assert not is_by_pointer(_differs(), [_OFF], [_ON])
    assert not is_by_pointer(_differs(), [_ON, _OFF], [_ON])
    assert not is_by_pointer(_differs(), [None], [None])
    assert not is_by_pointer(_differs(), [], [])


def test_what_else_differs_under_the_pointer_is_told() -> None:
    assert not is_by_pointer(_differs(Kind.RENAMED), [_ON], [_ON])
    assert not is_by_pointer(_differs(role="heading"), [_ON], [_ON])


def _done(before: Moment, after: Moment, point: Point | None = None) -> Action:
    done = action(ActionKind.CLICK if point else ActionKind.KEY, before, after)
    return done.model_copy(update={"point": point})


def test_pointer_rests_where_it_was_last() -> None:
    first, second, third = (moment(name) for name in ("a", "b", "c"))
    step = Step(
        number=1, scene="", title="", prose="",
        actions=(_done(first, second, _ON), _done(second, third)), end=third,
    )  # fmt: skip
    places = find_places([step])
    assert places == {first: {None}, second: {_ON}, third: {_ON}}


def test_moments_hold_only_what_can_be_looked_up() -> None:
    masked = moment("a").model_copy(update={"masks": (Box(x=0, y=0, width=1, height=1),)})
    assert find_places([]).get(masked, ()) == ()

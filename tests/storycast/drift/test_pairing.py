from __future__ import annotations

from recorder.take import Action, ActionKind, Beside, Moment, Step
from storycast.drift.pairing import pair_actions, pair_moments


def _moment(actor: str, shot: str) -> Moment:
    return Moment(shot=shot, snapshot="", address="/", title="", actor=actor)


def _action(actor: str, name: str, beside: str = "") -> Action:
    after = _moment(actor, f"{name}-after")
    other = _moment(beside, f"{name}-{beside}")
    return Action(
        kind=ActionKind.CLICK, cell=1, before=_moment(actor, f"{name}-before"), after=after,
        beside=Beside(before=other, after=other) if beside else None,
    )  # fmt: skip


def _step(*actions: Action) -> Step:
    return Step(number=1, scene="", title="", prose="", actions=actions, end=actions[-1].after)


def test_each_actor_s_actions_are_compared_with_their_own() -> None:
    old = _step(_action("ann", "1"), _action("ben", "2"), _action("ann", "3"))
    new = _step(_action("ben", "x"), _action("ann", "y"), _action("ann", "z"))
    pairs = [(one.after.shot, other.after.shot) for one, other in pair_actions(old, new)]
    assert pairs == [("1-after", "y-after"), ("3-after", "z-after"), ("2-after", "x-after")]


def test_screen_beside_is_compared_with_the_same_actor_s() -> None:
    old, new = _step(_action("ann", "1", "ben")), _step(_action("ann", "2", "ben"))
    other = _step(_action("ann", "3", "eve"))
    assert ("1-ben", "2-ben") in [(a.shot, b.shot) for a, b in pair_moments(old, new)]
    assert all(b.actor == "ann" for _, b in pair_moments(old, other))


def test_end_is_compared_where_it_is_the_same_actor_s() -> None:
    old, new = _step(_action("ann", "1")), _step(_action("ben", "2"))
    assert list(pair_moments(old, new)) == []

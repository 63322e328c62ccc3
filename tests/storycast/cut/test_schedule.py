"""The schedule: actions reach their words, hurry where they must, and never overtake."""

from __future__ import annotations

import pytest

from storycast.cut.anchor import Anchor
from storycast.cut.pace import Span
from storycast.cut.schedule import Beat, CrowdedError, Line, schedule

BEFORE, AFTER = Span(500, 200), Span(1000, 100)
BEGIN = Span(300, 0)


def _beat(anchor: Anchor | None = None) -> Beat:
    return Beat(BEFORE, AFTER, anchor)


def test_anchored_action_happens_at_its_word() -> None:
    plan = schedule([_beat(Anchor(0, 1500))], [Line(3000, 200)], lead_ms=400, begin=BEGIN)
    assert plan.lines == (400,)
    assert (plan.slots[0].at_ms, plan.slots[0].hurry) == (1900, 0.0)
    assert plan.end_ms == 2900


def test_first_word_waits_for_its_action() -> None:
    plan = schedule([_beat(Anchor(0, 0))], [Line(3000, 200)], lead_ms=400, begin=BEGIN)
    assert plan.lines == (800,)
    assert (plan.slots[0].at_ms, plan.slots[0].hurry) == (800, 0.0)


def test_actions_of_one_sentence_hurry_as_much_as_they_must() -> None:
    beats = [_beat(Anchor(0, 1000)), _beat(Anchor(0, 1900))]
    plan = schedule(beats, [Line(3000, 200)], lead_ms=400, begin=BEGIN)
    assert [slot.at_ms for slot in plan.slots] == [1400, 2300]
    assert plan.slots[1].hurry == pytest.approx(0.5)
    assert plan.slots[0].after_hurry == plan.slots[1].hurry


def test_actions_that_no_hurry_helps_are_crowded() -> None:
    beats = [_beat(Anchor(1, 1000)), _beat(Anchor(1, 1200))]
    with pytest.raises(CrowdedError) as caught:
        schedule(beats, [Line(900, 100), Line(3000, 200)], lead_ms=400, begin=BEGIN)
    assert (caught.value.line, caught.value.first, caught.value.second) == (1, 0, 1)


def test_following_sentence_waits() -> None:
    beats = [_beat(Anchor(0, 900)), _beat(Anchor(1, 0))]
    plan = schedule(beats, [Line(1000, 100), Line(1000, 100)], lead_ms=400, begin=BEGIN)
    assert plan.slots[1].at_ms == plan.lines[1]
    assert plan.lines[1] > 400 + 1000 + 100
    assert plan.slots[1].hurry == pytest.approx(0.5)


def test_actions_without_an_anchor_spread_over_the_prose() -> None:
    lines = [Line(12000, 0), Line(5000, 0, prose=False)]
    plan = schedule([_beat(), _beat()], lines, lead_ms=0, begin=BEGIN)
    assert [slot.at_ms for slot in plan.slots] == [4000, 8000]


def test_actions_without_an_anchor_leave_time_for_the_next_that_has_one() -> None:
    beats = [_beat(Anchor(0, 1000)), _beat(), _beat(Anchor(0, 5000))]
    plan = schedule(beats, [Line(6000, 0)], lead_ms=0, begin=BEGIN)
    assert [slot.at_ms for slot in plan.slots] == [1000, 3000, 5000]


@pytest.mark.parametrize("gap", range(400, 4000, 170))
def test_order_is_kept_and_every_anchor_met(gap: int) -> None:
    beats = [_beat(), _beat(Anchor(0, 500)), _beat(), _beat(Anchor(1, gap)), _beat()]
    plan = schedule(beats, [Line(1000, 100), Line(4000, 100)], lead_ms=400, begin=BEGIN)
    times = [slot.at_ms for slot in plan.slots]
    assert times == sorted(times)
    assert times[1] == plan.lines[0] + 500
    assert times[3] == plan.lines[1] + gap
    for slot, following in zip(plan.slots, plan.slots[1:], strict=False):
        assert following.at_ms - slot.at_ms >= AFTER.least + BEFORE.least - 20


def test_step_without_speech_plays_its_actions_one_after_the_other() -> None:
    plan = schedule([_beat(), _beat()], [], lead_ms=400, begin=BEGIN)
    assert [slot.at_ms for slot in plan.slots] == [800, 2300]

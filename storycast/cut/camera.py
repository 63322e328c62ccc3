"""The camera: goes nearer to what a step is about where that would be small in the film.

It goes only where it stays: not for what fills the picture already, not back and forth between
neighbours, and never to where a result would happen outside of what it frames.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING

from recorder.front_matter import Zoom
from recorder.take import ActionKind, Box
from storycast.geometry import holds_box, join_boxes, pad_box
from storycast.timeline import CameraMove

if TYPE_CHECKING:
    from recorder.take import Action, Moment, Step
    from storycast.cut.schedule import Schedule
    from storycast.cut.screen import Screen

__all__ = ["Changes", "Framing", "frame_step", "plan_framing"]

Changes = Callable[["Moment", "Moment"], Box | None]
"""Where two moments' pictures differ; None where they do not."""

_NEAREST = {Zoom.OFF: 1.0, Zoom.CALM: 4 / 3, Zoom.CLOSE: 2.0}
"""At 4/3, a page of 1280 pixels at scale 2 is shown pixel by pixel in a film of 1920."""

_BY_HAND = 2.5
_LEAST = 1.25
"""A zoom that would be less shows nothing that was not seen before."""

_FILL = 0.82
"""What a step is about fills at most this share of the frame's width or height."""

_MARGIN = 12.0
"""CSS pixels around a target: its ring."""

_WORTH_LETTERS = 40
"""Prose that is shorter is over before the eye has followed."""


@dataclass(frozen=True)
class Framing:
    """What the camera frames in a step (None: the whole viewport).

    ``release`` is the action whose result is seen on the whole page again.
    """

    goal: Box | None = None
    release: int | None = None


@dataclass(frozen=True)
class _Focus:
    """What a step is about; ``passing`` where more is done after the page has changed widely."""

    box: Box | None
    release: int | None = None
    passing: bool = False


def plan_framing(
    steps: Sequence[Step], viewport: tuple[int, int], zoom: Zoom, changes: Changes
) -> tuple[Framing, ...]:
    """What the camera frames in each step; all of the screen where several people act."""
    if zoom is Zoom.OFF:
        return (Framing(),) * len(steps)
    focuses = [_focus(step, viewport, changes) for step in steps]
    planned: list[Framing] = []
    now: Box | None = None
    acting = ""
    for index, (step, focus) in enumerate(zip(steps, focuses, strict=True)):
        actors = [action.actor for action in step.actions]
        if any(actor != acting for actor in actors):
            now, acting = None, actors[-1]
        if len(set(actors)) > 1:
            planned.append(Framing())
            continue
        went_back = bool(planned) and planned[-1].release is not None
        nearest = 1.0 if went_back and planned[-1].goal is not None else _NEAREST[zoom]
        following = _of_same(acting, steps[index + 1 :], focuses[index + 1 :])
        now = _next_frame(now, step, focus, following, viewport, nearest)
        planned.append(Framing(now, focus.release))
        if focus.release is not None:
            now = None
    return tuple(planned)


def _of_same(actor: str, steps: Sequence[Step], focuses: Sequence[_Focus]) -> list[_Focus]:
    """What the steps are about in which nobody else acts, up to the first in which one does."""
    same = takewhile(
        lambda pair: all(action.actor == actor for action in pair[0].actions),
        zip(steps, focuses, strict=True),
    )
    return [focus for _, focus in same]


def frame_step(
    screen: Screen,
    step: Step,
    plan: Schedule,
    duration_ms: int,
    results: Sequence[int],
    framing: Framing,
) -> tuple[CameraMove, ...]:
    """The camera's moves in a step; the screen is left framed as the last one leaves it."""
    pace = screen.pace
    moves: list[CameraMove] = []

    def go(goal: Box | None, arrive_ms: int) -> None:
        origin = screen.framed or screen.whole
        aim = goal or screen.whole
        begin_ms = max(moves[-1].end_ms if moves else 0, arrive_ms - pace.zoom)
        if aim != origin:
            end_ms = max(arrive_ms, begin_ms + pace.hurried_zoom)
            end_ms = min(end_ms, max(duration_ms, begin_ms + 1))
            moves.append(CameraMove(start_ms=begin_ms, end_ms=end_ms, origin=origin, goal=aim))
        screen.framed = goal

    by_hand = [action.kind is ActionKind.ZOOM for action in step.actions]
    if not any(by_hand):
        pointed = [
            slot.at_ms
            for slot, action in zip(plan.slots, step.actions, strict=True)
            if action.target is not None and not action.implied
        ]
        arrive_ms = (pointed[0] - pace.zoom_settle) if pointed else pace.zoom
        go(framing.goal, arrive_ms)
    for place, action in enumerate(step.actions):
        if by_hand[place]:
            box = action.target.box if action.target is not None else None
            goal = (
                _frame(pad_box(box, _MARGIN), screen.viewport, _BY_HAND)
                if box is not None
                else None
            )
            go(goal, plan.slots[place].at_ms + pace.zoom)
        elif place == framing.release and screen.framed is not None:
            go(None, results[place] + pace.zoom)
    return tuple(moves)


def _next_frame(
    now: Box | None,
    step: Step,
    focus: _Focus,
    following: Sequence[_Focus],
    viewport: tuple[int, int],
    nearest: float,
) -> Box | None:
    if focus.box is None or focus.passing:
        upcoming = next((other.box for other in following if other.box is not None), None)
        stays = now is not None and upcoming is not None and holds_box(now, upcoming)
        return now if stays else None
    if now is not None and holds_box(now, focus.box):
        return now
    shared = focus.box
    if following and following[0].box is not None and focus.release is None:
        both = join_boxes(focus.box, following[0].box)
        if _frame(both, viewport, nearest) is not None:
            shared = both
    lasting = shared != focus.box or len(step.prose) >= _WORTH_LETTERS
    return _frame(shared, viewport, nearest) if lasting else None


def _focus(step: Step, viewport: tuple[int, int], changes: Changes) -> _Focus:
    """What a step is about: what it is done to and what that changes."""
    box: Box | None = None
    for place, action in enumerate(step.actions):
        if action.implied:
            continue
        if action.target is not None and action.target.box.width * action.target.box.height > 0:
            box = join_boxes(box, pad_box(action.target.box, _MARGIN))
        asks = action.after.dialog is not None or action.kind is ActionKind.UPLOAD
        if asks or action.scroll is not None or action.choice:
            box = join_boxes(box, Box(x=0, y=0, width=viewport[0], height=viewport[1]))
        changed = _changed(action, changes)
        if changed is None:
            continue
        if _frame(join_boxes(box, changed), viewport, 2.0) is None:
            later = any(other.target and not other.implied for other in step.actions[place + 1 :])
            return _Focus(box, place, later)
        box = join_boxes(box, changed)
    return _Focus(box)


def _changed(action: Action, changes: Changes) -> Box | None:
    if action.before is None:
        return Box(x=0, y=0, width=1e6, height=1e6)
    if action.before.shot == action.after.shot:
        return None
    return changes(action.before, action.after)


def _frame(box: Box | None, viewport: tuple[int, int], nearest: float) -> Box | None:
    """The part of the viewport to frame so that ``box`` is well seen; None for all of it."""
    if box is None:
        return None
    width, height = viewport
    zoom = min(nearest, width * _FILL / max(box.width, 1), height * _FILL / max(box.height, 1))
    if zoom < _LEAST:
        return None
    wide, high = width / zoom, height / zoom
    left = min(max(box.centre.x - wide / 2, 0), width - wide)
    top = min(max(box.centre.y - high / 2, 0), height - high)
    return Box(x=round(left * 2) / 2, y=round(top * 2) / 2, width=wide, height=high)

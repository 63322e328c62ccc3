"""Needs: how long an action takes on the screen, before and after the moment it happens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recorder.take import ActionKind, Point
from storycast.cut.pace import Pace, Span
from storycast.cut.screen import Screen, glide_ms

if TYPE_CHECKING:
    from recorder.take import Action, Scroll

__all__ = [
    "has_place",
    "is_in_field",
    "is_tab",
    "needed_after",
    "needed_before",
    "place_of",
    "roll_length",
    "typing_length",
]

_POINTED = frozenset(
    {
        ActionKind.CLICK,
        ActionKind.DOUBLE_CLICK,
        ActionKind.CONTEXT_CLICK,
        ActionKind.HOVER,
        ActionKind.DRAG,
        ActionKind.TYPE,
        ActionKind.CLEAR,
        ActionKind.CHOOSE,
        ActionKind.UPLOAD,
    }
)
_ANSWERS = frozenset({ActionKind.ACCEPT, ActionKind.DISMISS})
_FIELDS = frozenset({ActionKind.TYPE, ActionKind.CLEAR})


def place_of(action: Action) -> Point | None:
    """Where the pointer goes for ``action``; None where it has no place, or one without a size."""
    if action.point is not None:
        return action.point
    if action.target is None or not (action.target.box.width and action.target.box.height):
        return None
    return action.target.box.centre


def has_place(action: Action) -> bool:
    """Whether the pointer goes somewhere for ``action``."""
    return action.kind in _POINTED and place_of(action) is not None


def is_in_field(screen: Screen, action: Action) -> bool:
    """Whether pointer or focus is in the field that is typed into, so that the pointer stays."""
    if action.kind not in _FIELDS or action.target is None:
        return False
    return (
        action.focused
        or screen.tabbed
        or (screen.pointer is not None and action.target.box.holds(screen.pointer))
    )


def is_tab(action: Action) -> bool:
    """Whether ``action`` brings the focus from one field to another."""
    return action.keys[-1:] == ("Tab",)


def needed_before(action: Action, screen: Screen) -> Span:
    """From a free screen to the moment at which ``action`` happens."""
    pace = screen.pace
    shown = action.before is None or screen.shows(action.before)
    picture = Span() if shown else Span(pace.page_fade, pace.fade)
    if action.actor != screen.moment.actor:
        picture += pace.call
    if action.kind in _ANSWERS and screen.prompt is not None:
        return picture + Span(pace.longest_glide, pace.hurried_glide) + pace.asked
    goal = place_of(action)
    if not has_place(action) or goal is None:
        return picture
    if is_in_field(screen, action):
        return picture
    origin = screen.pointer or screen.middle
    if goal == origin:
        return picture + pace.rest
    natural = glide_ms(origin, goal, screen)
    return picture + Span(natural, pace.hurried_glide) + pace.rest


def needed_after(action: Action, said_ms: int, pace: Pace) -> Span:
    """From the moment at which ``action`` happens until the screen is free.

    ``said_ms`` is how long what the action itself says is heard.
    """
    held = max(round(action.seconds * 1000), said_ms)
    if held:
        return pace.reaction + Span(held, held)
    shown = Span(max(pace.result, pace.between.natural), pace.between.least)
    moving = Span()
    if action.keystrokes:
        moving = pace.reach + typing_length(len(action.keystrokes), pace)
    elif action.choice is not None:
        moving = pace.choosing
    elif action.kind is ActionKind.UPLOAD and action.text:
        moving = pace.choosing_files
    if action.to is not None:
        moving += pace.drag
    if action.scroll is not None:
        moving += roll_length(action.scroll, pace)
        shown = pace.between if action.implied else shown
    if action.frames:
        last = action.frames[-1].at_ms
        moving += Span(last, last)
    if action.beside is not None and action.beside.before.shot != action.beside.after.shot:
        shown += pace.noticed
    return pace.reaction + moving + shown


def typing_length(keystrokes: int, pace: Pace) -> Span:
    """How long typing takes: long text is typed faster."""
    return Span(
        min(keystrokes * pace.key.natural, pace.typing.natural),
        min(keystrokes * pace.key.least, pace.typing.least),
    )


def roll_length(scroll: Scroll, pace: Pace) -> Span:
    """How long a scroll takes: longer for a longer way, but not in proportion."""
    down = abs(scroll.goal.y - scroll.origin.y) / max(scroll.box.height, 1)
    across = abs(scroll.goal.x - scroll.origin.x) / max(scroll.box.width, 1)
    way = max(down, across)
    natural = min(pace.longest_roll, round(pace.roll.natural * max(0.7, way**0.5)))
    return Span(natural, pace.roll.least)

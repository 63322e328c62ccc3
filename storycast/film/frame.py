"""What a clip shows at a moment: pure functions of its data, in milliseconds from its start."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import NamedTuple

from recorder.front_matter import HighlightStyle
from recorder.take import Box, Point
from storycast.film.seat import Seated, seat_at
from storycast.timeline import (
    BurntCaption,
    CameraMove,
    Card,
    Clip,
    CursorShape,
    Mark,
    Menu,
    Picture,
    PressKind,
    Prompt,
    Roll,
)

__all__ = [
    "MARK_FADE_MS",
    "PRESS_MS",
    "PROMPT_FADE_MS",
    "Layer",
    "Pointed",
    "Rolled",
    "View",
    "camera_at",
    "frames_to_encode",
    "pointer_at",
    "view_at",
]

MARK_FADE_MS = 150
"""How long a mark takes to come and to go."""

PRESS_MS = 400
"""How long the ripple of a press is seen."""

PROMPT_FADE_MS = 150
"""How long a dialog takes to come and to go."""

_MENU_FADE_MS = 120
_MENU_SCROLL_MS = 260
_CAPS_MOVE = (0.3, 0.85)
_CAPS_REST = 0.5
"""Between these parts of their time key caps do not move."""


class Layer(NamedTuple):
    """A shot, how much it covers what lies below, and where (None: everywhere)."""

    shot: str
    cover: float = 1.0
    box: Box | None = None


class Pointed(NamedTuple):
    """What is pointed out, how strongly, and how."""

    box: Box
    strength: float
    style: HighlightStyle = HighlightStyle.RING
    number: str = ""


class Rolled(NamedTuple):
    """Content on its way, after ``part`` of it (0 to 1)."""

    roll: Roll
    part: float


@dataclass(frozen=True)
class View:
    """All that is seen at one moment; equal views are equal pictures.

    ``layers`` are the lowest (which covers all) first; ``presses`` are places, kinds and how far
    the ripple has run, 0 to 1; ``drags`` are boxes that are dragged and how far they are;
    ``camera`` is the part of the viewport that is seen (None: all of it), ``moving`` tells that it
    is on its way. ``menus`` and ``prompts`` come with a time at which they look like this, ``caps``
    with the part of their time that has passed, ``cards`` with their strength. ``pointer`` is None
    where it is not in the picture. ``seat`` tells whose screen it is (None: nobody's).
    """

    layers: tuple[Layer, ...]
    marks: tuple[Pointed, ...] = ()
    presses: tuple[tuple[Point, PressKind, float], ...] = ()
    drags: tuple[tuple[Box, Point], ...] = ()
    pointer: Point | None = None
    shape: CursorShape = CursorShape.ARROW
    roll: Rolled | None = None
    camera: Box | None = None
    moving: bool = False
    menus: tuple[tuple[Menu, float], ...] = ()
    prompts: tuple[tuple[Prompt, float], ...] = ()
    caps: tuple[tuple[tuple[str, ...], float], ...] = ()
    cards: tuple[tuple[Card, float], ...] = ()
    caption: BurntCaption | None = None
    seat: Seated | None = None

    @property
    def page(self) -> View:
        """The page alone, all of it."""
        return View(self.layers)


def view_at(clip: Clip, at_ms: float) -> View:
    """Return what ``clip`` shows at ``at_ms``."""
    cards = tuple((card, part) for card in clip.cards if (part := _card_part(card, at_ms)) > 0)
    caption = next((each for each in clip.captions if each.start_ms <= at_ms < each.end_ms), None)
    covering = [place for place, (_, part) in enumerate(cards) if part >= 1]
    if covering:  # nothing below can be seen
        return View(_layers_at(clip, 0)[:1], cards=cards[covering[-1] :], caption=caption)
    pointer, shape = pointer_at(clip, at_ms)
    camera, moving = camera_at(clip, at_ms)
    pointed = (
        Pointed(mark.box, _strength(mark, at_ms), mark.style, mark.number) for mark in clip.marks
    )
    ripples = ((press, (at_ms - press.at_ms) / PRESS_MS) for press in clip.presses)
    return View(
        layers=_layers_at(clip, at_ms),
        marks=tuple(mark for mark in pointed if mark.strength > 0),
        presses=tuple((press.point, press.kind, part) for press, part in ripples if 0 <= part < 1),
        drags=tuple(
            (drag.box, Point(x=pointer.x - drag.origin.x, y=pointer.y - drag.origin.y))
            for drag in clip.drags
            if pointer is not None and drag.start_ms <= at_ms < drag.end_ms
        ),
        pointer=pointer,
        shape=shape,
        roll=_roll_at(clip, at_ms),
        camera=camera,
        moving=moving,
        menus=tuple(
            (menu, at) for menu in clip.menus if (at := _menu_time(menu, at_ms)) is not None
        ),
        prompts=tuple(
            (prompt, at)
            for prompt in clip.prompts
            if (at := _prompt_time(prompt, at_ms)) is not None
        ),
        caps=tuple(
            (caps.keys, _caps_part((at_ms - caps.start_ms) / (caps.end_ms - caps.start_ms)))
            for caps in clip.caps
            if caps.start_ms <= at_ms < caps.end_ms
        ),
        cards=cards,
        caption=caption,
        seat=seat_at(clip, at_ms),
    )


def frames_to_encode(clip: Clip, fps: int, *, rest: int, constant: bool = False) -> tuple[int, ...]:
    """Return the frames that show ``clip`` and ``rest`` more, counted from 0, in order.

    They are the first, each that differs from the one before, and of a picture that holds still
    one a second; after its end the clip holds still. At a ``constant`` rate they are all.
    """
    moving = -(-clip.duration_ms * fps // 1000)
    if constant:
        return tuple(range(moving + rest))
    chosen = [0]
    shown = view_at(clip, 0)
    for index in range(1, moving + 1):
        view = view_at(clip, index * 1000 / fps)
        if view != shown or index - chosen[-1] >= fps:
            chosen.append(index)
        shown = view
    return (*chosen, *range(chosen[-1] + fps, moving + rest, fps))


def _layers_at(clip: Clip, at_ms: float) -> tuple[Layer, ...]:
    begun = bisect_right(clip.pictures, at_ms, key=lambda picture: picture.at_ms)
    layers: list[Layer] = []
    for picture in reversed(clip.pictures[: max(begun, 1)]):
        layers.append(Layer(picture.shot, _cover(picture, at_ms), picture.box))
        if layers[-1].cover >= 1 and picture.box is None:
            break
    layers[-1] = layers[-1]._replace(cover=1.0)
    return tuple(reversed(layers))


def _cover(picture: Picture, at_ms: float) -> float:
    """How much of what lies below a picture hides: all of it, unless it still fades in."""
    passed = at_ms - picture.at_ms
    return 1.0 if passed >= picture.fade_ms else passed / picture.fade_ms


def _strength(mark: Mark, at_ms: float) -> float:
    """How much of a mark is seen; one that is short never comes to full strength."""
    inside = min(at_ms - mark.start_ms, mark.end_ms - at_ms)
    return _eased(inside / MARK_FADE_MS)


def _card_part(card: Card, at_ms: float) -> float:
    if not card.start_ms <= at_ms < card.end_ms:
        return 0.0
    comes = (at_ms - card.start_ms) / card.fade_in_ms if card.fade_in_ms else 1.0
    goes = (card.end_ms - at_ms) / card.fade_out_ms if card.fade_out_ms else 1.0
    return _eased(min(comes, goes))


def _menu_time(menu: Menu, at_ms: float) -> float | None:
    """A time at which ``menu`` looks as it does now; None where it is not seen."""
    if not menu.start_ms <= at_ms < menu.end_ms:
        return None
    if at_ms < menu.start_ms + _MENU_FADE_MS or at_ms > menu.end_ms - _MENU_FADE_MS:
        return at_ms
    if any(when - _MENU_SCROLL_MS <= at_ms < when for when, _ in menu.places):
        return at_ms
    lit = [when for when, _ in menu.places if when <= at_ms]
    return float(max([menu.start_ms + _MENU_FADE_MS, *lit]))


def _prompt_time(prompt: Prompt, at_ms: float) -> float | None:
    if not prompt.start_ms <= at_ms < prompt.end_ms:
        return None
    if at_ms < prompt.start_ms + PROMPT_FADE_MS or at_ms > prompt.end_ms - PROMPT_FADE_MS:
        return at_ms
    events = [when for when, _ in prompt.answers if when <= at_ms]
    if prompt.pressed_ms is not None and prompt.pressed_ms <= at_ms:
        events.append(prompt.pressed_ms)
    return float(max([prompt.start_ms + PROMPT_FADE_MS, *events]))


def _caps_part(part: float) -> float:
    return _CAPS_REST if _CAPS_MOVE[0] <= part <= _CAPS_MOVE[1] else part


def _roll_at(clip: Clip, at_ms: float) -> Rolled | None:
    for roll in clip.rolls:
        if roll.start_ms < at_ms < roll.end_ms:
            part = (at_ms - roll.start_ms) / (roll.end_ms - roll.start_ms)
            return Rolled(roll, _eased(part))
    return None


def camera_at(clip: Clip, at_ms: float) -> tuple[Box | None, bool]:
    """What the camera frames (None: the whole viewport), and whether it is on its way."""
    begun = bisect_right(clip.moves, at_ms, key=lambda move: move.start_ms)
    if begun == 0:
        return clip.framed, False
    move = clip.moves[begun - 1]
    if at_ms >= move.end_ms:
        return move.goal, False
    return _between(move, _eased((at_ms - move.start_ms) / (move.end_ms - move.start_ms))), True


def _between(move: CameraMove, part: float) -> Box:
    def mixed(one: float, other: float) -> float:
        return one + (other - one) * part

    origin, goal = move.origin, move.goal
    return Box(
        x=mixed(origin.x, goal.x),
        y=mixed(origin.y, goal.y),
        width=mixed(origin.width, goal.width),
        height=mixed(origin.height, goal.height),
    )


def pointer_at(clip: Clip, at_ms: float) -> tuple[Point | None, CursorShape]:
    """Where the pointer is (None: it is not in the picture), and how it looks."""
    begun = bisect_right(clip.glides, at_ms, key=lambda glide: glide.start_ms)
    if begun == 0:
        return None if clip.hidden else clip.pointer, clip.shape
    glide = clip.glides[begun - 1]
    if at_ms >= glide.end_ms:
        return None if glide.hidden else glide.goal, glide.shape
    shape = clip.glides[begun - 2].shape if begun > 1 else clip.shape
    part = (at_ms - glide.start_ms) / (glide.end_ms - glide.start_ms)
    return glide.point(_eased(part)), shape


def _eased(part: float) -> float:
    """Slow at both ends, from 0 to 1: Perlin's smoother step, which starts without a jerk."""
    part = min(max(part, 0.0), 1.0)
    return part * part * part * (part * (part * 6 - 15) + 10)

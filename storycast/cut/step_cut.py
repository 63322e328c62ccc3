"""Cuts one step: lays out its actions by the words that are spoken."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from recorder.take import ActionKind, Box, Point
from storycast.cut.anchor import action_times, find_anchors
from storycast.script import passage_key
from storycast.timeline import (
    GRID_MS,
    Clip,
    CursorShape,
    Glide,
    Mark,
    Picture,
    Press,
    PressKind,
    Speech,
)

if TYPE_CHECKING:
    from narration.track import Cue
    from recorder.take import Action, Moment, Step
    from storycast.cut.pace import Pace

__all__ = ["Screen", "StepCut"]

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
_UNPRESSED = frozenset({ActionKind.HOVER, ActionKind.UPLOAD})
_STAYING = frozenset({ActionKind.TYPE, ActionKind.CLEAR, ActionKind.CHOOSE, ActionKind.HIGHLIGHT})
_PRESSES = {
    ActionKind.DOUBLE_CLICK: PressKind.DOUBLE,
    ActionKind.CONTEXT_CLICK: PressKind.CONTEXT,
}
_SHAPES = {"pointer": CursorShape.HAND, "text": CursorShape.TEXT}
_LARGEST_MARK = 0.5
"""A target that fills more of the viewport than this is not ringed: it is the whole picture."""


class Screen:
    """What stands on the screen while steps are cut one after the other."""

    def __init__(self, viewport: tuple[int, int], pace: Pace, first: Moment) -> None:
        width, height = viewport
        self.pace = pace
        self.middle = Point(x=width / 2, y=height * 0.6)
        self.diagonal = math.hypot(width, height)
        self.area = width * height
        self.moment = first
        self.pointer: Point | None = None
        self.shape = CursorShape.ARROW


@dataclass
class StepCut:
    """Lays out one step; times are milliseconds from the clip's start."""

    screen: Screen
    step: Step
    cues: list[tuple[int, Cue]]
    pictures: list[Picture] = field(default_factory=list)
    glides: list[Glide] = field(default_factory=list)
    presses: list[Press] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    free_ms: int = 0  # when the screen is free for the next thing

    def clip(self, start_ms: int) -> Clip:
        """The step's clip; the screen is left as it stands at its end."""
        screen, pace = self.screen, self.screen.pace
        self.pictures.append(Picture(at_ms=0, shot=screen.moment.shot))
        if screen.pointer is None and any(_has_place(action) for action in self.step.actions):
            screen.pointer = screen.middle
        pointer, shape = screen.pointer, screen.shape
        self.free_ms = pace.between
        speech = self._speech(self._lead())
        for place, at_ms in enumerate(self._times(speech)):
            self._play(place, at_ms)
        end = self.step.end
        if end is not None and end.shot != screen.moment.shot:
            self._show(end, self.free_ms)
            self.free_ms += pace.result
        spoken_ms = self._end_of(speech) + pace.tail if speech else pace.silent_step
        needed_ms = max(spoken_ms, self.free_ms)
        return Clip(
            step=self.step.number,
            start_ms=start_ms,
            duration_ms=math.ceil(needed_ms / GRID_MS) * GRID_MS,
            pictures=tuple(self.pictures),
            pointer=pointer,
            shape=shape,
            glides=tuple(self.glides),
            presses=tuple(self.presses),
            marks=tuple(self.marks),
            speech=tuple(speech),
        )

    def _lead(self) -> int:
        """How long before the first word: an action at the first word needs time to get there."""
        pace = self.screen.pace
        if not self.step.actions:
            return pace.lead
        speech = self._speech(pace.lead)
        first = self.step.actions[0]
        late = self._needed_before(first) - self._times(speech)[0]
        return pace.lead + max(0, late)

    def _speech(self, lead_ms: int) -> list[Speech]:
        speech = []
        at_ms = lead_ms
        for place, cue in self.cues:
            speech.append(Speech(at_ms=at_ms, cue=place, audio=cue.audio))
            at_ms += cue.duration_ms + cue.pause_ms
        return speech

    def _end_of(self, speech: list[Speech]) -> int:
        return speech[-1].at_ms + self.cues[-1][1].duration_ms

    def _times(self, speech: list[Speech]) -> list[int]:
        """When each action happens, by the words spoken."""
        pairs = [(cue, said.at_ms) for (_, cue), said in zip(self.cues, speech, strict=True)]
        prose = [(cue, at) for cue, at in pairs if cue.passage == passage_key(self.step.number)]
        anchors = find_anchors(self.step.actions, prose)
        for place in range(len(self.step.actions)):
            key = passage_key(self.step.number, place)
            said = [at for cue, at in pairs if cue.passage == key]
            if said:
                anchors[place] = said[0]
        start_ms = speech[0].at_ms if speech else self.screen.pace.lead
        end_ms = max((at + cue.duration_ms for cue, at in prose), default=start_ms)
        return action_times(len(self.step.actions), anchors, start_ms, end_ms)

    def _needed_before(self, action: Action) -> int:
        """How long it takes from a free screen to the moment at which ``action`` happens."""
        pace = self.screen.pace
        shown = action.before is None or action.before.shot == self.screen.moment.shot
        picture_ms = 0 if shown else pace.page_fade
        glide_ms = self._glide_length(action) + pace.rest if _has_place(action) else 0
        return pace.between + picture_ms + glide_ms

    def _glide_length(self, action: Action) -> int:
        screen, goal = self.screen, _place_of(action)
        if screen.pointer is None or goal is None or goal == screen.pointer:
            return 0
        return _glide_ms(screen.pointer, goal, screen)

    def _play(self, place: int, wanted_ms: int) -> None:
        """Show one action as near to ``wanted_ms`` as what came before allows."""
        pace, action = self.screen.pace, self.step.actions[place]
        at_ms = max(wanted_ms, self.free_ms + self._needed_before(action) - pace.between)
        if action.before is not None and action.before.shot != self.screen.moment.shot:
            self._show(action.before, self.free_ms)
        shown_ms = self.pictures[-1].at_ms
        if _has_place(action):
            self._point(action, at_ms)
        last_glide_ms = self.glides[-1].end_ms if self.glides else 0
        result_ms = max(at_ms, last_glide_ms) + pace.reaction
        if action.after.shot != self.screen.moment.shot:
            self._show(action.after, result_ms)
            if action.kind not in _STAYING:
                self._change_shape(CursorShape.ARROW, result_ms + pace.fade)
        else:
            self.screen.moment = action.after
        length = round(action.seconds * 1000) or self._said_ms(place) or pace.result
        self._ring(action, at_ms, shown_ms, length)
        self.free_ms = result_ms + max(length, pace.between)

    def _show(self, moment: Moment, at_ms: int) -> None:
        old = self.screen.moment
        other_page = old.address != moment.address
        fade = self.screen.pace.page_fade if other_page else self.screen.pace.fade
        if at_ms <= 0:
            self.pictures.clear()
            at_ms, fade = 0, 0
        self.pictures.append(Picture(at_ms=at_ms, shot=moment.shot, fade_ms=fade))
        self.screen.moment = moment

    def _point(self, action: Action, at_ms: int) -> None:
        """Bring the pointer to the action's place, press there, and drag it on."""
        screen, pace, goal = self.screen, self.screen.pace, _place_of(action)
        if goal is None or screen.pointer is None:
            return
        cursor = action.target.cursor if action.target else "auto"
        shape = _SHAPES.get(cursor, CursorShape.ARROW)
        if action.kind is ActionKind.TYPE and _within(screen.pointer, action):
            return
        if goal != screen.pointer:
            length = _glide_ms(screen.pointer, goal, screen)
            self._glide(screen.pointer, goal, at_ms - pace.rest, length, shape)
        if action.kind not in _UNPRESSED:
            kind = _PRESSES.get(action.kind, PressKind.SINGLE)
            self.presses.append(Press(at_ms=at_ms, point=goal, kind=kind))
        if action.to is not None:
            length = _glide_ms(goal, action.to, screen)
            self._glide(goal, action.to, at_ms + pace.reaction + length, length, shape)

    def _glide(
        self, origin: Point, goal: Point, end_ms: int, length: int, shape: CursorShape
    ) -> None:
        start_ms = max(end_ms - length, 0)
        self.glides.append(
            Glide(start_ms=start_ms, end_ms=end_ms, origin=origin, goal=goal, shape=shape)
        )
        self.screen.pointer, self.screen.shape = goal, shape

    def _change_shape(self, shape: CursorShape, at_ms: int) -> None:
        """What the pointer stands on has changed: it is no link or field any more."""
        pointer = self.screen.pointer
        if pointer is not None and shape is not self.screen.shape:
            self._glide(pointer, pointer, at_ms, 0, shape)

    def _said_ms(self, place: int) -> int:
        """How long what an action says takes; 0 where it says nothing."""
        key = passage_key(self.step.number, place)
        return sum(cue.duration_ms for _, cue in self.cues if cue.passage == key)

    def _ring(self, action: Action, at_ms: int, shown_ms: int, length_ms: int) -> None:
        """Mark the target while the picture in which it has that place is seen."""
        pace, target = self.screen.pace, action.target
        if target is None or not _worth_a_ring(target.box, self.screen.area):
            return
        stays = action.kind in _STAYING or action.before == action.after
        end_ms = at_ms + (pace.ring_after if stays else pace.reaction)
        if action.kind is ActionKind.HIGHLIGHT:
            end_ms = at_ms + length_ms
        start_ms = max(at_ms - pace.ring_before, shown_ms)
        if end_ms > start_ms:
            self.marks.append(Mark(start_ms=start_ms, end_ms=end_ms, box=target.box))


def _place_of(action: Action) -> Point | None:
    if action.point is not None:
        return action.point
    return action.target.box.centre if action.target is not None else None


def _has_place(action: Action) -> bool:
    return action.kind in _POINTED and _place_of(action) is not None


def _within(point: Point, action: Action) -> bool:
    if action.target is None:
        return False
    box = action.target.box
    return box.x <= point.x <= box.x + box.width and box.y <= point.y <= box.y + box.height


def _worth_a_ring(box: Box, viewport_area: float) -> bool:
    area = box.width * box.height
    return 0 < area <= viewport_area * _LARGEST_MARK


def _glide_ms(origin: Point, goal: Point, screen: Screen) -> int:
    """A hand takes longer for a longer way, but not in proportion (Fitts's law, roughly)."""
    distance = math.hypot(goal.x - origin.x, goal.y - origin.y) / screen.diagonal
    pace = screen.pace
    return round(
        pace.shortest_glide + (pace.longest_glide - pace.shortest_glide) * math.sqrt(distance)
    )

"""Cuts one step: lays out its actions by the words that are spoken."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from recorder.take import ActionKind
from storycast.cut.anchor import Anchor, find_anchors
from storycast.cut.camera import Framing, frame_step
from storycast.cut.card import OpeningCards
from storycast.cut.need import has_place, needed_after, needed_before
from storycast.cut.pace import Span
from storycast.cut.play import Play
from storycast.cut.schedule import Beat, CrowdedError, Line, Schedule, schedule
from storycast.cut.seating import place_tags
from storycast.errors import CutError
from storycast.script import passage_key
from storycast.timeline import GRID_MS, Clip, Speech

if TYPE_CHECKING:
    from collections.abc import Sequence

    from narration.track import Cue
    from recorder.take import Action, Step
    from storycast.cut.screen import Screen

__all__ = ["StepCut"]


@dataclass(frozen=True)
class StepCut:
    """One step with its cues (each with its place in the track) and the cards it opens with."""

    screen: Screen
    step: Step
    cues: Sequence[tuple[int, Cue]]
    opening: OpeningCards
    framing: Framing

    def clip(self, start_ms: int) -> Clip:
        """The step's clip; the screen is left as it stands at its end.

        Raises `CutError` where two actions are to happen within one word.
        """
        screen, pace = self.screen, self.screen.pace
        if screen.pointer is None and any(has_place(action) for action in self.step.actions):
            screen.pointer = screen.middle
        pointer, shape, framed = screen.pointer, screen.shape, screen.framed
        hidden = screen.hidden
        plan = self._schedule()
        play = Play(screen, self.step.actions, self._said, self.opening.length)
        for place, slot in enumerate(plan.slots):
            play.act(place, slot)
        free_ms = play.end(self.step.end, plan.end_ms)
        speech = tuple(
            Speech(at_ms=at_ms, cue=place, audio=cue.audio)
            for at_ms, (place, cue) in zip(plan.lines, self.cues, strict=True)
        )
        spoken_ms = self.opening.length + pace.silent_step
        if speech:
            last = self.cues[-1][1]
            spoken_ms = speech[-1].at_ms + last.duration_ms + max(pace.tail, last.pause_ms)
        needed_ms = max(spoken_ms, free_ms, self.opening.length + pace.between.natural)
        duration_ms = math.ceil(needed_ms / GRID_MS) * GRID_MS
        moves = frame_step(screen, self.step, plan, duration_ms, play.results, self.framing)
        if play.has_turned:
            framed = None
        clip = Clip(
            step=self.step.number,
            start_ms=start_ms,
            duration_ms=duration_ms,
            pointer=pointer,
            shape=shape,
            hidden=hidden,
            framed=framed,
            moves=moves,
            cards=self.opening.cards,
            speech=speech,
            **play.parts(duration_ms),
        )
        return place_tags(clip, screen.viewport)

    def _schedule(self) -> Schedule:
        step, pace = self.step, self.screen.pace
        prose = [
            (index, cue)
            for index, (_, cue) in enumerate(self.cues)
            if cue.passage == passage_key(step.number)
        ]
        anchors = find_anchors(step.actions, prose)
        for place in range(len(step.actions)):
            key = passage_key(step.number, place)
            said = [index for index, (_, cue) in enumerate(self.cues) if cue.passage == key]
            if said:
                anchors[place] = Anchor(said[0], 0)
        own = {index for index, _ in prose}
        lines = [
            Line(cue.duration_ms, cue.pause_ms, index in own)
            for index, (_, cue) in enumerate(self.cues)
        ]
        begin = pace.between
        if self.opening.length:
            begin = Span(self.opening.length, self.opening.length)
        try:
            return schedule(self._beats(anchors), lines, lead_ms=self._lead(), begin=begin)
        except CrowdedError as crowded:
            raise self._explain(crowded) from crowded

    def _lead(self) -> int:
        """Words may begin while a card is still seen; without an action they may all along."""
        if self.step.actions:
            return max(self.screen.pace.lead, self.opening.length - self.opening.fade_ms)
        return self.opening.speech_ms or self.screen.pace.lead

    def _beats(self, anchors: dict[int, Anchor]) -> list[Beat]:
        """Each action's needs; what stands on the screen is followed from one to the next."""
        shadow = Play(replace(self.screen), self.step.actions, self._said)
        beats = []
        for place, action in enumerate(self.step.actions):
            before = needed_before(action, shadow.screen)
            after = needed_after(action, self._said(place), self.screen.pace)
            beats.append(Beat(before, after, anchors.get(place)))
            shadow.skip(action)
        return beats

    def _said(self, place: int) -> int:
        """How long what an action says takes; 0 where it says nothing."""
        key = passage_key(self.step.number, place)
        return sum(cue.duration_ms for _, cue in self.cues if cue.passage == key)

    def _explain(self, crowded: CrowdedError) -> CutError:
        sentence = self.cues[crowded.line][1].written
        first, second = (
            _told(self.step.actions[place]) for place in (crowded.first, crowded.second)
        )
        return CutError(
            f'Step {self.step.number}: in the sentence "{sentence}" the words for {first} and '
            f"{second} follow each other too closely to show one after the other.",
            "Put them apart, or into two sentences; or say by <!-- action --> where one happens.",
        )


def _told(action: Action) -> str:
    """An action in a few words."""
    kind = action.kind.value.replace("_", " ")
    if action.kind is ActionKind.KEY:
        return f"the keys {'+'.join(action.keys)}"
    name = action.target.name or action.target.text if action.target else ""
    return f'the {kind} on "{name[:40]}"' if name else f"the {kind}"

"""The cut: makes a timeline of a take and a track. Pure: nothing is read or written."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from recorder.front_matter import FilmSettings
from storycast.cut.camera import Changes, plan_framing
from storycast.cut.card import OpeningCards, end_card, opening_cards
from storycast.cut.pace import Pace
from storycast.cut.screen import Screen
from storycast.cut.step_cut import StepCut
from storycast.errors import CutError
from storycast.script import step_of
from storycast.timeline import GRID_MS, Chapter, Clip, Person, Timeline
from storycast.wording import ENGLISH, Wording

if TYPE_CHECKING:
    from collections.abc import Mapping

    from narration.track import Track
    from recorder.take import Box, Moment, Take

__all__ = ["cut"]

_ANNOUNCED_MS = 8000
"""A scene that is spoken in less time needs no card."""


def _nowhere(_before: Moment, _after: Moment) -> Box | None:
    return None


def cut(
    take: Take,
    track: Track,
    settings: FilmSettings | None = None,
    *,
    changes: Changes = _nowhere,
    pace: Pace | None = None,
    wording: Wording = ENGLISH,
    people: Mapping[str, Person] | None = None,
) -> Timeline:
    """Lay out a film: each step lasts as long as its sentences and actions need.

    ``changes`` tells where the pictures of two moments differ, so that the camera frames what an
    action does; ``wording`` is what dialogs and keys say that are drawn, ``people`` are the take's
    by their keys. Raises `CutError` where
    the take shows nothing, or where two actions are to happen within one word.
    """
    moments = take.moments
    if not moments:
        raise CutError("The take has no picture: nothing can be shown.", "Record it again.")
    settings = settings or FilmSettings()
    pace = pace or Pace()
    screen = Screen(take.viewport, pace, moments[0], settings, wording, people=people or {})
    announced = _announced(take, track) if settings.cards else frozenset()
    framings = plan_framing(take.steps, take.viewport, settings.zoom, changes)
    clips: list[Clip] = []
    start_ms = 0
    shown_scene = ""
    for step, framing in zip(take.steps, framings, strict=True):
        cues = [
            (place, cue)
            for place, cue in enumerate(track.cues)
            if step_of(cue.passage) == step.number
        ]
        if not (cues or step.actions):
            continue
        opening = OpeningCards()
        if settings.cards and (not clips or step.scene != shown_scene):
            scene = step.scene if step.scene in announced else ""
            opening = opening_cards("" if clips else take.title, scene, pace)
        shown_scene = step.scene
        if opening.length:
            screen.framed = None  # the camera moves behind the card
        clip = StepCut(screen, step, cues, opening, framing).clip(start_ms)
        clips.append(clip)
        start_ms += clip.duration_ms
    if settings.end_card and clips:
        clips[-1] = _ended(clips[-1], settings.end_card, pace)
    return Timeline(
        title=take.title,
        language=track.language,
        viewport=take.viewport,
        clips=tuple(clips),
        chapters=tuple(_chapters(take, clips)),
    )


def _announced(take: Take, track: Track) -> frozenset[str]:
    """The scenes that are long enough for a card of their own, where there are several."""
    scenes = {step.number: step.scene for step in take.steps}
    lengths: dict[str, int] = {}
    for cue in track.cues:
        scene = scenes[step_of(cue.passage)]
        lengths[scene] = lengths.get(scene, 0) + cue.duration_ms + cue.pause_ms
    told = {scene for scene, length in lengths.items() if length >= _ANNOUNCED_MS}
    return frozenset(told) if len(told) > 1 else frozenset()


def _ended(clip: Clip, text: str, pace: Pace) -> Clip:
    last = clip.pictures[-1]
    seen_ms = last.at_ms + last.fade_ms + pace.silent_step + pace.card_fade if last.at_ms else 0
    card = end_card(text, max(clip.duration_ms, seen_ms), pace)
    duration_ms = -(-card.end_ms // GRID_MS) * GRID_MS
    card = card.model_copy(update={"end_ms": duration_ms})
    return clip.model_copy(update={"cards": (*clip.cards, card), "duration_ms": duration_ms})


def _chapters(take: Take, clips: list[Clip]) -> list[Chapter]:
    scenes = {step.number: step.scene for step in take.steps}
    chapters = []
    for scene, group in groupby(clips, key=lambda clip: scenes[clip.step]):
        own = list(group)
        end_ms = own[-1].start_ms + own[-1].duration_ms
        chapters.append(Chapter(title=scene or take.title, start_ms=own[0].start_ms, end_ms=end_ms))
    return chapters

"""The cut: makes a timeline of a take and a track. Pure: nothing is read or written."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from storycast.cut.pace import Pace
from storycast.cut.step_cut import Screen, StepCut
from storycast.errors import CutError
from storycast.script import step_of
from storycast.timeline import Chapter, Clip, Timeline

if TYPE_CHECKING:
    from narration.track import Track
    from recorder.take import Take

__all__ = ["cut"]


def cut(take: Take, track: Track, pace: Pace | None = None) -> Timeline:
    """Lay out a film: each step lasts as long as its sentences and actions need.

    Raises `CutError` where the take shows nothing.
    """
    moments = take.moments
    if not moments:
        raise CutError("The take has no picture: nothing can be shown.", "Record it again.")
    screen = Screen(take.viewport, pace or Pace(), moments[0])
    clips: list[Clip] = []
    start_ms = 0
    for step in take.steps:
        cues = [
            (place, cue)
            for place, cue in enumerate(track.cues)
            if step_of(cue.passage) == step.number
        ]
        if not (cues or step.actions):
            continue
        clip = StepCut(screen, step, cues).clip(start_ms)
        clips.append(clip)
        start_ms += clip.duration_ms
    return Timeline(
        title=take.title,
        language=track.language,
        viewport=take.viewport,
        clips=tuple(clips),
        chapters=tuple(_chapters(take, clips)),
    )


def _chapters(take: Take, clips: list[Clip]) -> list[Chapter]:
    scenes = {step.number: step.scene for step in take.steps}
    chapters = []
    for scene, group in groupby(clips, key=lambda clip: scenes[clip.step]):
        own = list(group)
        end_ms = own[-1].start_ms + own[-1].duration_ms
        chapters.append(Chapter(title=scene, start_ms=own[0].start_ms, end_ms=end_ms))
    return chapters

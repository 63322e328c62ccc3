"""The outline: what a guide says and shows, made of a take and its timeline and track."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, count, groupby

from narration.track import Track
from recorder.front_matter import HighlightStyle
from recorder.take import Box, Step, Take
from storycast.guide.alt_text import describe_view, name_target
from storycast.guide.crop import Crop, whole_screen
from storycast.guide.entry import list_entries
from storycast.guide.foreground import name_fields
from storycast.guide.model import (
    Chapter,
    Figure,
    Guide,
    GuideStep,
    Line,
    Mark,
    Scene,
    Speech,
)
from storycast.guide.node_tree import ReadPage, no_page
from storycast.guide.signer import Signer, find_doers
from storycast.guide.summary import summarise_step
from storycast.guide.view import Compare, Spot, View, choose_views
from storycast.key_name import pressed_names
from storycast.timeline import Person, Timeline
from storycast.wording import Wording

__all__ = ["outline_guide", "told_steps"]

_Told = Sequence[tuple[Step, GuideStep]]


def outline_guide(
    take: Take,
    timeline: Timeline,
    track: Track,
    *,
    compare: Compare,
    wording: Wording,
    highlight: HighlightStyle = HighlightStyle.RING,
    read: ReadPage = no_page,
    crop: Crop = whole_screen,
    people: Mapping[str, Person] | None = None,
) -> Guide:
    """Everything that a guide of ``take`` says and shows, in order.

    ``read`` reads the pages that its pictures show, so that the alt texts can tell more of them;
    ``crop`` finds what a picture shows of the screen; ``people`` are the take's by their keys.
    Steps with actions are numbered through the whole guide; others are text between them.
    """
    known = people or {}
    told = tuple(_tell_steps(take, timeline, compare, wording, highlight, read, crop, known))
    opening = _opening_length(told, take.title)
    return Guide(
        title=take.title,
        language=take.language,
        spoken_language=track.language,
        viewport=take.viewport,
        introduction=tuple(step for _, step in told[:opening]),
        scenes=tuple(_scenes(told[opening:], take.title, wording)),
        chapters=tuple(_chapters(told, timeline)),
        transcript=tuple(_speeches(take, timeline, track)),
        people=tuple(known.values()),
    )


def _tell_steps(
    take: Take,
    timeline: Timeline,
    compare: Compare,
    wording: Wording,
    highlight: HighlightStyle,
    read: ReadPage,
    crop: Crop,
    people: Mapping[str, Person],
) -> Iterator[tuple[Step, GuideStep]]:
    starts = {clip.step: clip.start_ms for clip in timeline.clips}
    steps = tuple(name_fields(step, read) for step in told_steps(take))
    views = choose_views(steps, take.viewport, compare, highlight)
    numbers, places, signer = count(1), count(1), Signer(people, take.viewport, wording)
    for step, chosen in zip(steps, views, strict=True):
        doing = find_doers(step, people)
        guide_step = GuideStep(
            number=next(numbers) if _is_done(step) else None,
            title=step.title,
            summary=summarise_step(step),
            prose=step.prose,
            entries=list_entries(step, wording),
            figures=tuple(
                signer.sign(
                    _figure(
                        view, crop(view), f"picture-{next(places)}", first, take, wording, read
                    ),
                    view,
                    is_named=len(doing) > 1,
                )
                for view, first in zip(chosen, _first_numbers(chosen), strict=True)
            ),
            start_ms=starts.get(step.number),
            pressed=pressed_names(step, wording),
            people=doing,
        )
        yield step, guide_step


def told_steps(take: Take) -> tuple[Step, ...]:
    """The steps of ``take`` that a guide tells, in order: those that do or say anything."""
    return tuple(step for step in take.steps if _is_done(step) or step.prose.strip())


def _is_done(step: Step) -> bool:
    """Whether the step does anything; what the browser did by itself is nothing."""
    return any(not action.implied for action in step.actions)


def _first_numbers(views: Sequence[View]) -> list[int]:
    """With which number each view begins: 1, or in a step that counts where the last one ended."""
    if not any(spot.style is HighlightStyle.NUMBER for view in views for spot in view.spots):
        return [1] * len(views)
    counts = [sum(_is_numbered(spot, view) for spot in view.spots) for view in views[:-1]]
    return list(accumulate(counts, initial=1))


def _figure(
    view: View,
    area: Box | None,
    anchor: str,
    first: int,
    take: Take,
    wording: Wording,
    read: ReadPage,
) -> Figure:
    marks = tuple(
        Mark(
            spot.target.box,
            name_target(spot.target, wording),
            number if _is_numbered(spot, view) else None,
            spot.style,
        )
        for number, spot in enumerate(view.spots, start=first)
    )
    dialog = view.moment.dialog
    told = (
        wording.gettext("Afterwards") if view.result else "",
        " · ".join(f"{mark.number} {wording.isolate(mark.label)}" for mark in marks if mark.number),
        wording.gettext("The browser asks: “{text}”").format(text=" ".join(dialog.text.split()))
        if dialog
        else "",
    )
    return Figure(
        anchor=anchor,
        moment=view.moment,
        marks=marks,
        alt=describe_view(view, take.viewport, wording, first=first, read=read, area=area),
        caption=" · ".join(part for part in told if part),
        area=area,
        is_result=view.result,
    )


def _is_numbered(spot: Spot, view: View) -> bool:
    if spot.style is HighlightStyle.NONE:
        return False
    return len(view.spots) > 1 or spot.style is HighlightStyle.NUMBER


def _opening_length(told: _Told, title: str) -> int:
    """How many steps come before the first heading and the first thing to do."""
    for place, (step, guide_step) in enumerate(told):
        if guide_step.number is not None or step.scene not in ("", title):
            return place
    return len(told)


def _scenes(told: _Told, title: str, wording: Wording) -> Iterator[Scene]:
    """Steps that have no heading of their own stand under the words' "Steps"."""
    groups = groupby(told, key=lambda pair: pair[0].scene)
    for number, (scene, pairs) in enumerate(groups, start=1):
        heading = wording.gettext("Steps") if scene in ("", title) else scene
        yield Scene(number, heading, tuple(step for _, step in pairs))


def _chapters(told: _Told, timeline: Timeline) -> Iterator[Chapter]:
    for chapter in timeline.chapters:
        steps = tuple(
            step
            for _, step in told
            if step.number is not None
            and step.start_ms is not None
            and chapter.start_ms <= step.start_ms < chapter.end_ms
        )
        yield Chapter(chapter.title, chapter.start_ms, steps)


def _speeches(take: Take, timeline: Timeline, track: Track) -> Iterator[Speech]:
    scenes = {step.number: step.scene for step in take.steps}
    for scene, clips in groupby(timeline.clips, key=lambda clip: scenes.get(clip.step, "")):
        lines = tuple(
            Line(clip.start_ms + speech.at_ms, track.cues[speech.cue].written)
            for clip in clips
            for speech in clip.speech
        )
        if lines:
            yield Speech(scene or take.title, lines)

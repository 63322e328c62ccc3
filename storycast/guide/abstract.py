"""The abstract: a guide's card, made of the guide."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from textwrap import shorten
from typing import TYPE_CHECKING

from storycast.guide.card import Card, Change, Passage
from storycast.guide.model import Guide, GuideStep
from storycast.guide.prose import read_passages, render_prose
from storycast.wording import Wording

if TYPE_CHECKING:
    from storycast.guide.forms import Material

__all__ = ["plain_text", "write_card"]

_LONGEST_GOAL = 160


def write_card(
    material: Material, *, forms: Mapping[str, str], poster: str = "", changes: tuple[Change, ...]
) -> Card:
    """The card of the guide; ``forms`` are the documents of its forms, by their names."""
    guide, board = material.guide, material.board
    numbers = [step.number for scene in guide.scenes for step in scene.steps if step.number]
    return Card(
        board=board.name if board else guide.about.storyboard,
        edition=board.told_in if board else "",
        title=guide.title,
        language=guide.language,
        spoken_language=guide.spoken_language,
        direction="rtl" if material.wording.direction == "rtl" else "ltr",
        theme=Path(board.front.film.theme).stem if board else "light",
        goal=plain_text(guide.goal) or _first_words(guide),
        tags=guide.about.tags,
        steps=len(numbers),
        film_ms=guide.about.film_ms,
        filmed_on=guide.about.filmed_on,
        application=guide.about.application,
        browser=guide.about.browser,
        film=material.film.name if material.film else "",
        poster=poster,
        forms=dict(sorted(forms.items())),
        passages=tuple(_passages(material)),
        transcript=tuple(
            (line.at_ms, line.text) for each in guide.transcript for line in each.lines
        ),
        changes=changes,
    )


def plain_text(markdown: str) -> str:
    """What a reader reads of ``markdown``, in one line."""
    return str(render_prose(markdown).striptags())


def _first_words(guide: Guide) -> str:
    """What a guide begins with, in a line; "" where that is no more than pictures."""
    told = (passage.text for step in guide.introduction for passage in read_passages(step.prose))
    return shorten(next(told, ""), _LONGEST_GOAL, placeholder="…")


def _passages(material: Material) -> Iterator[Passage]:
    """The page's own top has no anchor; what is only read is found by its scene."""
    guide, wording = material.guide, material.wording
    for step in guide.introduction:
        yield _passage(step, "", step.title or guide.title, wording)
    for scene in guide.scenes:
        for step in scene.steps:
            yield _passage(step, step.anchor or scene.anchor, step.summary or scene.title, wording)


def _passage(step: GuideStep, anchor: str, title: str, wording: Wording) -> Passage:
    labelled = wording.gettext("{label}:")
    entered = (
        f"{labelled.format(label=entry.label)} {entry.text or ' + '.join(entry.keys)}"
        for entry in step.entries
    )
    parts = (plain_text(step.prose), *entered)
    return Passage(
        anchor=anchor,
        title=title or wording.gettext("Step {number}").format(number=step.number),
        text=" ".join(part for part in parts if part),
        at_ms=step.start_ms,
    )

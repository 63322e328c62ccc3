"""A guide with everything that a page can show, for tests of what readers get."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from storycast.guide.comparison import shot_comparison
from storycast.guide.crop import area_finder
from storycast.guide.model import About, Figure, Guide, GuideStep
from storycast.guide.node_tree import snapshot_reader
from storycast.guide.outline import outline_guide
from storycast.guide.page import Film, render_page
from storycast.guide.press import Press
from storycast.look import DEFAULT_LOOK
from storycast.wording import ENGLISH, Wording
from tests.storycast.sample import Sample

__all__ = ["PROSE", "rich_guide", "write_page"]

PROSE = """### First of all

Type into **Task name**[^1], then $a^2 + b^2$.

> [!NOTE]
> Names are *short*.

:::{warning} Mind the gap
- [x] read
- [ ] written
:::

| a rather long heading | b | another | and one more | and the last one |
|---|--:|---|---|---|
| an_identifier_that_never_ends_and_has_no_place_to_break | 1 | 2 | 3 | 4 |

$$
\\sum_{i=1}^{n} i = \\frac{n (n + 1)}{2}
$$

<script>alert(1)</script> <b onclick="alert(1)">bold</b> [run](javascript:alert(1))

[^1]: It is *asked for* later.
"""


def rich_guide(sample: Sample, wording: Wording = ENGLISH) -> Guide:
    """The sample's guide with a goal, boxes, tables, formulas, and a step with five pictures."""
    guide = outline_guide(
        sample.take,
        sample.timeline,
        sample.track,
        compare=shot_comparison(
            sample.take_folder, sample.take.scale, sample.take_folder.with_name("rich")
        ),
        wording=wording,
        crop=area_finder(
            snapshot_reader(sample.take_folder, sample.take.viewport), sample.take.viewport
        ),
    )
    *others, last = guide.scenes
    first, *rest = last.steps
    figures = [figure for step in last.steps for figure in step.figures]
    five = _step(first, tuple(_copy(figures[0], f"more-{place}") for place in range(5)))
    bare = replace(first, number=8, title="", prose="Look.", figures=(), entries=(), start_ms=None)
    return replace(
        guide,
        scenes=(*others, replace(last, steps=(five, *rest, bare))),
        goal="Keep a *list* of what you want to do.",
        needs=("A **browser**", "An account at [the list](https://example.org)"),
        outcome="There is a task in your list.",
        about=About(
            storyboard="sample.ipynb",
            filmed_on=date(2026, 3, 1),
            application="Tasks 2.1",
            browser="Chromium 142",
            film_ms=12_000,
        ),
    )


def _step(step: GuideStep, figures: tuple[Figure, ...]) -> GuideStep:
    return replace(step, number=7, prose=PROSE, figures=figures)


def _copy(figure: Figure, anchor: str) -> Figure:
    return replace(figure, anchor=anchor)


def write_page(
    sample: Sample, guide: Guide, path: Path, *, wording: Wording = ENGLISH, film: bool = True
) -> Path:
    """Write the page of ``guide`` to ``path``."""
    take = sample.take
    cache = path.with_suffix(".cache")
    press = Press(sample.take_folder, guide.viewport, take.scale, DEFAULT_LOOK, cache)
    shown = Film("film.mp4", "film.mp4", "WEBVTT\n", "WEBVTT\n") if film else None
    pictures = press.whole_pictures(guide.figures)
    page = render_page(guide, shown, pictures=pictures, wording=wording)
    path.write_text(page, encoding="utf-8")
    return path

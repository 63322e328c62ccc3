"""The page: a report of drift to be looked at, before and after with what changed in boxes."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from PIL import Image

from recorder.take import Box
from storycast.drift.baseline import Pages
from storycast.drift.model import Change, Drift, Weight
from storycast.drift.report.text import tell_steps
from storycast.template import load_templates, read_source

__all__ = ["render_report"]

_PACKAGE = "storycast.drift.report"
_TEMPLATES = load_templates(_PACKAGE)
_TEMPLATES.filters["steps"] = tell_steps
_QUALITY = 80
_MOST_ELSEWHERE = 60


@dataclass(frozen=True)
class _Marked:
    """A box over the pictures, in percent of them; ``side`` is where it belongs."""

    number: int
    side: str
    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True)
class _Page:
    """Two pictures of a page, what has changed in them, and what has ``elsewhere`` on the page."""

    changes: tuple[Change, ...]
    elsewhere: tuple[Change, ...]
    left: int
    boxes: tuple[_Marked, ...]
    before: str
    after: str


@dataclass(frozen=True)
class _Step:
    number: int
    title: str
    pages: tuple[_Page, ...]


def render_report(drift: Drift, old: Pages, new: Pages) -> str:
    """Return the report as one HTML page, which needs nothing beside it."""
    viewport = new.take.viewport
    seen = [change for change in drift.changes if change.weight is not Weight.BELOW_NOTICE]
    titles = {step.number: step.title or step.scene for step in new.take.steps}
    steps = tuple(
        _Step(number, titles.get(number, ""), tuple(_pages(list(own), old, new)))
        for number, own in groupby(seen, key=lambda change: change.step)
    )
    browsers = [f"{take.browser.name} {take.browser.version}" for take in (old.take, new.take)]
    count = len(seen)
    shown = sum(change.weight is not Weight.ELSEWHERE for change in seen)
    outside = f", and {count - shown} outside the pictures" if shown != count else ""
    facts = (
        f"{shown} change{'s' if shown != 1 else ''} in {drift.steps} steps{outside}; "
        f"approved as {browsers[0]} showed it, filmed by {browsers[1]}."
    )
    return _TEMPLATES.get_template("report.html").render(
        title=new.take.title,
        facts=facts,
        drift=drift,
        breaking=[change for change in seen if change.weight is Weight.BREAKS],
        steps=steps,
        width=viewport[0],
        height=viewport[1],
        style=read_source(_PACKAGE, "report.css"),
        script=read_source(_PACKAGE, "report.js"),
    )


def _pages(changes: Sequence[Change], old: Pages, new: Pages) -> Iterator[_Page]:
    ordered = sorted(changes, key=lambda each: each.shots)
    for shots, group in groupby(ordered, key=lambda change: change.shots):
        every = tuple(group)
        own = tuple(each for each in every if each.weight is not Weight.ELSEWHERE)
        elsewhere = tuple(each for each in every if each.weight is Weight.ELSEWHERE)
        left = max(len(elsewhere) - _MOST_ELSEWHERE, 0)
        elsewhere = elsewhere[:_MOST_ELSEWHERE]
        if not all(shots) or not own:  # nothing was filmed of it, or nothing is in the picture
            yield _Page(own, elsewhere, left, (), "", "")
            continue
        yield _Page(
            changes=own,
            elsewhere=elsewhere,
            left=left,
            boxes=tuple(_boxes(own, new.take.viewport)),
            before=_address(old.picture(shots[0]), new.take.viewport),
            after=_address(new.picture(shots[1]), new.take.viewport),
        )


def _boxes(changes: Sequence[Change], viewport: tuple[int, int]) -> Iterator[_Marked]:
    width, height = viewport
    for change in changes:
        sides = (("before", change.place.before), ("after", change.place.after))
        same = change.place.before == change.place.after
        for side, box in sides[same:]:
            shown = None if box is None else _within(box, width, height)
            if shown is not None:
                yield _Marked(
                    number=change.number,
                    side=side,
                    left=round(100 * shown.x / width, 2),
                    top=round(100 * shown.y / height, 2),
                    width=round(100 * shown.width / width, 2),
                    height=round(100 * shown.height / height, 2),
                )


def _within(box: Box, width: int, height: int) -> Box | None:
    left, top = max(box.x - 3, 0), max(box.y - 3, 0)
    right, bottom = min(box.x + box.width + 3, width), min(box.y + box.height + 3, height)
    if right <= left or bottom <= top:
        return None
    return Box(x=left, y=top, width=right - left, height=bottom - top)


def _address(content: bytes, viewport: tuple[int, int]) -> str:
    """The picture as a data address, as large as the page is."""
    with Image.open(io.BytesIO(content)) as shot:
        small = shot.convert("RGB").resize(viewport, Image.Resampling.LANCZOS)
    out = io.BytesIO()
    small.save(out, "WEBP", quality=_QUALITY, method=4)
    return "data:image/webp;base64," + base64.b64encode(out.getvalue()).decode()

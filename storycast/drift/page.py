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
from storycast.template import load_templates, read_source

__all__ = ["render_report"]

_PACKAGE = "storycast.drift"
_TEMPLATES = load_templates(_PACKAGE)
_QUALITY = 80


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
    """Two pictures of a page, and what has changed in it."""

    changes: tuple[Change, ...]
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
    facts = (
        f"{count} change{'s' if count != 1 else ''} in {drift.steps} steps; "
        f"approved as {browsers[0]} showed it, filmed by {browsers[1]}."
    )
    return _TEMPLATES.get_template("report.html").render(
        title=new.take.title,
        facts=facts,
        drift=drift,
        steps=steps,
        width=viewport[0],
        height=viewport[1],
        style=read_source(_PACKAGE, "report.css"),
        script=read_source(_PACKAGE, "report.js"),
    )


def _pages(changes: Sequence[Change], old: Pages, new: Pages) -> Iterator[_Page]:
    ordered = sorted(changes, key=lambda each: each.shots)
    for shots, group in groupby(ordered, key=lambda change: change.shots):
        own = tuple(group)
        if not all(shots):  # nothing was filmed of it
            yield _Page(own, (), "", "")
            continue
        yield _Page(
            changes=own,
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

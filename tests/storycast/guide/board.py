"""Takes written out by hand, with a comparison that needs no pictures."""

from __future__ import annotations

from dataclasses import dataclass, field

from narration.track import Track
from recorder.front_matter import HighlightStyle
from recorder.snapshot import Node
from recorder.take import (
    Action,
    ActionKind,
    Box,
    Browser,
    Dialog,
    Moment,
    Point,
    Step,
    Take,
    Target,
)
from storycast.guide.view import Spot, View
from storycast.timeline import Chapter, Clip, Picture, Timeline

__all__ = [
    "VIEWPORT",
    "Changes",
    "action",
    "moment",
    "node",
    "show",
    "step",
    "take",
    "target",
    "timeline",
    "track",
]

VIEWPORT = (1280, 720)


@dataclass
class Changes:
    """How much each pair of shots differs: on the page, and in a box; both ways alike."""

    page: dict[str, float] = field(default_factory=dict)
    box: dict[str, float] = field(default_factory=dict)

    def __call__(self, one: Moment, other: Moment, box: Box | None = None) -> float:
        """Compare as the views want it."""
        known = self.page if box is None else self.box
        return known.get("".join(sorted(one.shot + other.shot)), 0.0)


def moment(
    shot: str, title: str = "Tasks", *, scroll: float = 0, dialog: str = "", address: str = "/"
) -> Moment:
    """A moment whose shot is named by one letter."""
    return Moment(
        shot=shot,
        snapshot="",
        address=address,
        title=title,
        scroll=Point(x=0, y=scroll),
        dialog=Dialog(text=dialog) if dialog else None,
    )


def target(
    name: str,
    role: str = "button",
    *,
    x: float = 100,
    y: float = 100,
    text: str = "",
    kind: str = "",
    box: tuple[float, float, float, float] | None = None,
) -> Target:
    """A target of 100 by 40 CSS pixels, or in ``box`` (left, top, width, height)."""
    left, top, width, height = box or (x, y, 100, 40)
    return Target(
        box=Box(x=left, y=top, width=width, height=height),
        role=role,
        name=name,
        text=text,
        tag="div",
        attributes={"type": kind} if kind else {},
    )


def node(
    role: str,
    name: str,
    depth: int,
    box: tuple[float, float, float, float],
    styles: tuple[str, ...] = (),
) -> Node:
    """A node of a page; ``box`` is left, top, width and height."""
    left, top, width, height = box
    return Node(
        role=role,
        name=name,
        tag="div",
        depth=depth,
        box=Box(x=left, y=top, width=width, height=height),
        styles=styles,
    )


def action(
    kind: ActionKind,
    before: Moment | None,
    after: Moment,
    on: Target | None = None,
    *,
    text: str = "",
    keys: tuple[str, ...] = (),
    implied: bool = False,
) -> Action:
    """An action of the storyboard's first cell."""
    return Action(
        kind=kind, cell=0, target=on, text=text, keys=keys, implied=implied, before=before,
        after=after,
    )  # fmt: skip


def step(
    number: int, *actions: Action, scene: str = "Scene", title: str = "", prose: str = "Do it."
) -> Step:
    """A step that ends as its last action does."""
    return Step(
        number=number,
        scene=scene,
        title=title,
        prose=prose,
        cells=(0,) if actions else (),
        actions=actions,
        end=actions[-1].after if actions else None,
    )


def take(*steps: Step, title: str = "Add a task", language: str = "en") -> Take:
    """A take of these steps."""
    return Take(
        storyboard="board",
        title=title,
        language=language,
        viewport=VIEWPORT,
        scale=1,
        browser=Browser(name="chromium", version="1"),
        steps=steps,
    )


def timeline(*steps: Step, chapters: tuple[Chapter, ...] = ()) -> Timeline:
    """A film in which each step lasts ten seconds."""
    clips = (
        Clip(
            step=each.number,
            start_ms=place * 10_000,
            duration_ms=10_000,
            pictures=(Picture(at_ms=0, shot="a"),),
        )
        for place, each in enumerate(steps)
    )
    return Timeline(
        title="Add a task", language="en", viewport=VIEWPORT, clips=tuple(clips), chapters=chapters
    )


def track() -> Track:
    """A track that says nothing."""
    return Track(language="en", voice="none", sample_rate=22050, cues=())


def show(seen: Moment, *targets: Target, style: HighlightStyle = HighlightStyle.RING) -> View:
    """The view of a moment with ``targets`` pointed out."""
    return View(seen, tuple(Spot(target, style) for target in targets))

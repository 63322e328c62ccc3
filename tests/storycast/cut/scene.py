"""Small takes and tracks, of which films are cut in tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from narration.track import Cue, Name, SpokenWord, Track
from recorder.front_matter import FilmSettings
from recorder.take import Action, ActionKind, Box, Browser, Locator, Moment, Step, Take, Target
from storycast.cut import cut

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storycast.timeline import Timeline

__all__ = ["OPEN", "WORD_MS", "A", "B", "C", "action", "cue", "film", "moment", "step", "target"]

WORD_MS = 300


def moment(shot: str, address: str = "/", **facts: object) -> Moment:
    """What a page shows."""
    return Moment.model_validate(
        {"shot": shot, "snapshot": "", "address": address, "title": "", **facts}
    )


def target(name: str, x: float = 100, *, cursor: str = "pointer") -> Target:
    """A button, 80 by 20."""
    box = Box(x=x, y=50, width=80, height=20)
    locator = Locator(by="id", value=name)
    return Target(
        box=box, role="button", name=name, text=name, tag="a", cursor=cursor, locator=locator
    )


def action(
    kind: ActionKind,
    before: Moment | None,
    after: Moment,
    target: Target | None = None,
    **facts: object,
) -> Action:
    """Something that was done."""
    return Action.model_validate(
        {"kind": kind, "cell": 1, "target": target, "before": before, "after": after, **facts}
    )


def step(number: int, *actions: Action, scene: str = "One", end: Moment | None = None) -> Step:
    """A step with these actions."""
    return Step(
        number=number, scene=scene, title="", prose="…", cells=(number,), actions=actions, end=end
    )


def cue(passage: str, text: str, bold: str = "") -> Cue:
    """A sentence whose words last `WORD_MS` each."""
    words: list[SpokenWord] = []
    position = 0
    for word in text.split(" "):
        at_ms = WORD_MS * len(words)
        words.append(
            SpokenWord(
                start=position, end=position + len(word), start_ms=at_ms, end_ms=at_ms + WORD_MS
            )
        )
        position += len(word) + 1
    start = text.find(bold)
    names = (Name(text=bold, start=start, end=start + len(bold)),) if bold else ()
    return Cue(
        passage=passage,
        written=text,
        spoken=text,
        audio="",
        duration_ms=WORD_MS * len(words),
        pause_ms=250,
        words=tuple(words),
        names=names,
    )


def film(steps: Sequence[Step], cues: Sequence[Cue], **settings: object) -> Timeline:
    """The film of these steps; without cards, unless asked for."""
    take = Take(
        storyboard="s",
        title="A film",
        language="en",
        viewport=(1280, 720),
        scale=2,
        browser=Browser(name="c", version="1"),
        steps=tuple(steps),
    )
    track = Track(language="en", voice="v", sample_rate=22050, cues=tuple(cues))
    return cut(take, track, FilmSettings.model_validate({"cards": False, **settings}))


A, B, C = moment("a"), moment("b"), moment("c")
OPEN = action(ActionKind.OPEN, None, A)

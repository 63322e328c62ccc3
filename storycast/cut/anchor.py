"""Anchors: at which spoken word each action of a step happens."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from recorder.take import ActionKind
from storycast.key_name import names_keys

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from narration.track import Cue
    from recorder.take import Action, Target

__all__ = ["Anchor", "find_anchors", "is_called", "is_named", "plain_name"]

_SHORTEST_PART = 3
"""A name of fewer letters must be the whole of what an element is called."""

_LABELS = ("placeholder", "title", "aria-label", "value", "alt", "id", "name")
_HINT = "action"


@dataclass(frozen=True)
class Anchor:
    """A spoken word: ``offset_ms`` after the beginning of the cue at this place."""

    cue: int
    offset_ms: int


def find_anchors(actions: Sequence[Action], cues: Iterable[tuple[int, Cue]]) -> dict[int, Anchor]:
    """The anchor of each action that has one, by its place.

    ``cues`` are a step's cues with their places. Bold names are taken in their order: each belongs
    to the first action after the one before that is done to what it names. The author moves an
    anchor by a comment in the prose: ``<!-- action -->`` is where the next action happens that has
    none yet, ``<!-- action 2 -->`` where the step's second does.
    """
    spoken = list(cues)
    hints = _hints(spoken)
    own = [place for place, action in enumerate(actions) if not action.implied]
    anchors = {
        own[number - 1]: anchor for number, anchor in hints if number and 0 < number <= len(own)
    }
    names = [
        (name.text, _word(place, cue, name.start)) for place, cue in spoken for name in cue.names
    ]
    position = 0
    for place, action in enumerate(actions):
        if place in anchors or action.implied:
            continue
        for index in range(position, len(names)):
            text, anchor = names[index]
            if is_named(text, action) and _in_order(place, anchor, anchors):
                anchors[place] = anchor
                position = index + 1
                break
    for number, anchor in hints:
        free = [
            place for place in own if place not in anchors and _in_order(place, anchor, anchors)
        ]
        if number is None and free:
            anchors[free[0]] = anchor
    return dict(sorted(anchors.items()))


def _hints(cues: Iterable[tuple[int, Cue]]) -> list[tuple[int | None, Anchor]]:
    found: list[tuple[int | None, Anchor]] = []
    for place, cue in cues:
        for hint in cue.hints:
            word, _, number = hint.text.partition(" ")
            if word == _HINT and (not number or number.strip().isdecimal()):
                found.append((int(number) if number else None, _word(place, cue, hint.start)))
    return found


def _in_order(place: int, anchor: Anchor, anchors: dict[int, Anchor]) -> bool:
    """Whether an action may happen there without overtaking others."""
    at = (anchor.cue, anchor.offset_ms)
    return all(
        (other < place) == ((known.cue, known.offset_ms) <= at) for other, known in anchors.items()
    )


def _word(place: int, cue: Cue, position: int) -> Anchor:
    heard = (word.start_ms for word in cue.words if word.end > position)
    return Anchor(place, next(heard, cue.duration_ms))


def is_named(text: str, action: Action) -> bool:
    """Whether ``text`` names what ``action`` is done to, or the keys that it presses."""
    wanted = plain_name(text)
    if not wanted:
        return False
    if action.keys and names_keys(text, action.keys):
        return True
    if action.kind in (ActionKind.TYPE, ActionKind.CHOOSE) and wanted == plain_name(action.text):
        return True
    return action.target is not None and is_called(text, action.target)


def is_called(text: str, target: Target) -> bool:
    """Whether ``text`` names ``target``: by what it is called or shows, or by a part of that."""
    wanted = plain_name(text)
    if not wanted:
        return False
    labels = [target.name, target.text, *(target.attributes.get(key, "") for key in _LABELS)]
    called = [plain for label in labels if (plain := plain_name(label))]
    if wanted in called:
        return True
    return len(wanted) >= _SHORTEST_PART and any(
        f" {wanted} " in f" {label} " or f" {label} " in f" {wanted} "
        for label in called[:2]
        if len(label) >= _SHORTEST_PART
    )


def plain_name(text: str) -> str:
    """A name without case, punctuation and doubled spaces."""
    return " ".join(re.sub(r"[^\w\s+]", " ", text.casefold()).split())

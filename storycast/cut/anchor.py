"""Anchors: at which spoken word each action of a step happens."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from recorder.take import ActionKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from narration.track import Cue
    from recorder.take import Action

__all__ = ["action_times", "find_anchors"]

_SHORTEST_PART = 3
"""A name of fewer letters must be the whole of what an element is called."""

_KEY_NAMES = {"ctrl": "control", "cmd": "meta", "command": "meta", "esc": "escape", "del": "delete"}
_KEY_NAMES |= {"return": "enter", "option": "alt"}
_LABELS = ("placeholder", "title", "aria-label", "value", "alt", "id", "name")


def find_anchors(actions: Sequence[Action], cues: Iterable[tuple[Cue, int]]) -> dict[int, int]:
    """The time in milliseconds at which each anchored action's word is spoken, by its place.

    ``cues`` are a step's cues and when each is heard. Bold names are taken in their order: each
    belongs to the first action after the one before that is done to what it names.
    """
    names = [
        (name.text, _word_start(cue, name.start, at_ms))
        for cue, at_ms in cues
        for name in cue.names
    ]
    anchors: dict[int, int] = {}
    position = 0
    for place, action in enumerate(actions):
        for index in range(position, len(names)):
            text, at_ms = names[index]
            if _names(text, action):
                anchors[place] = at_ms
                position = index + 1
                break
    return anchors


def action_times(count: int, anchors: Mapping[int, int], start_ms: int, end_ms: int) -> list[int]:
    """When each of ``count`` actions happens; those without an anchor spread between the others.

    ``start_ms`` and ``end_ms`` are when speech begins and ends.
    """
    fixed = {-1: start_ms, **anchors}
    times: list[int] = []
    for place in range(count):
        if place in anchors:
            times.append(anchors[place])
            continue
        before = max(index for index in fixed if index < place)
        after = min((index for index in anchors if index > place), default=count)
        goal = max(anchors.get(after, end_ms), fixed[before])
        share = (place - before) / (after - before)
        times.append(round(fixed[before] + (goal - fixed[before]) * share))
    return times


def _word_start(cue: Cue, position: int, at_ms: int) -> int:
    heard = (word.start_ms for word in cue.words if word.end > position)
    return at_ms + next(heard, cue.duration_ms)


def _names(text: str, action: Action) -> bool:
    """Whether ``text`` names what ``action`` is done to, or the keys that it presses."""
    wanted = _plain(text)
    if not wanted:
        return False
    if action.keys and _key_chord(text) == "+".join(_plain(key) for key in action.keys):
        return True
    if action.kind in (ActionKind.TYPE, ActionKind.CHOOSE) and wanted == _plain(action.text):
        return True
    if action.target is None:
        return False
    target = action.target
    labels = [target.name, target.text, *(target.attributes.get(key, "") for key in _LABELS)]
    called = [plain for label in labels if (plain := _plain(label))]
    if wanted in called:
        return True
    return len(wanted) >= _SHORTEST_PART and any(
        f" {wanted} " in f" {label} " or f" {label} " in f" {wanted} "
        for label in called[:2]
        if len(label) >= _SHORTEST_PART
    )


def _plain(text: str) -> str:
    """A name without case, punctuation and doubled spaces."""
    return " ".join(re.sub(r"[^\w\s+]", " ", text.casefold()).split())


def _key_chord(text: str) -> str:
    keys = (part.strip() for part in re.split(r"[+\s]+", text.casefold()) if part.strip())
    return "+".join(_KEY_NAMES.get(key, key) for key in keys)

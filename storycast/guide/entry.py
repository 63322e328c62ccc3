"""The entries of a step: what the reader types, chooses and presses, as it is to be entered."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from recorder.secrecy import DOTS
from recorder.take import Action, ActionKind, Step, Target
from storycast.guide.alt_text import name_target
from storycast.guide.model import Entry
from storycast.guide.words import act_names, entry_labels
from storycast.key_cap import cap_label
from storycast.wording import Wording

__all__ = ["list_entries"]

_TYPED = (ActionKind.TYPE, ActionKind.ANSWER)
_DOT = DOTS[0]


def list_entries(step: Step, wording: Wording) -> tuple[Entry, ...]:
    """What ``step`` enters, in order, as far as its prose does not say so itself.

    What is typed is always listed, to be copied, and what was saved, to be found. Of a secret only
    the field is, where the prose does not name that. A step without prose lists everything that is
    done.
    """
    entries: list[Entry] = []
    for action in step.actions:
        saved = (Entry(wording.gettext("Saved"), file.name) for file in action.downloads)
        for entry in (*_entries(action, step.prose, wording), *saved):
            if entries and replace(entries[-1], times=1) == entry:
                entries[-1] = replace(entry, times=entries[-1].times + 1)
            else:
                entries.append(entry)
    return tuple(entries)


def _entries(action: Action, prose: str, wording: Wording) -> Iterator[Entry]:
    if action.implied or action.kind not in act_names(wording):
        return
    act = act_names(wording)[action.kind]
    if _is_secret(action):
        if action.text and not _names(prose, action.target):
            yield Entry(_label(action, act, wording), wording.gettext("your own"))
    elif action.kind is ActionKind.OPEN:
        if action.after.address.startswith("http") and action.after.address not in prose:
            yield Entry(act, action.after.address, literal=True)
    elif action.kind in entry_labels(wording) and action.text:
        if action.kind is ActionKind.TYPE or action.text not in prose:
            text = action.text
            if action.kind is ActionKind.UPLOAD:
                text = ", ".join(text.splitlines())
            yield Entry(_label(action, act, wording), text, literal=True)
    elif action.keys:
        if not all(
            _says(prose, key, cap_label(key), cap_label(key, wording)) for key in action.keys
        ):
            yield Entry(act, keys=tuple(cap_label(key, wording) for key in action.keys))
    elif action.target and not prose.strip():
        yield Entry(act, name_target(action.target, wording))


def _label(action: Action, act: str, wording: Wording) -> str:
    if action.target is None or not action.target.name.strip():
        return act
    label = entry_labels(wording)[action.kind]
    return label.format(name=wording.isolate(name_target(action.target, wording)))


def _says(prose: str, *names: str) -> bool:
    """Whether the prose has one of a key's names as a word."""
    either = "|".join(re.escape(name) for name in names)
    return re.search(rf"(?<!\w)(?:{either})(?!\w)", prose, re.IGNORECASE) is not None


def _names(prose: str, target: Target | None) -> bool:
    name = target.name.strip(" :*") if target else ""
    return bool(name) and _says(prose, name)


def _is_secret(action: Action) -> bool:
    is_password = action.target and action.target.attributes.get("type") == "password"
    return bool(is_password) or (action.kind in _TYPED and _DOT in action.text)

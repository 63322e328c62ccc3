"""Behaviour: where an action leads, what it asks and what it saves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storycast.passing import hide_passing

if TYPE_CHECKING:
    from recorder.take import Action

__all__ = ["tell_behaviour"]


def tell_behaviour(old: Action, new: Action) -> str:
    """What the same action does otherwise now, to follow its name; "" where it does the same."""
    before, after = _address(old), _address(new)
    asked, asks = old.after.dialog, new.after.dialog
    saved, saves = _saved(old), _saved(new)
    if before != after:
        return f"leads to {after or '/'} now, and not to {before or '/'}"
    if (asks is None) != (asked is None):
        return "asks in a dialog now" if asks else "does not ask in a dialog any more"
    if asks is not None and asked is not None and asks.text != asked.text:
        return f"asks “{asks.text}” now, and not “{asked.text}”"
    if saved and not saves:
        return f"does not save “{saved}” any more"
    if saves != saved:
        return f"saves “{saves}” now" + (f", and not “{saved}”" if saved else "")
    return ""


def _address(action: Action) -> str:
    return action.after.address.partition("?")[0]


def _saved(action: Action) -> str:
    """The names of the files that ``action`` saved, without what tells when; "" for none."""
    return "”, “".join(sorted(hide_passing(file.name) for file in action.downloads))

"""Behaviour: where an action leads, what it asks and what it saves."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING
from urllib.parse import unquote

from storycast.passing import hide_passing

if TYPE_CHECKING:
    from recorder.take import Action

__all__ = ["find_address", "tell_behaviour"]

_Masks = Sequence[re.Pattern[str]]


def find_address(action: Action, masks: _Masks = ()) -> str:
    """Where ``action`` leads, for people to read: without what differs from take to take."""
    return hide_passing(unquote(action.after.address.partition("?")[0]), masks)


def tell_behaviour(old: Action, new: Action, masks: _Masks = ()) -> str:
    """What the same action does otherwise now, to follow its name; "" where it does the same.

    What matches one of ``masks``, or is a time or a generated id, is the same in both.
    """
    before, after = find_address(old, masks), find_address(new, masks)
    asked, asks = _asked(old, masks), _asked(new, masks)
    saved, saves = _saved(old, masks), _saved(new, masks)
    if before != after:
        return f"leads to {after or '/'} now, and not to {before or '/'}"
    if (asks is None) != (asked is None):
        return "asks in a dialog now" if asks else "does not ask in a dialog any more"
    if asks != asked:
        return f"asks “{asks}” now, and not “{asked}”"
    if saved and not saves:
        return f"does not save “{saved}” any more"
    if saves != saved:
        return f"saves “{saves}” now" + (f", and not “{saved}”" if saved else "")
    return ""


def _asked(action: Action, masks: _Masks) -> str | None:
    """What a dialog asks; None without one."""
    dialog = action.after.dialog
    return None if dialog is None else hide_passing(dialog.text, masks)


def _saved(action: Action, masks: _Masks) -> str:
    """The names of the files that ``action`` saved, without what tells when; "" for none."""
    return "”, “".join(sorted(hide_passing(file.name, masks) for file in action.downloads))

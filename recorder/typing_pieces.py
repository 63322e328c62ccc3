"""Typing in pieces: one gesture that types a text as several that do the same."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from selenium.webdriver.remote.command import Command

from recorder.take import ActionKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recorder.gesture import Gesture

__all__ = ["MOST_PIECES", "split_text", "split_typing"]

MOST_PIECES = 24
"""Into how many pieces a text is cut at most."""

# What a reader sees as one character: a base with what is joined to it (a rough form of Unicode's
# extended grapheme clusters, UAX 29), and flags, which are two letters.
_JOINED = (
    r"[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0900-\u0903\u093a-\u094f"
    r"\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u3099\u309a"
    r"\ufe00-\ufe0f\ufe20-\ufe2f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f\U000e0100-\U000e01ef]"
)
_CHARACTER = re.compile(
    rf"(?:[\U0001f1e6-\U0001f1ff]{{2}}|\r\n|[\s\S]){_JOINED}*(?:\u200d[\s\S]{_JOINED}*)*"
)


def split_text(text: str, most: int = MOST_PIECES) -> tuple[str, ...]:
    """Cut ``text`` into its characters, or into ``most`` pieces of about the same length."""
    characters = _CHARACTER.findall(text)
    count = min(most, len(characters))
    ends = [round(len(characters) * number / count) for number in range(count + 1)] if count else []
    return tuple("".join(characters[start:end]) for start, end in pairwise(ends))


def split_typing(gesture: Gesture) -> tuple[Gesture, ...]:
    """The gestures that type the text of ``gesture`` piece by piece; itself where it has none."""
    if gesture.kind is not ActionKind.TYPE:
        return (gesture,)
    pieces = split_text(gesture.text)
    if len(pieces) < 2:
        return (gesture,)
    if gesture.command == Command.SEND_KEYS_TO_ELEMENT:
        params = [{**gesture.params, "text": piece, "value": list(piece)} for piece in pieces]
    else:
        params = _split_chain(gesture.params["actions"], pieces)
    return tuple(
        replace(gesture, params=own, text=piece) for own, piece in zip(params, pieces, strict=True)
    )


def _split_chain(sources: Sequence[dict[str, Any]], pieces: Sequence[str]) -> list[dict[str, Any]]:
    """Cut a chain at the ticks where the pieces' first characters go down."""
    length = max(len(source["actions"]) for source in sources)
    presses = [
        tick
        for tick in range(length)
        for source in sources
        if source["type"] == "key"
        and tick < len(source["actions"])
        and source["actions"][tick]["type"] == "keyDown"
    ]
    starts, place = [0], 0
    for piece in pieces[:-1]:
        place += len(piece)
        starts.append(presses[place])
    return [
        {"actions": [{**one, "actions": one["actions"][start:end]} for one in sources]}
        for start, end in pairwise([*starts, length])
    ]

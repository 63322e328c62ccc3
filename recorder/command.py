"""Commands: the gestures that a WebDriver command makes, told from those that only ask."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.command import Command

from recorder.action_chain import Pointer, read_chain
from recorder.gesture import ELEMENT_KEY, Gesture
from recorder.keys import MODIFIERS, is_special, key_name
from recorder.take import ActionKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["is_reading", "read_gestures"]

_PLAIN = {
    Command.GET: ActionKind.OPEN,
    Command.GO_BACK: ActionKind.BACK,
    Command.GO_FORWARD: ActionKind.FORWARD,
    Command.REFRESH: ActionKind.REFRESH,
    Command.CLICK_ELEMENT: ActionKind.CLICK,
    Command.CLEAR_ELEMENT: ActionKind.CLEAR,
    Command.W3C_ACCEPT_ALERT: ActionKind.ACCEPT,
    Command.W3C_DISMISS_ALERT: ActionKind.DISMISS,
    Command.W3C_SET_ALERT_VALUE: ActionKind.ANSWER,
    Command.SWITCH_TO_WINDOW: ActionKind.WINDOW,
    Command.W3C_EXECUTE_SCRIPT: ActionKind.SCRIPT,
    Command.W3C_EXECUTE_SCRIPT_ASYNC: ActionKind.SCRIPT,
}

_LINE_ENDS = "\r\n"
_WRITTEN_KEYS = frozenset(f"\t{_LINE_ENDS}")

# Selenium's own scripts begin with a comment that names them.
_SUBMIT = "/* submitForm */"
_ASKING = re.compile(r"^\s*/\* (?!submitForm)\w+ \*/")
_EFFECT = re.compile(
    r"(?<![=!<>])=(?![=>])|\+\+|--|\b(scroll\w*|click|submit|focus|blur|remove\w*|append\w*|prepend"
    r"|set\w+|dispatch\w*|insert\w*|write|open|close|replace\w*|add|toggle|reset|select|show\w*"
    r"|play|pause|execCommand|pushState|assign|reload|back|forward|go|alert|confirm|prompt)\s*\("
)


def read_gestures(
    command: str, params: Mapping[str, Any], pointer: Pointer | None = None
) -> tuple[Gesture, ...]:
    """What ``command`` does to the page, in order; nothing for a command that only asks.

    ``pointer`` is moved as the command moves it.
    """
    if command == Command.SEND_KEYS_TO_ELEMENT:
        return tuple(_read_keys(params))
    if command == Command.W3C_ACTIONS:
        return read_chain(params, pointer)
    kind = _PLAIN.get(command)
    if kind is None or (kind is ActionKind.SCRIPT and is_reading(params["script"])):
        return ()
    if kind is ActionKind.SCRIPT and params["script"].startswith(_SUBMIT):
        form = params["args"][0]
        return (Gesture(ActionKind.SUBMIT, command, params, element=_element_id(form)),)
    text = str(params.get("url") or params.get("text") or "")
    element = params.get("id") if kind in (ActionKind.CLICK, ActionKind.CLEAR) else None
    return (Gesture(kind, command, params, element=element, text=text),)


def is_reading(script: str) -> bool:
    """Whether a script only asks something of the page, as the waits and checks of tests do."""
    if _ASKING.match(script):
        return True
    return script.lstrip().startswith("return") and not _EFFECT.search(script)


def _element_id(element: object) -> str | None:
    if isinstance(element, dict):
        return element.get(ELEMENT_KEY)
    identifier: str | None = getattr(element, "id", None)
    return identifier


def _read_keys(params: Mapping[str, Any]) -> Iterator[Gesture]:
    """Typed text and pressed keys, apart, so that each can be seen."""
    for piece, is_plain in _pieces(params["text"]):
        own = {**params, "text": piece, "value": list(piece)}
        keys = tuple(key_name(key) for key in piece if key != Keys.NULL)
        if is_plain:
            kind, text, keys = ActionKind.TYPE, piece, ()
        else:
            kind, text = ActionKind.KEY, ""
        yield Gesture(
            kind, Command.SEND_KEYS_TO_ELEMENT, own, element=params["id"], text=text, keys=keys
        )


def _is_key(key: str) -> bool:
    return is_special(key) or key in _WRITTEN_KEYS


def _pieces(text: str) -> Iterator[tuple[str, bool]]:
    """Split what is sent to a field, and tell plain text from single special keys and chords.

    A modifier holds until `Keys.NULL` or the end of what is sent (W3C WebDriver, "element send
    keys"), so all of that is one chord. Tabs, and line ends at the end, press keys too.
    """
    plain = ""
    position = 0
    while position < len(text):
        key = text[position]
        if not _is_key(key) or (key in _LINE_ENDS and text[position:].strip(_LINE_ENDS)):
            plain += key
            position += 1
            continue
        if plain:
            yield plain, True
            plain = ""
        end = position + 1
        if key in MODIFIERS:
            end = text.find(Keys.NULL, position) + 1 or len(text)
        yield text[position:end], False
        position = end
    if plain:
        yield plain, True

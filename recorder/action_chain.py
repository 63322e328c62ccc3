"""Action chains: the gestures in one WebDriver "perform actions" command.

Such a command carries one list of ticks for each device (W3C WebDriver, section 17). Devices keep
their state between commands, so a chain may be performed piece by piece: each gesture then has a
picture before and after it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.command import Command

from recorder.gesture import ELEMENT_KEY, Gesture, Place
from recorder.keys import MODIFIERS, is_special, key_name, pressed_key
from recorder.take import ActionKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["Pointer", "press_keys", "read_chain"]

_RIGHT = 2
_KEYBOARD = "storycast"
_CORNER = Place(None, 0, 0)


@dataclass
class Pointer:
    """Where the pointer is, and where and with which button it was pressed.

    It stays so from one chain to the next, until the chains' devices are released.
    """

    place: Place = _CORNER
    pressed_at: Place | None = None
    button: int = 0


def read_chain(params: Mapping[str, Any], pointer: Pointer | None = None) -> tuple[Gesture, ...]:
    """The gestures of a chain, in order; performed one after the other they do what it does.

    ``pointer`` is moved as the chain moves it.
    """
    reader = _Reader(params["actions"], pointer or Pointer())
    for tick in range(reader.length):
        reader.read(tick)
    return reader.finish()


def press_keys(text: str) -> dict[str, Any]:
    """The chain that presses the keys of ``text``; its modifiers are held until its end."""
    down = {"type": "keyDown"}
    up = {"type": "keyUp"}
    presses: list[dict[str, str]] = []
    held: list[str] = []
    for key in map(pressed_key, text):
        if key in MODIFIERS:
            held.append(key)
            presses.append({**down, "value": key})
        elif key != Keys.NULL:
            presses += [{**down, "value": key}, {**up, "value": key}]
    presses += [{**up, "value": key} for key in reversed(held)]
    return {"actions": [{"type": "key", "id": _KEYBOARD, "actions": presses}]}


@dataclass
class _Draft:
    """A gesture while its ticks are read; ``end`` is the tick after its last."""

    kind: ActionKind
    end: int
    place: Place | None = None
    to: Place | None = None
    text: str = ""
    keys: tuple[str, ...] = ()


@dataclass
class _Reader:
    """Follows all devices tick by tick."""

    sources: Sequence[Mapping[str, Any]]
    pointer: Pointer
    held: list[str] = field(default_factory=list)
    drafts: list[_Draft] = field(default_factory=list)
    moved: bool = False

    @property
    def length(self) -> int:
        """How many ticks the chain has."""
        return max((len(source["actions"]) for source in self.sources), default=0)

    def read(self, tick: int) -> None:
        """Follow every device through one tick."""
        for source in self.sources:
            if tick < len(source["actions"]):
                item = source["actions"][tick]
                handler = getattr(self, f"_{item['type'].lower()}", None)
                if handler is not None:
                    handler(item, tick + 1)

    def finish(self) -> tuple[Gesture, ...]:
        """The gestures, each with the ticks that belong to it; the last takes what is left."""
        if self.moved:
            self.drafts.append(_Draft(ActionKind.HOVER, self.length, self.pointer.place))
        if not self.drafts:
            return ()
        self.drafts[-1].end = self.length
        starts = [0, *(draft.end for draft in self.drafts)]
        return tuple(
            self._gesture(draft, start) for draft, start in zip(self.drafts, starts, strict=False)
        )

    def _gesture(self, draft: _Draft, start: int) -> Gesture:
        pieces = [
            {**source, "actions": source["actions"][start : draft.end]} for source in self.sources
        ]
        return Gesture(
            draft.kind,
            Command.W3C_ACTIONS,
            {"actions": pieces},
            element=draft.place.element if draft.place else None,
            place=draft.place,
            to=draft.to,
            text=draft.text,
            keys=draft.keys,
        )

    def _pointermove(self, item: Mapping[str, Any], _end: int) -> None:
        origin = item.get("origin", "viewport")
        x, y = item.get("x", 0), item.get("y", 0)
        if origin == "pointer":
            here = self.pointer.place
            self.pointer.place = Place(here.element, here.x + x, here.y + y)
        elif origin == "viewport":
            self.pointer.place = Place(None, x, y)
        else:
            identifier = origin[ELEMENT_KEY] if isinstance(origin, dict) else origin.id
            self.pointer.place = Place(identifier, x, y)
        self.moved = True

    def _pointerdown(self, item: Mapping[str, Any], _end: int) -> None:
        self.pointer.pressed_at = self.pointer.place
        self.pointer.button = item.get("button", 0)

    def _pointerup(self, _item: Mapping[str, Any], end: int) -> None:
        here, button = self.pointer.place, self.pointer.button
        start, self.pointer.pressed_at, self.moved = self.pointer.pressed_at, None, False
        if start is None:
            return
        keys = tuple(key_name(key) for key in self.held)
        if start != here:
            self.drafts.append(_Draft(ActionKind.DRAG, end, start, here, keys=keys))
            return
        last = self.drafts[-1] if self.drafts else None
        if last and last.kind is ActionKind.CLICK and last.place == start and button == 0:
            last.kind, last.end = ActionKind.DOUBLE_CLICK, end
            return
        kind = ActionKind.CONTEXT_CLICK if button == _RIGHT else ActionKind.CLICK
        self.drafts.append(_Draft(kind, end, start, keys=keys))

    def _scroll(self, _item: Mapping[str, Any], end: int) -> None:
        self.drafts.append(_Draft(ActionKind.SCROLL, end))

    def _keydown(self, item: Mapping[str, Any], end: int) -> None:
        key = item["value"]
        if key in MODIFIERS:
            self.held.append(key)
            return
        if self.moved:  # the pointer went somewhere before the keys were pressed
            self.drafts.append(_Draft(ActionKind.HOVER, end - 1, self.pointer.place))
            self.moved = False
        last = self.drafts[-1] if self.drafts else None
        if self.held or is_special(key):
            keys = tuple(key_name(held) for held in (*self.held, key))
            self.drafts.append(_Draft(ActionKind.KEY, end, keys=keys))
        elif last and last.kind is ActionKind.TYPE:
            last.text, last.end = last.text + key, end
        else:
            self.drafts.append(_Draft(ActionKind.TYPE, end, text=key))

    def _keyup(self, item: Mapping[str, Any], end: int) -> None:
        if item["value"] in self.held:
            self.held.remove(item["value"])
        elif self.drafts and self.drafts[-1].kind in (ActionKind.TYPE, ActionKind.KEY):
            self.drafts[-1].end = end

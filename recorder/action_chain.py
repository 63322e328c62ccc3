"""Action chains: the gestures in one WebDriver "perform actions" command.

Such a command carries one list of ticks for each device (W3C WebDriver, section 17). Devices keep
their state between commands, so a chain may be performed piece by piece: each gesture then has a
picture before and after it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from selenium.webdriver.remote.command import Command

from recorder.gesture import ELEMENT_KEY, Gesture, Place
from recorder.keys import MODIFIERS, is_special, key_name
from recorder.take import ActionKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["read_chain"]

_RIGHT = 2
_CORNER = Place(None, 0, 0)


def read_chain(params: Mapping[str, Any]) -> tuple[Gesture, ...]:
    """The gestures of a chain, in order; performed one after the other they do what it does."""
    reader = _Reader(params["actions"])
    for tick in range(reader.length):
        reader.read(tick)
    return reader.finish()


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
    place: Place = _CORNER
    pressed_at: Place | None = None
    button: int = 0
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
            self.drafts.append(_Draft(ActionKind.HOVER, self.length, self.place))
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
            self.place = Place(self.place.element, self.place.x + x, self.place.y + y)
        elif origin == "viewport":
            self.place = Place(None, x, y)
        else:
            identifier = origin[ELEMENT_KEY] if isinstance(origin, dict) else origin.id
            self.place = Place(identifier, x, y)
        self.moved = True

    def _pointerdown(self, item: Mapping[str, Any], _end: int) -> None:
        self.pressed_at, self.button = self.place, item.get("button", 0)

    def _pointerup(self, _item: Mapping[str, Any], end: int) -> None:
        start, self.pressed_at, self.moved = self.pressed_at, None, False
        if start is None:
            return
        keys = tuple(key_name(key) for key in self.held)
        if start != self.place:
            self.drafts.append(_Draft(ActionKind.DRAG, end, start, self.place, keys=keys))
            return
        last = self.drafts[-1] if self.drafts else None
        if last and last.kind is ActionKind.CLICK and last.place == start and self.button == 0:
            last.kind, last.end = ActionKind.DOUBLE_CLICK, end
            return
        kind = ActionKind.CONTEXT_CLICK if self.button == _RIGHT else ActionKind.CLICK
        self.drafts.append(_Draft(kind, end, start, keys=keys))

    def _scroll(self, _item: Mapping[str, Any], end: int) -> None:
        self.drafts.append(_Draft(ActionKind.SCROLL, end))

    def _keydown(self, item: Mapping[str, Any], end: int) -> None:
        key = item["value"]
        if key in MODIFIERS:
            self.held.append(key)
            return
        if self.moved:  # the pointer went somewhere before the keys were pressed
            self.drafts.append(_Draft(ActionKind.HOVER, end - 1, self.place))
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

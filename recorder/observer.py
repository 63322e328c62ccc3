"""Observes the commands that one browser is given, and films those that do something."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Protocol

from selenium.common.exceptions import NoSuchWindowException, WebDriverException
from selenium.webdriver.remote.command import Command

from recorder.camera import run_script
from recorder.command import read_gestures
from recorder.gesture import ELEMENT_KEY
from recorder.take import Action, ActionKind, Box, Locator, Moment, Point, Target

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from recorder.camera import Camera, Executor
    from recorder.gesture import Gesture, Place

__all__ = ["Observer", "Recording"]

_FINDS = (
    Command.FIND_ELEMENT,
    Command.FIND_ELEMENTS,
    Command.FIND_CHILD_ELEMENT,
    Command.FIND_CHILD_ELEMENTS,
    Command.FIND_ELEMENT_FROM_SHADOW_ROOT,
    Command.FIND_ELEMENTS_FROM_SHADOW_ROOT,
)
_ON_ELEMENT = frozenset(
    {
        ActionKind.CLICK,
        ActionKind.DOUBLE_CLICK,
        ActionKind.CONTEXT_CLICK,
        ActionKind.HOVER,
        ActionKind.DRAG,
        ActionKind.TYPE,
        ActionKind.KEY,
        ActionKind.CLEAR,
        ActionKind.SUBMIT,
    }
)
_OPENING = (ActionKind.OPEN, ActionKind.WINDOW)
_BLANK = ("about:blank", "data:,", "chrome://new-tab-page/")
_HIDDEN = "•"

# Selenium sends these two as CSS selectors.
_AS_WRITTEN = re.compile(r'^\[(id|name)="(.*)"\]$')


class Recording(Protocol):
    """What an observer tells its actions to."""

    def place(self) -> tuple[int | None, int | None]:
        """The storyboard's cell that runs now and its line (from 1)."""

    def record(self, action: Action) -> None:
        """Keep an action of the cell that runs now."""


class Observer:
    """Stands between a driver and its browser; what passes is sent on unchanged."""

    def __init__(self, execute: Executor, camera: Camera, recording: Recording) -> None:
        self.camera = camera
        self.last_locator = ""
        self.opened = False
        self._execute = execute
        self._recording = recording
        self._locators: dict[str, Locator] = {}
        self._frames: list[tuple[float, float]] = []

    def observe(
        self,
        command: str,
        params: Mapping[str, Any],
        send: Callable[[str, Mapping[str, Any]], Any],
    ) -> Any:
        """Send ``command``; film what it does. Returns the browser's (last) response."""
        response = None
        gestures = read_gestures(command, params)
        for gesture in gestures:
            response = self._film(gesture, send)
        if gestures:
            return response
        if command in _FINDS:
            return self._find(command, params, send)
        if command in (Command.SWITCH_TO_FRAME, Command.SWITCH_TO_PARENT_FRAME):
            self._enter_frame(params.get("id"), parent=command == Command.SWITCH_TO_PARENT_FRAME)
        return send(command, params)

    def note(self, kind: ActionKind, element: Any = None, **facts: Any) -> None:
        """Film what only the storyboard does (highlight, hold): the page stays as it is."""
        cell, line = self._recording.place()
        if cell is None or not self.opened:
            return
        target = self._describe({ELEMENT_KEY: element.id}, None)[0] if element else None
        moment = self.camera.moment()
        self._recording.record(
            Action(
                kind=kind, cell=cell, line=line, target=target, before=moment, after=moment, **facts
            )
        )

    def _find(
        self, command: str, params: Mapping[str, Any], send: Callable[[str, Mapping[str, Any]], Any]
    ) -> Any:
        locator = _as_written(params["using"], params["value"])
        self.last_locator = str(locator)
        response = send(command, params)
        found = response["value"]
        for element in found if isinstance(found, list) else [found]:
            self._locators[element.id] = locator
        return response

    def _enter_frame(self, frame: Any, *, parent: bool) -> None:
        """Keep where frames lie: from inside a frame of another origin it cannot be asked."""
        if parent:
            del self._frames[-1:]
        elif frame is None:
            self._frames.clear()
        else:
            target, _ = self._describe(frame, None) if not isinstance(frame, int) else (None, {})
            box = target.box if target else Box(x=0, y=0, width=0, height=0)
            self._frames.append((box.x, box.y))

    def _film(self, gesture: Gesture, send: Callable[[str, Mapping[str, Any]], Any]) -> Any:
        cell, line = self._recording.place()
        if cell is None or not (
            self.opened or gesture.kind in (ActionKind.OPEN, ActionKind.WINDOW)
        ):
            return send(gesture.command, gesture.params)
        before = self._before()
        target, facts = self._target(gesture)
        if facts.get("moved") and before is not None:
            before = self._record_reveal(before, cell, line)
        response = send(gesture.command, gesture.params)
        after = self._after(gesture)
        if after is None or (gesture.kind is ActionKind.SCRIPT and after == before):
            return response
        self.opened = True
        action = Action(
            kind=_told_kind(gesture, facts, before, after),
            cell=cell,
            line=line,
            target=target,
            point=_point(gesture.place, target, self._offset),
            to=self._goal(gesture),
            text=_told_text(gesture, facts, after),
            keys=() if facts.get("secret") else gesture.keys,
            before=before,
            after=after,
        )
        self._recording.record(action)
        return response

    def _before(self) -> Moment | None:
        if not self.opened:
            return None
        try:
            return self.camera.moment()
        except NoSuchWindowException:
            return self.camera.last

    def _after(self, gesture: Gesture) -> Moment | None:
        """What the page shows after a gesture; None where that is nothing (a blank page)."""
        if gesture.kind is not ActionKind.SCRIPT:
            self.camera.forget()
        if gesture.kind in _OPENING:
            self._frames.clear()
        try:
            moment = self.camera.moment()
        except NoSuchWindowException:  # the page has closed itself
            return self.camera.last
        return None if moment.address in _BLANK else moment

    def _record_reveal(self, before: Moment, cell: int, line: int | None) -> Moment:
        """A target out of view was scrolled into it, as a reader would do: that is seen too."""
        after = self.camera.moment()
        self._recording.record(
            Action(
                kind=ActionKind.SCROLL, cell=cell, line=line, implied=True, before=before,
                after=after,
            )
        )  # fmt: skip
        return after

    @property
    def _offset(self) -> tuple[float, float]:
        return self._frames[-1] if self._frames else (0.0, 0.0)

    def _target(self, gesture: Gesture) -> tuple[Target | None, dict[str, Any]]:
        if gesture.kind not in _ON_ELEMENT:
            return None, {}
        element = {ELEMENT_KEY: gesture.element} if gesture.element else None
        place = gesture.place if element is None else None
        point = (place.x, place.y) if place else None
        return self._describe(element, point, reveal=gesture.kind is not ActionKind.SUBMIT)

    def _describe(
        self, element: object, point: tuple[float, float] | None, *, reveal: bool = True
    ) -> tuple[Target | None, dict[str, Any]]:
        """The target and what else the page tells of it; nothing where it is gone."""
        try:
            facts = run_script(self._execute, "target", element, point, self._offset, reveal)
            if not facts:
                return None, {}
            shown = facts["element"]
            role = self._execute(Command.GET_ELEMENT_ARIA_ROLE, {"id": shown.id})
            name = self._execute(Command.GET_ELEMENT_ARIA_LABEL, {"id": shown.id})
        except WebDriverException:
            return None, {}
        identifier = element.get(ELEMENT_KEY) if isinstance(element, dict) else shown.id
        locator = self._locators.get(identifier or shown.id)
        if locator:
            self.last_locator = str(locator)
        target = Target(
            box=Box(**facts["box"]),
            role=role or "",
            name=name or "",
            text="" if facts["secret"] else facts["text"],
            tag=facts["tag"],
            cursor=facts["cursor"],
            locator=locator,
            attributes=facts["attributes"],
        )
        return target, facts

    def _goal(self, gesture: Gesture) -> Point | None:
        if gesture.to is None:
            return None
        element = {ELEMENT_KEY: gesture.to.element} if gesture.to.element else None
        target = self._describe(element, None, reveal=False)[0] if element else None
        return _point(gesture.to, target, self._offset)


def _as_written(using: str, value: str) -> Locator:
    short = _AS_WRITTEN.match(value) if using == "css selector" else None
    return Locator(by=short[1], value=short[2]) if short else Locator(by=using, value=value)


def _told_kind(
    gesture: Gesture, facts: Mapping[str, Any], before: Moment | None, after: Moment
) -> ActionKind:
    if facts.get("chosen") is not None:
        return ActionKind.CHOOSE
    if gesture.kind is ActionKind.TYPE and facts.get("file"):
        return ActionKind.UPLOAD
    if gesture.kind is ActionKind.SCRIPT:
        scrolled = before is not None and before.scroll != after.scroll
        if scrolled or "scroll" in gesture.params["script"].lower():
            return ActionKind.SCROLL
    return gesture.kind


def _told_text(gesture: Gesture, facts: Mapping[str, Any], after: Moment) -> str:
    if gesture.kind is ActionKind.OPEN:
        return after.address
    if facts.get("chosen") is not None:
        return str(facts["chosen"])
    if facts.get("secret"):
        return _HIDDEN * len(gesture.text)
    if facts.get("file"):
        return re.split(r"[\\/]", gesture.text)[-1]
    return gesture.text


def _point(place: Place | None, target: Target | None, offset: tuple[float, float]) -> Point | None:
    if place is not None and place.element is None:
        return Point(x=place.x + offset[0], y=place.y + offset[1])
    if target is None:
        return None
    centre = target.box.centre
    return Point(x=centre.x + place.x, y=centre.y + place.y) if place else centre

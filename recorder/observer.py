"""Observes the commands that one browser is given, and films those that do something."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Protocol

from selenium.webdriver.remote.command import Command

from recorder.action_chain import Pointer, press_keys
from recorder.command import read_gestures
from recorder.description import Describer
from recorder.errors import TakeError
from recorder.take import Action, ActionKind, Dialog, Moment

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from recorder.camera import Camera
    from recorder.description import Description
    from recorder.gesture import Gesture
    from recorder.page_script import Executor

    Send = Callable[[str, Mapping[str, Any]], Any]

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
_TO_TOP = (*_OPENING, ActionKind.BACK, ActionKind.FORWARD, ActionKind.REFRESH)
_BLANK = ("about:blank", "data:,", "chrome://new-tab-page/")
_HIDDEN = "•"


class Recording(Protocol):
    """What an observer tells its actions to."""

    def place(self) -> tuple[int | None, int | None]:
        """The storyboard's cell that runs now and its line (from 1)."""

    def record(self, action: Action, observer: Observer) -> None:
        """Keep an action of the cell that runs now, done in the browser of ``observer``."""


class Observer:
    """Stands between a driver and its browser; what passes is sent on unchanged.

    ``opened`` tells whether the browser has shown more than a blank page.
    """

    def __init__(self, execute: Executor, camera: Camera, recording: Recording) -> None:
        self.camera = camera
        self.opened = False
        self._describer = Describer(execute)
        self._recording = recording
        self._pointer = Pointer()
        self._delayed: tuple[Callable[[Moment], Action], Dialog] | None = None

    @property
    def last_locator(self) -> str:
        """The locator that was used last."""
        return self._describer.last_locator

    def observe(self, command: str, params: Mapping[str, Any], send: Send) -> Any:
        """Send ``command``; film what it does. Returns the browser's (last) response."""
        gestures = read_gestures(command, params, self._pointer)
        if not gestures:
            return self._pass_on(command, params, send)
        response = None
        for number, gesture in enumerate(gestures):
            response = self._film(self._follow_focus(gesture) if number else gesture, send)
        return response

    def note(self, kind: ActionKind, element: Any = None, **facts: Any) -> None:
        """Film what only the storyboard does (highlight, hold): the page stays as it is."""
        cell, line = self._recording.place()
        before = self._before() if cell is not None else None
        if cell is None or before is None:
            return
        found = self._describer.describe(element.id, reveal=True) if element else None
        if found and found.moved:
            before = self._record_reveal(before, cell, line)
        target = found.target if found else None
        self._record(
            Action(
                kind=kind, cell=cell, line=line, target=target, before=before, after=before, **facts
            )
        )

    def end(self) -> Moment | None:
        """What the browser shows now; None where that is nothing yet."""
        return self._seen() if self.opened else None

    def _pass_on(self, command: str, params: Mapping[str, Any], send: Send) -> Any:
        if command in _FINDS:
            locator = self._describer.look_for(params["using"], params["value"])
            response = send(command, params)
            found = response["value"]
            self._describer.remember(locator, found if isinstance(found, list) else [found])
            return response
        if command == Command.SWITCH_TO_FRAME:
            frame = self._describer.frame(params["id"])
            response = send(command, params)
            self._describer.enter_frame(frame)
            return response
        if command == Command.SWITCH_TO_PARENT_FRAME:
            self._describer.leave_frame()
        elif command == Command.W3C_CLEAR_ACTIONS:
            self._pointer = Pointer()
        elif command == "executeCdpCommand":
            self.camera.forget()
        return send(command, params)

    def _follow_focus(self, gesture: Gesture) -> Gesture:
        """Keys after the first go to what has the focus then, as when all are sent at once."""
        if gesture.command != Command.SEND_KEYS_TO_ELEMENT:
            return gesture
        return replace(
            gesture,
            command=Command.W3C_ACTIONS,
            params=press_keys(gesture.params["text"]),
            element=None,
        )

    def _film(self, gesture: Gesture, send: Send) -> Any:
        cell, line = self._recording.place()
        if cell is None or not (self.opened or gesture.kind in _OPENING):
            return send(gesture.command, gesture.params)
        before = self._before()
        found = self._describe(gesture)
        if found and found.moved and before is not None:
            before = self._record_reveal(before, cell, line)
        goal = self._describer.describe_place(gesture.to) if gesture.to else None
        response = send(gesture.command, gesture.params)
        after = self._after(gesture)

        def tell(after: Moment) -> Action:
            return Action(
                kind=_told_kind(gesture, found, before, after),
                cell=cell,
                line=line,
                target=found.target if found else None,
                point=found.point(gesture.place) if found else None,
                to=goal.point(gesture.to) if goal else None,
                text=_told_text(gesture, found, after),
                keys=() if found and found.secret else gesture.keys,
                before=before,
                after=after,
            )

        if after is None:
            self._delay(tell)
            return response
        before = self._record_delayed(after) or before
        if gesture.kind is not ActionKind.SCRIPT or after != before:
            self.opened = True
            self._record(tell(after))
        return response

    def _delay(self, tell: Callable[[Moment], Action]) -> None:
        """A page that opens with a dialog is told when it can be seen."""
        if self.camera.dialog is not None and self._delayed is None:
            self._delayed = tell, self.camera.dialog
            self.opened = True

    def _record_delayed(self, after: Moment) -> Moment | None:
        if self._delayed is None:
            return None
        (tell, dialog), self._delayed = self._delayed, None
        before = after.model_copy(update={"dialog": dialog})
        self._record(tell(before))
        return before

    def _record(self, action: Action) -> None:
        self._recording.record(action, self)

    def _describe(self, gesture: Gesture) -> Description | None:
        """The element that a gesture is done to, brought into view."""
        if gesture.kind not in _ON_ELEMENT:
            return None
        if gesture.place is not None:
            return self._describer.describe_place(gesture.place, reveal=True)
        reveal = gesture.kind is not ActionKind.SUBMIT
        return self._describer.describe(gesture.element, reveal=reveal)

    def _before(self) -> Moment | None:
        try:
            return self.end()
        except TakeError:  # a page that cannot be shown is left, perhaps for a better one
            return self.camera.last

    def _after(self, gesture: Gesture) -> Moment | None:
        """What the page shows after a gesture; None where that is nothing."""
        self.camera.forget()
        if gesture.kind in _TO_TOP:
            self._describer.enter_frame(None)
        return self._seen()

    def _seen(self) -> Moment | None:
        moment = self.camera.moment()
        return None if moment is None or moment.address in _BLANK else moment

    def _record_reveal(self, before: Moment, cell: int, line: int | None) -> Moment:
        """A target out of view was scrolled into it, as a reader would do: that is seen too."""
        self.camera.forget()
        after = self._seen() or before
        self._record(
            Action(
                kind=ActionKind.SCROLL, cell=cell, line=line, implied=True, before=before,
                after=after,
            )
        )  # fmt: skip
        return after


def _told_kind(
    gesture: Gesture, found: Description | None, before: Moment | None, after: Moment
) -> ActionKind:
    if found and found.chosen is not None:
        return ActionKind.CHOOSE
    if gesture.kind is ActionKind.TYPE and found and found.file:
        return ActionKind.UPLOAD
    if gesture.kind is ActionKind.SCRIPT:
        scrolled = before is not None and before.scroll != after.scroll
        if scrolled or "scroll" in gesture.params["script"].lower():
            return ActionKind.SCROLL
    return gesture.kind


def _told_text(gesture: Gesture, found: Description | None, after: Moment) -> str:
    if gesture.kind is ActionKind.OPEN:
        return after.address
    if found is None:
        return gesture.text
    if found.chosen is not None:
        return found.chosen
    if found.secret:
        return _HIDDEN * len(gesture.text)
    if found.file:
        return re.split(r"[\\/]", gesture.text)[-1]
    return gesture.text

"""Observes the commands that one browser is given, and films those that do something."""

from __future__ import annotations

import contextlib
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Protocol

from selenium.webdriver.remote.command import Command

from recorder.action_chain import Pointer, press_keys
from recorder.command import read_gestures
from recorder.description import Describer
from recorder.errors import RecorderError, TakeError
from recorder.filmed import Filmed
from recorder.healing import Finder
from recorder.movement import Filming, film_movement
from recorder.scrolling import film_scroll
from recorder.search import FINDS, Search
from recorder.secrecy import DOTS
from recorder.secrecy.redactor import Mask
from recorder.take import Action, ActionKind, Dialog, Moment
from recorder.typing_states import Typist

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from recorder.camera import Camera
    from recorder.description import Description
    from recorder.download import DownloadFolder
    from recorder.file_chooser import FileChooser
    from recorder.gesture import Gesture
    from recorder.healing import Healer
    from recorder.page_script import Executor
    from recorder.search import Send
    from recorder.secrecy import Secrets

__all__ = ["Observer", "Recording"]

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
# A field that is typed into scrolls by itself: its keystrokes tell that.
_UNSCROLLED = (*_TO_TOP, ActionKind.TYPE, ActionKind.CLEAR)
_TYPED = (ActionKind.TYPE, ActionKind.ANSWER)
_SAVE_LIMIT_S = 10.0
_CHOOSER_LIMIT_S = 1.0
_LATE_CHOOSER_LIMIT_S = 10.0
_BLANK = ("about:blank", "data:,", "chrome://new-tab-page/")

# A script that may return a promise: the driver waits until that is kept.
_WAITING = re.compile(r"\b(Promise|await|async)\b")


class Recording(Protocol):
    """What an observer tells its actions to."""

    def place(self) -> tuple[int | None, int | None]:
        """The storyboard's cell that runs now and its line (from 1)."""

    def record(self, action: Action, observer: Observer) -> None:
        """Keep an action of the cell that runs now, done in the browser of ``observer``."""

    def save(self, files: Sequence[Path]) -> None:
        """Keep files that the browser saved, as what the last action led to."""

    def attend(self, observer: Observer, *, acts: bool) -> None:
        """The browser of ``observer`` is told something, which ``acts`` on its page or asks."""


class Observer:
    """Stands between a driver and its browser; what passes is sent on unchanged.

    ``opened`` tells whether the browser has shown more than a blank page. With a ``healer``,
    elements are found again whose locators fail. ``downloads`` is where the browser saves files.
    """

    def __init__(
        self,
        execute: Executor,
        camera: Camera,
        recording: Recording,
        healer: Healer | None = None,
        downloads: DownloadFolder | None = None,
    ) -> None:
        self.camera = camera
        self._downloads = downloads
        self.opened = False
        self._typist = Typist(execute, camera)
        self._describer = Describer(execute, camera.inspector.tell)
        self._recording = recording
        self._pointer = Pointer()
        self._finder = Finder(healer, execute, camera) if healer else None
        self._search = Search(self._describer, self._finder, self._approved_cell)
        self._filming: Filming | None = None
        self._delayed: tuple[Filmed, Dialog] | None = None
        self._chooser: FileChooser | None = None
        self._entered: Filmed | None = None

    @property
    def actor(self) -> str:
        """The key of whose browser it is."""
        return self.camera.actor

    @property
    def last_locator(self) -> str:
        """The locator that was used last."""
        return self._describer.last_locator

    def observe(self, command: str, params: Mapping[str, Any], send: Send) -> Any:
        """Send ``command``; film what it does. Returns the browser's (last) response."""
        gestures = read_gestures(command, params, self._pointer)
        self._recording.attend(self, acts=bool(gestures))
        if not gestures:
            return self._pass_on(command, params, send)
        response = None
        for number, gesture in enumerate(gestures):
            response = self._film(self._follow_focus(gesture) if number else gesture, send)
        return response

    def note(self, kind: ActionKind, element: Any = None, **facts: Any) -> None:
        """Film what only the storyboard does (highlight, zoom, hold): the page stays as it is."""
        self._recording.attend(self, acts=True)
        cell, line = self._recording.place()
        before = self._before() if cell is not None else None
        if cell is None or before is None:
            return
        found = self._describer.describe(element.id, reveal=True) if element else None
        if found and found.moved:
            before = self._record_reveal(before, cell, line)
        target = self.camera.clean(found.target) if found else None
        after = before
        if self._filming is not None and kind is not ActionKind.ZOOM:
            _, facts["frames"] = film_movement(self.camera, before, self._filming, lambda: None)
            self.camera.forget()
            after = self._seen() or before
        self._record(
            Action(
                kind=kind, cell=cell, line=line, target=target, before=before, after=after, **facts
            )
        )

    def hide(self, element: Any) -> None:
        """Let nobody see an element from now on."""
        facts, locator = self._describer.find_again(element.id)
        self.camera.redactor.add(Mask(**facts, locator=locator))
        self.camera.forget()

    @contextlib.contextmanager
    def film(self, filming: Filming) -> Iterator[None]:
        """Film what moves after the actions in the block."""
        self._filming, earlier = filming, self._filming
        try:
            yield
        finally:
            self._filming = earlier

    @contextlib.contextmanager
    def choosing(self, chooser: FileChooser) -> Iterator[None]:
        """Let ``chooser`` answer the dialog for files that is opened in the block.

        Raises `RecorderError` where none is.
        """
        self._chooser = chooser
        try:
            yield
            if not chooser.is_answered:
                self._choose_late(chooser)
        finally:
            self._chooser = None
            chooser.close()

    def _choose_late(self, chooser: FileChooser) -> None:
        """Answer a dialog that came of what was done, but not at once."""
        if not chooser.answer(_LATE_CHOOSER_LIMIT_S):
            raise RecorderError(
                f"No dialog for files has opened in which {', '.join(chooser.names)} could be "
                "chosen.",
                "Do what opens it in the block of choose_files(): click the button.",
            )
        self.camera.forget()
        self.note(ActionKind.UPLOAD, text="\n".join(chooser.names))

    def end(self) -> Moment | None:
        """What the browser shows now; None where that is nothing yet."""
        moment = self._seen() if self.opened else None
        if moment is not None and self._entered is not None:
            entered, self._entered = self._entered, None
            self._record(entered.tell(moment))
        self._save_downloads()
        return moment

    def look(self) -> Moment | None:
        """What the browser shows now, or has shown last; None where that is nothing yet."""
        try:
            return self._seen() if self.opened else None
        except TakeError:  # a page that does not come to rest is seen as it was
            return self.camera.last

    def resume(self) -> None:
        """Film again after what was off camera: of that nothing is seen, nor any file saved."""
        self.camera.restart()
        if self._downloads is not None:
            self._downloads.finished(_SAVE_LIMIT_S)
        self.opened = self.opened or not self.camera.is_blank(_BLANK)

    def _save_downloads(self) -> None:
        files = self._downloads.finished(_SAVE_LIMIT_S) if self._downloads else ()
        if files:
            self._recording.save(files)

    def _pass_on(self, command: str, params: Mapping[str, Any], send: Send) -> Any:
        if command in FINDS:
            return self._search.find(command, params, send)
        if command == Command.SWITCH_TO_FRAME:
            frame = self._describer.frame(params["id"])
            response = send(command, params)
            self._describer.enter_frame(frame)
            return response
        if command == Command.SWITCH_TO_PARENT_FRAME:
            self._describer.leave_frame()
        elif command == Command.W3C_CLEAR_ACTIONS:
            self._pointer = Pointer()
        elif command == Command.W3C_EXECUTE_SCRIPT and not params["args"]:
            self._describer.last_locator = ""  # what a script asks of the page needs no locator
        elif command == "executeCdpCommand":
            self.camera.forget()
        return send(command, params)

    def _approved_cell(self) -> int | None:
        """The cell that runs, where what it looked for may have been seen in an earlier take."""
        return self._recording.place()[0] if self.opened else None

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
            if gesture.kind in _TO_TOP:
                self._describer.enter_frame(None)
            return send(gesture.command, gesture.params)
        before = self._before()
        self._entered = None  # what is done in a window that is still blank begins it
        found = self._describe(gesture)
        if found and self._finder is not None:
            gesture, found = self._correct(gesture, found, cell)
        if found and found.moved and before is not None:
            before = self._record_reveal(before, cell, line)
        goal = self._describer.describe_place(gesture.to) if gesture.to else None
        if found and before is not None and self._describer.has_moved(found):
            before, found = self._look_again(gesture, before, found)
        filmed = Filmed(gesture, cell, line, self._guarded(found), self._guarded(goal), before)
        response, filmed = self._send(filmed, send)
        if self._chooser is not None and self._chooser.answer(_CHOOSER_LIMIT_S):
            filmed = replace(filmed, files=self._chooser.names)
        choice = self._describer.chosen(found) if found else None
        after = self._after(gesture)
        told = gesture.kind in _UNSCROLLED or filmed.frames
        scroll = None if told else film_scroll(self.camera, before, after)
        filmed = replace(filmed, choice=choice, scroll=scroll)
        if after is None:
            self._delay(filmed)
            return response
        filmed = replace(filmed, before=self._record_delayed(after) or before)
        if gesture.kind is not ActionKind.SCRIPT or filmed.frames or after != filmed.before:
            self.opened = True
            self._record(filmed.tell(after))
        self._save_downloads()
        return response

    def _correct(
        self, gesture: Gesture, found: Description, cell: int
    ) -> tuple[Gesture, Description | None]:
        """Do a gesture to what is meant, where its locator finds something else now."""
        meant = self._finder.correct(gesture, found, cell) if self._finder else gesture
        if meant is gesture or meant.element is None or found.target.locator is None:
            return gesture, found
        self._describer.remember(found.target.locator, [meant.element])
        return meant, self._describe(meant)

    def _look_again(
        self, gesture: Gesture, before: Moment, found: Description
    ) -> tuple[Moment, Description]:
        """A target has moved since its picture was taken: one more is, and no third."""
        self.camera.forget()
        return self._seen() or before, self._describe(gesture) or found

    def _send(self, filmed: Filmed, send: Send) -> tuple[Any, Filmed]:
        """Do a gesture as it can be seen best: typed piece by piece, or moving frame by frame."""
        gesture, found, before = filmed.gesture, filmed.found, filmed.before

        def act() -> Any:
            return send(gesture.command, gesture.params)

        if before is None or before.dialog is not None:
            return self._answer(gesture, act, send), filmed
        if self._filming is not None and gesture.kind not in _TO_TOP:
            waits = bool(_WAITING.search(gesture.params.get("script", "")))
            waits = waits or gesture.command == Command.W3C_EXECUTE_SCRIPT_ASYNC
            response, frames = film_movement(self.camera, before, self._filming, act, waits=waits)
            return response, replace(filmed, frames=frames)
        is_field = found and not found.file and found.target.tag != "select"
        if gesture.kind is ActionKind.TYPE and found and is_field:
            response, keystrokes = self._typist.type(
                gesture,
                send,
                before=before,
                box=found.target.box,
                secret=found.secret or self._secrets.has_value(gesture.text),
            )
            return response, replace(filmed, keystrokes=keystrokes)
        return act(), filmed

    def _answer(self, gesture: Gesture, act: Callable[[], Any], send: Send) -> Any:
        """Do what is done to a dialog; what it kept from being typed is typed when it is gone."""
        response = act()
        if gesture.kind is ActionKind.ANSWER:
            self.camera.answer(gesture.text)
        elif gesture.kind in (ActionKind.ACCEPT, ActionKind.DISMISS):
            self._typist.catch_up(send)
        return response

    def _delay(self, filmed: Filmed) -> None:
        """A page that opens with a dialog is told when it can be seen.

        So is a window that a page has opened and has not led anywhere yet.
        """
        if self.camera.dialog is not None:
            if self._delayed is None:
                self._delayed = filmed, self.camera.dialog
                self.opened = True
        elif filmed.gesture.kind is ActionKind.WINDOW:
            self._entered = filmed

    def _record_delayed(self, after: Moment) -> Moment | None:
        if self._delayed is None:
            return None
        (filmed, dialog), self._delayed = self._delayed, None
        before = after.model_copy(update={"dialog": dialog})
        self._record(filmed.tell(before))
        return before

    @property
    def _secrets(self) -> Secrets:
        return self.camera.writer.secrets

    def _guarded(self, found: Description | None) -> Description | None:
        """An element as it may be told: of what nobody may see, nothing is."""
        if found is None:
            return None
        secret = found.secret or self.camera.hides_field(found.target.box)
        return replace(found, target=self.camera.clean(found.target), secret=secret)

    def _record(self, action: Action) -> None:
        if action.kind in _TYPED and self._secrets.has_value(action.text):
            action = action.model_copy(update={"text": self._secrets.hide(action.text, DOTS)})
        self._recording.record(action, self)
        if self._finder is not None:
            self._finder.count(action)

    def _describe(self, gesture: Gesture) -> Description | None:
        """The element that a gesture is done to, brought into view."""
        found = self._point_out(gesture)
        healed = self._finder.tell(found.id) if found and self._finder else None
        if found is None or healed is None:
            return found
        return replace(found, target=found.target.model_copy(update={"healed": healed}))

    def _point_out(self, gesture: Gesture) -> Description | None:
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
                kind=ActionKind.SCROLL, cell=cell, line=line, implied=True,
                scroll=film_scroll(self.camera, before, after), before=before, after=after,
            )
        )  # fmt: skip
        return after

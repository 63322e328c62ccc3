"""The camera: what a browser shows at one moment, once it has settled."""

from __future__ import annotations

import contextlib
import re
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from selenium.common.exceptions import (
    InvalidSessionIdException,
    JavascriptException,
    NoAlertPresentException,
    NoSuchWindowException,
    TimeoutException,
    UnexpectedAlertPresentException,
    WebDriverException,
)
from selenium.webdriver.remote.command import Command
from urllib3.exceptions import HTTPError

from recorder.area import clean_snapshot, clean_target, covers_field, shown_boxes
from recorder.devtools import DevTools
from recorder.dialog_watch import DialogWatch
from recorder.errors import TakeError
from recorder.outline import MOST_ELEMENTS, write_outline
from recorder.secrecy.redactor import Redactor
from recorder.secrecy.shutter import Shutter
from recorder.snapshot import pack_snapshot
from recorder.take import Box, Dialog, Moment, Point, Scroll

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from recorder.inspector import Inspector
    from recorder.page_script import Executor
    from recorder.structure import Structure
    from recorder.take import Target
    from recorder.take_writer import TakeWriter

__all__ = ["Camera", "CameraSettings"]

_UNLOADS = 4
"""How often a page may be left while it settles: each redirect is one."""

_LOOKS = 3
"""How often a settled page is looked at that changes while its picture is taken."""

_RESTLESS_LIMIT_MS = 1000
"""How long a page is waited for that has not settled before."""

# What Chromium answers where the document was left while it was asked.
_LEFT = re.compile(
    "execution context|navigated|frame|detached|context with specified id", re.IGNORECASE
)


@dataclass(frozen=True)
class CameraSettings:
    """How pictures are taken.

    ``viewport`` in CSS pixels; ``base_url`` is cut off the addresses that are recorded;
    ``quiet_ms`` without a change make a page settled, ``limit_ms`` is how long it is waited for.
    ``hidden`` are selectors of what nobody may see. With ``outlines`` it is kept by what each
    page's elements can be selected. ``actor`` is the key of whose browser it is.
    """

    viewport: tuple[int, int]
    scale: int
    masks: tuple[str, ...] = ()
    base_url: str = ""
    quiet_ms: int = 100
    limit_ms: int = 5000
    outlines: bool = False
    actor: str = ""
    hidden: tuple[str, ...] = ()


class Camera:
    """Takes moments of one browser; the same moment again where nothing has changed since.

    ``last`` is the moment taken last, ``dialog`` the dialog that was open when it was looked for,
    ``scrolled`` what was scrolled between that moment and the one before it;
    ``writer`` keeps the pictures; ``inspector`` looks into the pages (Chromium's, if not given).
    """

    def __init__(
        self,
        execute: Executor,
        writer: TakeWriter,
        settings: CameraSettings,
        dialogs: DialogWatch | None = None,
        inspector: Inspector | None = None,
    ) -> None:
        self.last: Moment | None = None
        self.dialog: Dialog | None = None
        self.scrolled: Scroll | None = None
        self._execute = execute
        self.writer = writer
        self._settings = settings
        self._token: str | None = None
        self._limit_ms = settings.limit_ms
        self._framed: set[str] = set()
        self._dialogs = dialogs or DialogWatch("")
        self.inspector = inspector or DevTools(execute, self._dialogs.address)
        self.redactor = Redactor(self.inspector, writer.secrets, settings.viewport, settings.hidden)
        self._shutter = Shutter(self.redactor, settings.scale)
        self._window: str = execute(Command.W3C_GET_CURRENT_WINDOW_HANDLE)
        self._dialogs.listen(self._window)
        self._address = ""
        self._closed = False
        self._owed: list[Callable[[], None]] = []

    def close(self) -> None:
        """The browser ends: what it showed last is all that is seen from now on."""
        self._closed = True
        self._dialogs.close()

    def answer(self, text: str) -> None:
        """The field of the open prompt was filled in."""
        self._dialogs.answer(self._window, text)

    @property
    def format(self) -> tuple[tuple[int, int], int]:
        """The viewport's width and height, and the device pixels to each of its pixels."""
        return self._settings.viewport, self._settings.scale

    @property
    def actor(self) -> str:
        """The key of whose browser it is."""
        return self._settings.actor

    @property
    def folder(self) -> Path:
        """The take's folder."""
        return self.writer.folder

    def glimpse(self, region: Box) -> bytes | None:
        """A picture of a part of the page after the next frame, settled or not.

        None where the page is another one than at the last moment, or a dialog is open.
        """
        try:
            with self._held():
                return self._shutter.shoot(region)
        except (WebDriverException, TakeError):
            return None

    def ask_page(self, name: str, *arguments: object) -> Any:
        """Run one of the recorder's scripts in the page."""
        return self.inspector.run(name, *arguments)

    def tell_page(self, name: str, *arguments: object) -> Any:
        """Run one of the recorder's scripts in the page's own world."""
        return self.inspector.run(name, *arguments, isolated=False)

    def owe(self, act: Callable[[], None]) -> None:
        """Do something to the page as soon as it is looked at and no dialog is open."""
        self._owed.append(act)

    def look_now(self) -> bytes:
        """A picture of the page as it is, settled or not, that is not kept; as a PNG."""
        return self._shutter.shoot()

    def picture(self) -> str:
        """Keep a picture of the page as it is, settled or not; returns the shot's name."""
        return self.writer.add_shot(self._shutter.shoot())

    def glimpse_dots(self, region: Box) -> tuple[bytes, ...]:
        """Pictures of a part of the page as it is, with one dot more in its fields each time.

        Nothing where the page cannot be looked at.
        """
        try:
            with self._held():
                return self._shutter.shoot_dots(region)
        except (WebDriverException, TakeError):
            return ()

    @contextlib.contextmanager
    def _held(self) -> Iterator[None]:
        """After the next frame, and with movements at their ends.

        Raises `TakeError` where the page is another one than at the last moment.
        """
        held = self.inspector.run("steady", address=self._address)
        yield
        if held:
            self.inspector.run("steady_end")

    def hides_field(self, box: Box) -> bool:
        """Whether a field at ``box`` is one whose text nobody may see, as far as was seen last."""
        return covers_field(self._shutter.areas, box)

    def clean(self, target: Target) -> Target:
        """A target without what is hidden of the page as it was seen last."""
        return clean_target(target, self._shutter.areas)

    def forget(self) -> None:
        """Take the next moment anew even where the page says that nothing has changed."""
        self._token = None

    def restart(self) -> None:
        """Much has been done that was not to be seen: the next moment has none before it."""
        self.forget()
        self.last = None

    def is_blank(self, blank: Sequence[str]) -> bool:
        """Whether the window shows one of the addresses of pages with nothing on them."""
        if self._closed:
            return True
        with contextlib.suppress(WebDriverException, TakeError, HTTPError):
            return self._execute(Command.GET_CURRENT_URL) in blank
        return False  # a dialog is open, or the browser has ended

    def rest(self) -> None:
        """Wait until the page has settled, one that is being loaded too; no picture is taken."""
        # chromedriver waits for a page that is being loaded before this, and not before commands of
        # the DevTools protocol.
        self._execute(Command.GET_TITLE)
        if self._settle(self._limit_ms)["held"]:
            self.inspector.run("resume")

    def structure(self) -> Structure:
        """What the page is made of as it is, settled or not."""
        return self.inspector.structure()

    def moment(self) -> Moment | None:
        """What the page shows now, once it has settled; an open dialog is told, not shown.

        None where nothing has been seen before a dialog opened, or the browser ended. Raises
        `TakeError` where the page is left again and again.
        """
        self.scrolled = None
        if self._closed:
            return self.last
        try:
            return self._look()
        except (NoSuchWindowException, InvalidSessionIdException):
            return self.last

    def _look(self) -> Moment | None:
        for attempt in range(2 * _UNLOADS):
            self.dialog = self._open_dialog()
            if self.dialog is not None:
                return self._interrupted(self.dialog)
            while self._owed:
                with contextlib.suppress(WebDriverException, TakeError):
                    self._owed.pop()()
            try:
                if self.last is None or not self._is_unchanged():
                    limit_ms = self._limit_ms if attempt < _UNLOADS else 0
                    self.last = self._take(limit_ms)
            except WebDriverException as error:
                if not _is_passing(error):
                    raise
            else:
                return self.last
        raise TakeError("The page does not come to rest: it is loaded again and again.")

    def _open_dialog(self) -> Dialog | None:
        try:
            text = self._execute(Command.W3C_GET_ALERT_TEXT) or ""
        except NoAlertPresentException:
            return None
        return self._dialogs.read(self._window, text)

    def _interrupted(self, dialog: Dialog) -> Moment | None:
        self._token = None
        if self.last is not None:
            self.last = self.last.model_copy(update={"dialog": dialog})
        return self.last

    def _is_unchanged(self) -> bool:
        if self._token is None or self._shutter.has_closed_trees:
            return False
        seen = self._watch()
        return bool(seen["still"] and seen["token"] == self._token)

    def _take(self, limit_ms: int) -> Moment:
        self._frame()
        seen, content, still, structure = self._see(limit_ms)
        hidden = shown_boxes(self._shutter.areas)
        cleaned = clean_snapshot(structure.snapshot, self._shutter.areas)
        snapshot = self.writer.add_snapshot(pack_snapshot(self.writer.hide(cleaned)))
        if self._settings.outlines:
            rows = self.inspector.run("outline", MOST_ELEMENTS)
            write_outline(self.folder, snapshot, self.writer.secrets.hide_all(rows))
        if seen["held"]:
            self.inspector.run("resume")
        settled = seen["settled"] and still
        self._limit_ms = self._settings.limit_ms if settled else _RESTLESS_LIMIT_MS
        self._token = seen["token"]
        self._address = seen["address"]
        self.scrolled = seen["scrolled"] and Scroll.model_validate(seen["scrolled"])
        return Moment(
            shot=self.writer.add_shot(content),
            snapshot=snapshot,
            address=self._relative(seen["address"]),
            title=seen["title"],
            scroll=Point(**seen["scroll"]),
            settled=settled,
            masks=tuple(Box(**box) for box in seen["masks"]),
            actor=self._settings.actor,
            hidden=hidden,
        )

    def _see(self, limit_ms: int) -> tuple[dict[str, Any], bytes, bool, Structure]:
        """What the settled page tells (``settle.js``), its picture, whether that holds, and parts.

        A page that changes while they are taken is looked at again: it had come to rest between two
        movements, or its picture was that of one moment and its parts those of another.
        """
        scrolled = None
        for looks in range(1, _LOOKS + 1):
            deadline = time.monotonic() + limit_ms / 1000
            seen = self._settle(limit_ms)
            scrolled = seen["scrolled"] = seen["scrolled"] or scrolled
            content, still, structure = self._shoot(seen, deadline)
            if looks == _LOOKS or not seen["settled"] or self._watch()["token"] == seen["token"]:
                break
        return seen, content, still, structure

    def _shoot(self, seen: Mapping[str, Any], deadline: float) -> tuple[bytes, bool, Structure]:
        self._shutter.is_guarded = seen["guarded"]
        content, still = (
            self._shoot_in_front(),
            seen["still"] and not self._shutter.has_closed_trees,
        )
        if not still:
            content, still = self._shoot_again(content, deadline)
        structure = self.structure()
        if structure.has_closed_trees and not self._shutter.has_closed_trees:
            self._shutter.has_closed_trees = True  # what it hides in them was not known to be there
            content, still = self._shutter.shoot(), False
        self._shutter.has_closed_trees = structure.has_closed_trees
        return content, still, structure

    def _watch(self) -> dict[str, Any]:
        seen: dict[str, Any] = self.inspector.run("watch", self._settings.masks)
        return seen

    def _frame(self) -> None:
        """Show the current window, in the size and scale of the film."""
        handle = self._execute(Command.W3C_GET_CURRENT_WINDOW_HANDLE)
        if handle != self._window or not self._framed:
            # A window behind another draws nothing.
            self.inspector.show()
            self._window = handle
            self._dialogs.listen(handle)
        self._dialogs.catch_up(handle)
        if handle in self._framed:
            return
        self.inspector.fit(self._settings.viewport, self._settings.scale)
        self._framed.add(handle)

    def _settle(self, limit_ms: int) -> dict[str, Any]:
        seen: dict[str, Any] = self.inspector.run(
            "settle", self._settings.quiet_ms, limit_ms, self._settings.masks
        )
        return seen

    def _shoot_in_front(self) -> bytes:
        # A page may have opened a window meanwhile; behind it this one would never be drawn.
        self.inspector.show()
        return self._shutter.shoot()

    def _shoot_again(self, first: bytes, deadline: float) -> tuple[bytes, bool]:
        """Shoot what no script can watch (canvas, video, other origins) until it holds still."""
        last = first
        while True:
            content = self._shoot_in_front()
            if content == last:
                return content, True
            if time.monotonic() > deadline:
                return content, False
            last = content

    def _relative(self, address: str) -> str:
        base = self._settings.base_url
        rest = address.removeprefix(base)
        return rest if base and rest[:1] in ("", "/", "?", "#") else address


def _is_passing(error: WebDriverException) -> bool:
    """Whether a look failed only because the page was left, or a dialog opened, meanwhile."""
    if isinstance(error, (NoSuchWindowException, InvalidSessionIdException)):
        return False
    passing = (JavascriptException, TimeoutException, UnexpectedAlertPresentException)
    return isinstance(error, passing) or bool(_LEFT.search(error.msg or ""))

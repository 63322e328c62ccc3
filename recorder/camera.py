"""The camera: what a browser shows at one moment, once it has settled."""

from __future__ import annotations

import contextlib
import re
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
from recorder.settling import Settler
from recorder.snapshot import pack_snapshot
from recorder.take import Box, Dialog, Moment, Scroll

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from recorder.inspector import Inspector
    from recorder.page_script import Executor
    from recorder.structure import Structure
    from recorder.take import Target
    from recorder.take_writer import TakeWriter

__all__ = ["Camera", "CameraSettings"]

_UNLOADS = 4
"""How often a page may be left while it settles: each redirect is one."""

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
        self._in_front = ""
        self._dialogs = dialogs or DialogWatch("")
        self.inspector = inspector or DevTools(execute, self._dialogs.address)
        self.redactor = Redactor(self.inspector, writer.secrets, settings.viewport, settings.hidden)
        self._shutter = Shutter(self.redactor, settings.scale)
        self._settler = Settler(self._shutter, self.inspector, settings.masks, settings.quiet_ms)
        self._window: str = execute(Command.W3C_GET_CURRENT_WINDOW_HANDLE)
        self._dialogs.listen(self._window)
        # Before its first page: what was laid out before has its letters drawn otherwise.
        self._fit(self._window)
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
                self._shutter.look_out()
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
        self._shutter.look_out()
        return self._shutter.shoot()

    def picture(self) -> str:
        """Keep a picture of the page as it is, settled or not; returns the shot's name."""
        return self.writer.add_shot(self.look_now())

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
        self._settler.wait(self._limit_ms)

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
        return self._token is not None and self._settler.is_unchanged(self._token)

    def _take(self, limit_ms: int) -> Moment:
        self._frame()
        page = self._settler.look(limit_ms)
        hidden = shown_boxes(self._shutter.areas)
        cleaned = clean_snapshot(page.structure.snapshot, self._shutter.areas)
        snapshot = self.writer.add_snapshot(pack_snapshot(self.writer.hide(cleaned)))
        if self._settings.outlines:
            rows = self.inspector.run("outline", MOST_ELEMENTS)
            write_outline(self.folder, snapshot, self.writer.secrets.hide_all(rows))
        if page.is_held:
            self._settler.resume()
        self._limit_ms = self._settings.limit_ms if page.is_settled else _RESTLESS_LIMIT_MS
        self._token = page.token
        self._address = page.address
        self.scrolled = page.scrolled
        return Moment(
            shot=self.writer.add_shot(page.png),
            snapshot=snapshot,
            address=self._relative(page.address),
            title=page.title,
            scroll=page.scroll,
            settled=page.is_settled,
            masks=page.masks,
            actor=self._settings.actor,
            hidden=hidden,
        )

    def _frame(self) -> None:
        """Show the current window, in the size and scale of the film."""
        handle = self._execute(Command.W3C_GET_CURRENT_WINDOW_HANDLE)
        if handle != self._in_front:
            # A window behind another draws nothing.
            self.inspector.show()
            self._in_front = self._window = handle
            self._dialogs.listen(handle)
        self._dialogs.catch_up(handle)
        if handle not in self._framed:
            self._fit(handle)

    def _fit(self, window: str) -> None:
        self.inspector.fit(self._settings.viewport, self._settings.scale)
        self._framed.add(window)

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

"""The browser: a real Selenium driver for Chromium whose commands are observed."""

from __future__ import annotations

import copy
import shutil
import tempfile
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from selenium.common.exceptions import WebDriverException
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.webdriver import WebDriver as Chrome
from selenium.webdriver.remote.command import Command
from selenium.webdriver.remote.webdriver import WebDriver as RemoteWebDriver
from urllib3.exceptions import HTTPError

from recorder.chromium import INSTALL_HINT, find_programs
from recorder.chromium_options import complete, environment, refuse_proxy, save_to
from recorder.devtools import DevTools
from recorder.dialog_watch import DialogWatch
from recorder.download import DownloadFolder
from recorder.errors import BrowserError
from recorder.fence import Gate
from recorder.filmed_driver import FilmedDriver, first_line, prompt_behaviour
from recorder.kept_service import KeptChromeService
from recorder.page_script import developer_command
from recorder.pinning import Pinner, Pins
from recorder.program import Programs
from recorder.remote import LogWatch, RemoteSession, WindowPins, ask_for_log
from recorder.remote.debugger import is_within_reach
from recorder.remote.upload import know_upload, upload
from recorder.stage.place import HOST

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from selenium.webdriver.chrome.service import Service
    from selenium.webdriver.remote.remote_connection import RemoteConnection

    from recorder.fence import Guard
    from recorder.observer import Observer
    from recorder.remote import Connection, Server

__all__ = ["FilmedChrome", "plain_settings"]


_WINDOW = "page"


def plain_settings() -> tuple[Options, Service]:
    """Options and service of a browser that is not filmed, and ends with this process.

    Raises `BrowserError`, which says what to install.
    """
    programs, options, pins = find_programs(), Options(), Pins()
    _locate(options, programs)
    complete(options, pins.flags)
    return options, KeptChromeService(programs.driver, environment=_environment(pins))


class FilmedChrome(FilmedDriver, Chrome):
    """Selenium's own Chrome driver; every command passes by an observer."""

    def __init__(
        self,
        options: Options | None = None,
        service: Service | None = None,
        keep_alive: bool = True,
        *,
        watch: Callable[[FilmedChrome], Observer],
        pins: Pins | None = None,
        guard: Guard | None = None,
        connection: Connection | None = None,
    ) -> None:
        self._gate = Gate(guard, self.window_addresses) if guard else None
        self._pinner: Pinner | None = None
        self._remote: RemoteSession | None = None
        self._window_pins: WindowPins | None = None
        pins = pins or Pins()
        options = copy.deepcopy(options) if options else Options()
        if guard is not None:
            refuse_proxy(options)
        where = connection.server.own_address if connection else HOST
        flags = [*pins.flags, *(guard.flags(where) if guard else ())]
        self._on_prompt = prompt_behaviour(options)
        self._script_limit_ms = (options.timeouts or {}).get("script", self._script_limit_ms)
        if connection is None:
            self._start(options, flags, given=service, pins=pins, keep_alive=keep_alive)
        else:
            complete(options, [*flags, *connection.flags], here=connection.server.is_here)
            self._start_remotely(options, connection.server, keep_alive=keep_alive)
        self._pin(pins)
        self._observer = watch(self)

    def _start(
        self,
        options: Options,
        flags: Iterable[str],
        *,
        given: Service | None,
        pins: Pins,
        keep_alive: bool,
    ) -> None:
        programs = find_programs()
        _locate(options, programs)
        complete(options, flags)
        try:
            kept = KeptChromeService(programs.driver, environment=_environment(pins), given=given)
            self.downloads = DownloadFolder(save_to(options, kept.home / "downloads"))
            super().__init__(options=options, service=kept, keep_alive=keep_alive)
        except WebDriverException as error:
            raise BrowserError(
                f"Chromium could not be started: {first_line(error)}.", INSTALL_HINT
            ) from error

    def _start_remotely(self, options: Options, server: Server, *, keep_alive: bool) -> None:
        server.require_ready()
        home: Path | None = None
        if server.is_here:
            home = Path(tempfile.mkdtemp(prefix="storycast-browser-"))
            self.downloads = DownloadFolder(save_to(options, home / "downloads"))
        ask_for_log(options)
        self.service = None  # type: ignore[assignment] # the driver is none of this machine's
        try:
            config = server.client_config(keep_alive=keep_alive)
            RemoteWebDriver.__init__(self, server.shown, options=options, client_config=config)
        except (WebDriverException, HTTPError) as error:
            if home is not None:
                shutil.rmtree(home, ignore_errors=True)
            told = first_line(error) if isinstance(error, WebDriverException) else str(error)
            raise BrowserError(
                f"The WebDriver server at {server.shown} gives no Chromium: {told}.",
                "It must have Chromium or Chrome, and the same version of its driver.",
            ) from error
        self._remote = RemoteSession(server, str(self.session_id), home)
        know_upload(cast("RemoteConnection", self.command_executor))

    @cached_property
    def debugger(self) -> str:
        """Where the browser's own protocol is spoken, host and port; "" where it is elsewhere."""
        address: str = self.capabilities.get("goog:chromeOptions", {}).get("debuggerAddress", "")
        if self._remote is None or is_within_reach(address, self.current_window_handle):
            return address
        return ""

    @cached_property
    def inspector(self) -> DevTools:
        """What looks into this browser's pages."""
        return DevTools(self.ask, self.debugger)

    @property
    def is_here(self) -> bool:
        """Whether the browser runs on this machine."""
        return self._remote is None or bool(self.debugger)

    def open_dialog_watch(self) -> DialogWatch:
        """What hears of this browser's dialogs."""
        return DialogWatch(self.debugger) if self.debugger else LogWatch(self.ask)

    def window_addresses(self) -> Iterable[str]:
        """What all windows show. Raises ``WebDriverException`` where nobody can tell now."""
        targets = developer_command(self.ask, "Target.getTargets")["targetInfos"]
        return [target["url"] for target in targets if target["type"] == _WINDOW]

    def _pin(self, pins: Pins) -> None:
        zone = pins.settings.time_zone if self._remote else ""
        try:
            if not self.debugger:
                self._window_pins = WindowPins(self.ask, pins)
            elif pins.script or pins.locale or zone:
                self._pinner = Pinner(self.debugger, pins, time_zone=zone)
        except BrowserError:
            self.quit()
            raise

    def quit(self) -> None:
        """End the browser; what it filmed is kept."""
        if self._has_quit:
            return
        try:
            super().quit()
        finally:
            if self._remote is not None:
                self._remote.end()

    def _end(self) -> None:
        if self._remote is not None:
            self._remote.end()
        else:
            super()._end()

    def _release(self) -> None:
        """Film and pin no more."""
        super()._release()
        pinner, self._pinner = self._pinner, None
        if pinner is not None:
            pinner.close()

    def _send(self, command: str, params: Mapping[str, Any]) -> Any:
        if command == Command.UPLOAD_FILE:
            return upload(partial(RemoteWebDriver.execute, self), params)
        response = super()._send(command, params)
        if command == Command.SWITCH_TO_WINDOW and self._window_pins is not None:
            self._window_pins.pin()
        return response


def _environment(pins: Pins) -> Mapping[str, str]:
    return {**environment(), **pins.environment}


def _locate(options: Options, programs: Programs) -> None:
    if not options.binary_location:
        options.binary_location = str(programs.browser)

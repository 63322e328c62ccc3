"""The browser: a real Selenium driver for Chromium whose commands are observed."""

from __future__ import annotations

import copy
import os
import shutil
import sys
import tempfile
from contextlib import nullcontext
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from selenium.common.exceptions import UnexpectedAlertPresentException, WebDriverException
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.chrome.webdriver import WebDriver as Chrome
from selenium.webdriver.remote.command import Command
from selenium.webdriver.remote.webdriver import WebDriver as RemoteWebDriver
from urllib3.exceptions import HTTPError
from urllib3.exceptions import TimeoutError as UnansweredError

from recorder.chromium import INSTALL_HINT, Programs, find_programs
from recorder.chromium_options import NOTIFY, complete, prompt_behaviour, refuse_proxy, save_to
from recorder.dialog_watch import DialogWatch
from recorder.download import DownloadFolder
from recorder.errors import BrowserError, RecorderError, TakeError
from recorder.fence import Gate
from recorder.kept_process import End, keeper_command
from recorder.pinning import Pinner, Pins
from recorder.remote import LogWatch, RemoteSession, WindowPins, ask_for_log
from recorder.remote.debugger import is_within_reach
from recorder.remote.upload import know_upload, upload
from recorder.stage.place import HOST

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from selenium.webdriver.remote.remote_connection import RemoteConnection

    from recorder.fence import Guard
    from recorder.observer import Observer
    from recorder.remote import Connection, Server

__all__ = ["FilmedChrome", "plain_settings"]


_SCRIPT_LIMIT_MS = 30_000
_ANSWER_LIMIT_S = 60
"""Longer than any of the recorder's own scripts is waited for, also on a machine so busy that a page's
own work takes ten times as long as otherwise."""

_ANSWERS = {"dismiss": Command.W3C_DISMISS_ALERT, "accept": Command.W3C_ACCEPT_ALERT}


class _KeptService(Service):
    """A chromedriver that ends, with its browser and their files, when this process does."""

    def __init__(self, programs: Programs, *, pins: Pins, given: Service | None) -> None:
        # Chromium keeps its profile in the folder for temporary files; after a kill it stays there.
        self.home = Path(tempfile.mkdtemp(prefix="storycast-browser-"))
        self._driver = programs.driver
        environment = os.environ | {"TMPDIR": str(self.home), **pins.environment}
        super().__init__(
            executable_path=sys.executable,
            port=given.port if given else 0,
            service_args=list(given.service_args) if given else None,
            env=environment,
            # Who interrupts a cell (Jupyter signals the whole process group) keeps the browser.
            popen_kw={"start_new_session": True},
        )

    def command_line_args(self) -> list[str]:
        command = [str(self._driver), *super().command_line_args()]
        return keeper_command(command, end=End(remove=[self.home]))[1:]

    def env_path(self) -> str | None:
        return None


def plain_settings() -> tuple[Options, Service]:
    """Options and service of a browser that is not filmed, and ends with this process.

    Raises `BrowserError`, which says what to install.
    """
    programs, options, pins = find_programs(), Options(), Pins()
    _locate(options, programs)
    complete(options, pins.flags)
    return options, _KeptService(programs, pins=pins, given=None)


class FilmedChrome(Chrome):
    """Selenium's own Chrome driver; every command passes by an observer.

    ``actor`` is the key of whose browser it is; empty of nobody's.
    """

    actor = ""

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
        self._observer: Observer | None = None
        self._has_quit = False
        self._gate = Gate(guard, self.ask) if guard else None
        self._pinner: Pinner | None = None
        self._remote: RemoteSession | None = None
        self._window_pins: WindowPins | None = None
        self.downloads: DownloadFolder | None = None
        pins = pins or Pins()
        options = copy.deepcopy(options) if options else Options()
        if guard is not None:
            refuse_proxy(options)
        where = connection.server.own_address if connection else HOST
        flags = [*pins.flags, *(guard.flags(where) if guard else ())]
        self._on_prompt = prompt_behaviour(options)
        self._script_limit_ms: float = (options.timeouts or {}).get("script", _SCRIPT_LIMIT_MS)
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
            kept = _KeptService(programs, pins=pins, given=given)
            self.downloads = DownloadFolder(save_to(options, kept.home / "downloads"))
            super().__init__(options=options, service=kept, keep_alive=keep_alive)
        except WebDriverException as error:
            raise BrowserError(
                f"Chromium could not be started: {_first_line(error)}.", INSTALL_HINT
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
            told = _first_line(error) if isinstance(error, WebDriverException) else str(error)
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

    @property
    def is_here(self) -> bool:
        """Whether the browser runs on this machine."""
        return self._remote is None or bool(self.debugger)

    @property
    def download_folder(self) -> Path:
        """Where this browser saves files.

        Raises `RecorderError` where that is on another machine.
        """
        if self.downloads is None:
            raise RecorderError("What a browser on another machine saves cannot be reached.")
        return self.downloads.folder

    def open_dialog_watch(self) -> DialogWatch:
        """What hears of this browser's dialogs."""
        return DialogWatch(self.debugger) if self.debugger else LogWatch(self.ask)

    def execute(self, driver_command: Any, params: Any = None) -> Any:
        """Send a command as Selenium does, past the observer.

        Raises `TakeError` where the browser was quit.
        """
        if self._has_quit:
            whose = f"The browser of {self.actor}" if self.actor else "The browser"
            raise TakeError(f"{whose} was closed with quit(), and is used again.")
        if self._observer is None or not isinstance(driver_command, str):
            return super().execute(driver_command, params)
        if driver_command == Command.SET_TIMEOUTS:
            self._script_limit_ms = (params or {}).get("script", self._script_limit_ms)
        with self._gate.pass_through(driver_command, params or {}) if self._gate else nullcontext():
            return self._observer.observe(driver_command, params or {}, self._send)

    def ask(self, command: str, params: Mapping[str, Any] | None = None) -> Any:
        """Send a command of the recorder's own; return the value that the browser answers."""
        patient = command == Command.W3C_EXECUTE_SCRIPT and self._script_limit_ms < _SCRIPT_LIMIT_MS
        if patient:
            super().execute(Command.SET_TIMEOUTS, {"script": _SCRIPT_LIMIT_MS})
        config = cast("RemoteConnection", self.command_executor).client_config
        limit_s, config.timeout = config.timeout, _ANSWER_LIMIT_S
        try:
            return super().execute(command, dict(params or {}))["value"]
        except UnansweredError as error:
            # chromedriver waits for ever where a page is left while its picture is taken.
            self._abandon()
            raise TakeError(
                "The page does not come to rest: the browser gave no answer "
                f"for {_ANSWER_LIMIT_S} seconds."
            ) from error
        finally:
            config.timeout = limit_s
            if patient and self._observer is not None:
                super().execute(Command.SET_TIMEOUTS, {"script": self._script_limit_ms})

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

    def _abandon(self) -> None:
        """End a browser that does not answer any more."""
        self._release()
        if self._remote is not None:
            self._remote.end()
        elif self.service.process is not None:
            self.service.process.terminate()  # the keeper, which ends all others

    def quit(self) -> None:
        """End the browser; what it filmed is kept."""
        if self._has_quit:
            return
        self._release()
        try:
            super().quit()
        finally:
            self._has_quit = True
            if self._remote is not None:
                self._remote.end()

    def _release(self) -> None:
        """Film and pin no more."""
        observer, self._observer = self._observer, None
        if observer is not None:
            observer.camera.close()
        pinner, self._pinner = self._pinner, None
        if pinner is not None:
            pinner.close()

    def require_inside(self) -> None:
        """Raise `FenceError` where a window is beyond the fence."""
        if self._gate is not None and self._observer is not None:
            self._gate.look()

    @property
    def observer(self) -> Observer | None:
        """Who films this browser; None when it has ended."""
        return self._observer

    def _send(self, command: str, params: Mapping[str, Any]) -> Any:
        """Send a command of the storyboard; do with an unexpected dialog what it asked for."""
        if command == Command.UPLOAD_FILE:
            return upload(super().execute, params)
        try:
            response = super().execute(command, dict(params))
        except UnexpectedAlertPresentException:
            answer = _ANSWERS.get(self._on_prompt.removesuffix(NOTIFY))
            if answer is None:
                raise
            super().execute(answer)
            if self._on_prompt.endswith(NOTIFY):
                raise
            return super().execute(command, dict(params))
        if command == Command.SWITCH_TO_WINDOW and self._window_pins is not None:
            self._window_pins.pin()
        return response


def _locate(options: Options, programs: Programs) -> None:
    if not options.binary_location:
        options.binary_location = str(programs.browser)


def _first_line(error: WebDriverException) -> str:
    first = (error.msg or "no reason given").partition("\n")[0]
    return first.partition("; For documentation")[0].removesuffix(".")

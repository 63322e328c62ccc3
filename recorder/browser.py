"""The browser: a real Selenium driver for Chromium whose commands are observed."""

from __future__ import annotations

import copy
import os
import sys
import tempfile
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from selenium.common.exceptions import UnexpectedAlertPresentException, WebDriverException
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.chrome.webdriver import WebDriver as Chrome
from selenium.webdriver.remote.command import Command
from urllib3.exceptions import TimeoutError as UnansweredError

from recorder.chromium import INSTALL_HINT, Programs, find_programs
from recorder.download import DownloadFolder
from recorder.errors import BrowserError, TakeError
from recorder.fence import Gate
from recorder.kept_process import End, keeper_command
from recorder.pinning import Pinner, Pins

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from selenium.webdriver.remote.remote_connection import RemoteConnection

    from recorder.fence import Guard
    from recorder.observer import Observer

__all__ = ["FilmedChrome", "plain_settings"]

_FLAGS = (
    "--headless=new",
    "--disable-gpu",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-search-engine-choice-screen",
    "--hide-scrollbars",
    "--force-color-profile=srgb",
    "--font-render-hinting=none",
    # In frames of another origin chromedriver cannot tell roles and names; the page itself can.
    "--enable-blink-features=ComputedAccessibilityInfo",
    # The address bar's suggestions are pages, loaded as the browser starts, that nobody sees here.
    "--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup,WebUIOmniboxFullPopup",
)


_SCRIPT_LIMIT_MS = 30_000
_LOAD_LIMIT_MS = 60_000
_ANSWER_LIMIT_S = 20
"""Longer than any of the recorder's own scripts is waited for."""

_PROXY_FLAGS = ("--proxy-", "--no-proxy-server")
_SAVE_TO = "download.default_directory"

_NOTIFY = " and notify"
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
    _complete(options, programs, pins.flags)
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
    ) -> None:
        self._observer: Observer | None = None
        self._has_quit = False
        self._gate = Gate(guard, self.ask) if guard else None
        self._pinner: Pinner | None = None
        pins = pins or Pins()
        programs = find_programs()
        options = copy.deepcopy(options) if options else Options()
        if guard is not None:
            _refuse_proxy(options)
        _complete(options, programs, [*pins.flags, *(guard.flags if guard else ())])
        self._on_prompt = _prompt_behaviour(options)
        self._script_limit_ms: float = options.timeouts.get("script", _SCRIPT_LIMIT_MS)
        try:
            kept = _KeptService(programs, pins=pins, given=service)
            self.downloads = DownloadFolder(_save_to(options, kept.home / "downloads"))
            super().__init__(options=options, service=kept, keep_alive=keep_alive)
        except WebDriverException as error:
            reason = (error.msg or "no reason given").split("\n")[0]
            raise BrowserError(f"Chromium could not be started: {reason}.", INSTALL_HINT) from error
        if pins.script or pins.locale:
            self._pin(pins)
        self._observer = watch(self)

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
        told = self.capabilities.get("goog:chromeOptions", {})
        try:
            self._pinner = Pinner(told.get("debuggerAddress", ""), pins)
        except BrowserError:
            self.quit()
            raise

    def _abandon(self) -> None:
        """End a browser that does not answer any more."""
        self._release()
        if self.service.process is not None:
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
        try:
            return super().execute(command, dict(params))
        except UnexpectedAlertPresentException:
            answer = _ANSWERS.get(self._on_prompt.removesuffix(_NOTIFY))
            if answer is None:
                raise
            super().execute(answer)
            if self._on_prompt.endswith(_NOTIFY):
                raise
            return super().execute(command, dict(params))


def _refuse_proxy(options: Options) -> None:
    """A proxy of the storyboard's own would lead around the fence."""
    if options.proxy or any(word.startswith(_PROXY_FLAGS) for word in options.arguments):
        raise BrowserError(
            "The storyboard gives its browser a proxy, which would lead around the fence.",
            'Leave the proxy out, or take the fence down: "hosts": ["*"] in the front matter.',
        )


def _save_to(options: Options, folder: Path) -> Path:
    """Have files saved to ``folder`` unless the storyboard says where; returns where they are."""
    given = options.experimental_options.get("prefs", {})
    prefs = {_SAVE_TO: str(folder), **given}
    options.add_experimental_option("prefs", prefs)
    return Path(prefs[_SAVE_TO])


def _prompt_behaviour(options: Options) -> str:
    """What the storyboard wants done with unexpected dialogs; the browser leaves them alone.

    Else the recorder, looking, would dismiss the dialog that it looks for.
    """
    asked = options.unhandled_prompt_behavior or f"dismiss{_NOTIFY}"
    options.unhandled_prompt_behavior = "ignore"
    return str(asked)


def _complete(options: Options, programs: Programs, more: Iterable[str]) -> None:
    """Add what filming needs and leave what the storyboard asked for."""
    if not options.binary_location:
        options.binary_location = str(programs.browser)
    options.timeouts = {"pageLoad": _LOAD_LIMIT_MS} | (options.timeouts or {})
    if options.page_load_strategy == "none":
        options.page_load_strategy = "eager"  # else it is the old page that has settled
    given = {argument.split("=")[0] for argument in options.arguments}
    if "--headless" in options.arguments:
        given.discard("--headless")  # without a value: the old mode, gone from new Chromium
    flags = [*_FLAGS, *more]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        flags.append("--no-sandbox")  # Chromium's sandbox refuses to work for root
    for flag in flags:
        if flag.split("=")[0] not in given:
            options.add_argument(flag)

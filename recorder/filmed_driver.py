"""The filmed driver: what Selenium's drivers have in common whose commands are observed."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING, Any, cast

from selenium.common.exceptions import (
    InvalidArgumentException,
    UnexpectedAlertPresentException,
    WebDriverException,
)
from selenium.webdriver.remote.command import Command
from selenium.webdriver.remote.webdriver import WebDriver as RemoteWebDriver
from urllib3.exceptions import TimeoutError as UnansweredError

from recorder.errors import RecorderError, TakeError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from selenium.webdriver.common.options import ArgOptions
    from selenium.webdriver.remote.remote_connection import RemoteConnection

    from recorder.dialog_watch import DialogWatch
    from recorder.download import DownloadFolder
    from recorder.fence import Gate
    from recorder.inspector import Inspector
    from recorder.observer import Observer

__all__ = ["NOTIFY", "UNANSWERED_HINT", "FilmedDriver", "first_line", "prompt_behaviour"]

UNANSWERED_HINT = (
    "A page that loads itself again and again, or a machine that is too busy, does that."
)

NOTIFY = " and notify"

_SCRIPT_LIMIT_MS = 30_000
_ANSWER_LIMIT_S = 20
"""Longer than any of the recorder's own scripts is waited for."""

_ANSWERS = {"dismiss": Command.W3C_DISMISS_ALERT, "accept": Command.W3C_ACCEPT_ALERT}


class FilmedDriver(RemoteWebDriver):
    """Every command passes by an observer; each kind of browser derives from it and Selenium's own.

    ``actor`` is the key of whose browser it is; empty of nobody's. ``downloads`` is where it saves
    files, where that can be seen.
    """

    actor = ""
    downloads: DownloadFolder | None = None
    _observer: Observer | None = None
    _gate: Gate | None = None
    _has_quit = False
    _on_prompt = f"dismiss{NOTIFY}"
    _script_limit_ms: float = _SCRIPT_LIMIT_MS

    @property
    def inspector(self) -> Inspector:
        """What looks into this browser's pages."""
        raise NotImplementedError

    @property
    def is_here(self) -> bool:
        """Whether the browser runs on this machine."""
        return True

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
        raise NotImplementedError

    def window_addresses(self) -> Iterable[str]:
        """What all windows show. Raises ``WebDriverException`` where nobody can tell now."""
        raise NotImplementedError

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
            self.abandon()
            raise TakeError(
                "The page does not come to rest: the browser gave no answer "
                f"for {_ANSWER_LIMIT_S} seconds.",
                UNANSWERED_HINT,
            ) from error
        finally:
            config.timeout = limit_s
            if patient and self._observer is not None:
                super().execute(Command.SET_TIMEOUTS, {"script": self._script_limit_ms})

    def abandon(self) -> None:
        """End a browser that does not answer any more."""
        self._release()
        self._end()

    def quit(self) -> None:
        """End the browser; what it filmed is kept."""
        if self._has_quit:
            return
        self._release()
        try:
            super().quit()
        finally:
            self._has_quit = True

    def require_inside(self) -> None:
        """Raise `FenceError` where a window is beyond the fence."""
        if self._gate is not None and self._observer is not None:
            self._gate.look()

    @property
    def observer(self) -> Observer | None:
        """Who films this browser; None when it has ended."""
        return self._observer

    def _end(self) -> None:
        """End the driver's process, and so its browser."""
        service = getattr(self, "service", None)
        if service is not None and service.process is not None:
            service.process.terminate()  # the keeper, which ends all others

    def _release(self) -> None:
        """Film no more."""
        observer, self._observer = self._observer, None
        if observer is not None:
            observer.camera.close()

    def _send(self, command: str, params: Mapping[str, Any]) -> Any:
        """Send a command of the storyboard; do with an unexpected dialog what it asked for."""
        try:
            return super().execute(command, dict(params))
        except InvalidArgumentException as error:
            if command == Command.GET:  # else the browser's own words do not say what is wrong
                raise InvalidArgumentException(
                    f"{params.get('url')!r} is no whole address: begin it with base_url, or https://"
                ) from error
            raise
        except UnexpectedAlertPresentException:
            answer = _ANSWERS.get(self._on_prompt.removesuffix(NOTIFY))
            if answer is None:
                raise
            super().execute(answer)
            if self._on_prompt.endswith(NOTIFY):
                raise
            return super().execute(command, dict(params))


def prompt_behaviour(options: ArgOptions) -> str:
    """What the storyboard wants done with unexpected dialogs; the browser leaves them alone.

    Else the recorder, looking, would dismiss the dialog that it looks for.
    """
    asked = options.unhandled_prompt_behavior or f"dismiss{NOTIFY}"
    options.unhandled_prompt_behavior = "ignore"
    return str(asked)


def first_line(error: WebDriverException) -> str:
    """What an error of Selenium's tells, without stack and advice."""
    first = (error.msg or "no reason given").partition("\n")[0]
    return first.partition("; For documentation")[0].removesuffix(".")

"""The log watch: hears of dialogs from the driver's log, where nothing else can be heard."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

from selenium.common.exceptions import WebDriverException

from recorder.dialog_watch import DialogWatch

if TYPE_CHECKING:
    from selenium.webdriver.chrome.options import Options

    from recorder.page_script import Executor

__all__ = ["LogWatch", "ask_for_log"]

_LOG = "performance"
_PAUSE_S = 0.05


def ask_for_log(options: Options) -> None:
    """Have chromedriver keep the events of pages, and nothing else."""
    options.set_capability("goog:loggingPrefs", {_LOG: "ALL"})
    options.add_experimental_option("perfLoggingPrefs", {"enableNetwork": False})


class LogWatch(DialogWatch):
    """Reads the log that chromedriver keeps, by WebDriver; ``execute`` sends commands."""

    def __init__(self, execute: Executor) -> None:
        super().__init__("")
        self._execute = execute

    def listen(self, window: str) -> None:
        """Nothing has to be done: the log is of all windows."""
        self._windows[window] = None

    def catch_up(self, window: str) -> None:
        """What windows have told meanwhile is kept in the log."""

    def close(self) -> None:
        """Read no more."""
        self._windows.clear()

    def _hear(self, window: str, wait_s: float) -> None:
        try:
            entries: list[dict[str, Any]] = self._execute("getLog", {"type": _LOG})
        except WebDriverException:  # a server that keeps none
            self._windows.pop(window)
            return
        for entry in entries:
            told = json.loads(entry["message"])
            self._note(told.get("webview", window), told["message"])
        time.sleep(min(wait_s, _PAUSE_S))

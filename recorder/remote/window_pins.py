"""Pins of each window, by WebDriver: for browsers whose own protocol is out of reach."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from selenium.common.exceptions import WebDriverException
from selenium.webdriver.remote.command import Command

from recorder.page_script import developer_command

if TYPE_CHECKING:
    from recorder.page_script import Executor
    from recorder.pinning import Pins

__all__ = ["WindowPins"]


class WindowPins:
    """Pins a window when it is first looked into; ``execute`` sends commands.

    What a window that a page opens has shown until then is not pinned, nor are frames of other
    sites.
    """

    def __init__(self, execute: Executor, pins: Pins) -> None:
        self._execute = execute
        self._pins = pins
        self._pinned: set[str] = set()
        self.pin()

    def pin(self) -> None:
        """Pin the window that the driver looks into, where it is not yet."""
        window = self._execute(Command.W3C_GET_CURRENT_WINDOW_HANDLE)
        if window in self._pinned:
            return
        self._pinned.add(window)
        zone = self._pins.settings.time_zone
        developer_command(self._execute, "Emulation.setTimezoneOverride", timezoneId=zone)
        if self._pins.locale:
            # Refused where another page of the same process has been told already.
            with contextlib.suppress(WebDriverException):
                locale = self._pins.locale
                developer_command(self._execute, "Emulation.setLocaleOverride", locale=locale)
        if self._pins.script:
            developer_command(
                self._execute,
                "Page.addScriptToEvaluateOnNewDocument",
                source=self._pins.script,
                runImmediately=True,
            )

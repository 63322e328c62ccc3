"""The driver: a real Selenium driver for Firefox whose commands are observed."""

from __future__ import annotations

import copy
from functools import cached_property
from typing import TYPE_CHECKING

from selenium.common.exceptions import WebDriverException
from selenium.webdriver.firefox.options import Options
from selenium.webdriver.firefox.webdriver import WebDriver as Firefox

from recorder.download import DownloadFolder
from recorder.errors import BrowserError
from recorder.fence import Gate
from recorder.filmed_driver import FilmedDriver, first_line, prompt_behaviour
from recorder.firefox.bidi import Bidi
from recorder.firefox.inspector import FirefoxInspector
from recorder.firefox.options import complete, fence_in, pin, refuse_proxy, save_to
from recorder.firefox.program import INSTALL_HINT, find_programs
from recorder.firefox.prompt_watch import PromptWatch
from recorder.kept_service import KeptFirefoxService
from recorder.pinning import Pins
from recorder.stage.place import HOST

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from selenium.webdriver.firefox.service import Service

    from recorder.fence import Guard
    from recorder.observer import Observer

__all__ = ["FilmedFirefox"]

_EVERYBODY = ["default"]
"""BiDi's name for all windows that share cookies, which a browser's windows do."""


class FilmedFirefox(FilmedDriver, Firefox):
    """Selenium's own Firefox driver; every command passes by an observer."""

    def __init__(
        self,
        options: Options | None = None,
        service: Service | None = None,
        keep_alive: bool = True,
        *,
        watch: Callable[[FilmedFirefox], Observer],
        pins: Pins | None = None,
        guard: Guard | None = None,
    ) -> None:
        self._gate = Gate(guard, self.window_addresses) if guard else None
        self._bidi: Bidi | None = None
        pins = pins or Pins()
        options = copy.deepcopy(options) if options else Options()
        if guard is not None:
            refuse_proxy(options)
            fence_in(options, guard, HOST)
        pin(options, pins)
        self._on_prompt = prompt_behaviour(options)
        self._script_limit_ms = (options.timeouts or {}).get("script", self._script_limit_ms)
        self._start(options, given=service, pins=pins, keep_alive=keep_alive)
        try:
            self._pin(pins)
        except WebDriverException as error:
            self.quit()
            told = first_line(error)
            raise BrowserError(f"The browser's pages could not be pinned: {told}.") from error
        self._observer = watch(self)

    def _start(
        self, options: Options, *, given: Service | None, pins: Pins, keep_alive: bool
    ) -> None:
        programs = find_programs()
        if not options.binary_location:
            options.binary_location = str(programs.browser)
        complete(options)
        try:
            kept = KeptFirefoxService(programs.driver, environment=pins.environment, given=given)
            self.downloads = DownloadFolder(save_to(options, kept.home / "downloads"))
            super().__init__(options=options, service=kept, keep_alive=keep_alive)
        except WebDriverException as error:
            raise BrowserError(
                f"Firefox could not be started: {first_line(error)}.", INSTALL_HINT
            ) from error

    @cached_property
    def bidi(self) -> Bidi:
        """The connection beside the driver."""
        self._bidi = Bidi(self.capabilities["webSocketUrl"], self.abandon)
        return self._bidi

    @cached_property
    def inspector(self) -> FirefoxInspector:
        """What looks into this browser's pages."""
        return FirefoxInspector(self.ask, self.bidi)

    def open_dialog_watch(self) -> PromptWatch:
        """What hears of this browser's dialogs."""
        return PromptWatch(self.bidi)

    def window_addresses(self) -> Iterable[str]:
        """What all windows show. Raises ``WebDriverException`` where nobody can tell now."""
        tree = self.bidi.send("browsingContext.getTree", maxDepth=0)
        return [window["url"] for window in tree["contexts"]]

    def _pin(self, pins: Pins) -> None:
        if pins.locale:
            self.bidi.send(
                "emulation.setLocaleOverride", locale=pins.locale, userContexts=_EVERYBODY
            )
        if pins.script:
            self.bidi.send(
                "script.addPreloadScript", functionDeclaration=f"() => {{ {pins.script} }}"
            )

    def _release(self) -> None:
        """Film and look no more."""
        super()._release()
        bidi, self._bidi = self._bidi, None
        if bidi is not None:
            bidi.close()

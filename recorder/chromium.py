"""Chromium and its driver: where this machine has them."""

from __future__ import annotations

import logging
import shutil
from dataclasses import dataclass
from pathlib import Path

from recorder.errors import BrowserError
from recorder.stage import program_path

__all__ = ["INSTALL_HINT", "Programs", "find_programs"]

INSTALL_HINT = (
    "Install it with: apt-get install chromium chromium-driver "
    "(on Ubuntu, macOS and Windows install Google Chrome: Selenium fetches its driver)."
)

_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


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
    return _ask_selenium("Chromium" if not browser else "Chromium's driver (chromedriver)")


def _ask_selenium(missing: str) -> Programs:
    # Selenium takes long to import: who only asks whether all is there does without it.
    from selenium.common.exceptions import (  # noqa: PLC0415
        NoSuchDriverException,
        WebDriverException,
    )
    from selenium.webdriver.chrome.options import Options  # noqa: PLC0415
    from selenium.webdriver.chrome.service import Service  # noqa: PLC0415
    from selenium.webdriver.common.driver_finder import DriverFinder  # noqa: PLC0415

    logging.getLogger("selenium.webdriver.common.selenium_manager").setLevel(logging.ERROR)
    try:
        finder = DriverFinder(Service(), Options())
        return Programs(Path(finder.get_browser_path()), Path(finder.get_driver_path()))
    except (NoSuchDriverException, WebDriverException, OSError) as error:
        raise BrowserError(f"{missing} is not installed.", INSTALL_HINT) from error

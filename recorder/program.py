"""Programs: a browser and its driver, where this machine has them."""

from __future__ import annotations

import logging
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from recorder.errors import BrowserError
from recorder.stage import program_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from selenium.webdriver.common.options import ArgOptions
    from selenium.webdriver.common.service import Service

__all__ = ["Programs", "ask_selenium", "find_program"]


@dataclass(frozen=True)
class Programs:
    """Where a browser and its driver are."""

    browser: Path
    driver: Path


def find_program(names: Iterable[str]) -> str | None:
    """The first of these programs that is on the search path."""
    path = program_path()
    return next((found for name in names if (found := shutil.which(name, path=path))), None)


def ask_selenium(
    settings: Callable[[], tuple[Service, ArgOptions]], missing: str, hint: str
) -> Programs:
    """Have Selenium Manager find, or fetch, the browser of ``settings`` and its driver.

    Raises `BrowserError`, which says that ``missing`` is, and gives the ``hint``.
    """
    # Selenium takes long to import: who only asks whether all is there does without it.
    from selenium.common.exceptions import (  # noqa: PLC0415
        NoSuchDriverException,
        WebDriverException,
    )
    from selenium.webdriver.common.driver_finder import DriverFinder  # noqa: PLC0415

    logging.getLogger("selenium.webdriver.common.selenium_manager").setLevel(logging.ERROR)
    try:
        finder = DriverFinder(*settings())
        return Programs(Path(finder.get_browser_path()), Path(finder.get_driver_path()))
    except (NoSuchDriverException, WebDriverException, OSError) as error:
        raise BrowserError(f"{missing} is not installed.", hint) from error

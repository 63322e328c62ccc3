"""The printer: a browser that nobody films, which prints pages."""

from __future__ import annotations

import base64
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from selenium.common.exceptions import WebDriverException
from selenium.webdriver.chrome.webdriver import WebDriver as Chrome

from recorder.browser import plain_settings
from recorder.errors import BrowserError

__all__ = ["PrintPage", "open_printer"]

_PAPER = {
    "paperWidth": 8.27,  # inches: A4
    "paperHeight": 11.69,
    "printBackground": True,
    "preferCSSPageSize": True,
    "generateTaggedPDF": True,
    "generateDocumentOutline": True,
}


class PrintPage(Protocol):
    """How a page is printed."""

    def __call__(self, html: str, /) -> bytes:
        """The page as PDF: tagged, with an outline of its headings, on A4 unless it says else.

        Raises `BrowserError` where there is no browser, or it does not print.
        """


@contextmanager
def open_printer() -> Iterator[PrintPage]:
    """Start a browser beside the block; give what prints with it, and waits for it if it must."""
    with ThreadPoolExecutor(1) as beside:
        starting = beside.submit(_start)

        def print_page(html: str) -> bytes:
            try:
                return _print(starting.result(), html)
            except WebDriverException as error:
                reason = (error.msg or "no reason given").split("\n")[0]
                raise BrowserError(f"The page could not be printed: {reason}.") from error

        try:
            yield print_page
        finally:
            if starting.exception() is None:
                starting.result().quit()


def _start() -> Chrome:
    options, service = plain_settings()
    return Chrome(options=options, service=service)


def _print(browser: Chrome, html: str) -> bytes:
    with tempfile.TemporaryDirectory(prefix="storycast-print-") as folder:
        page = Path(folder) / "page.html"
        page.write_text(html, encoding="utf-8")
        browser.get(page.as_uri())
        return base64.b64decode(browser.execute_cdp_cmd("Page.printToPDF", _PAPER)["data"])

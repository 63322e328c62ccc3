"""The printer: a browser that nobody films, which prints a page."""

from __future__ import annotations

import base64
import tempfile
from pathlib import Path

from selenium.common.exceptions import WebDriverException
from selenium.webdriver.chrome.webdriver import WebDriver as Chrome

from recorder.browser import plain_settings
from recorder.errors import BrowserError

__all__ = ["print_page"]

_PAPER = {
    "paperWidth": 8.27,  # inches: A4
    "paperHeight": 11.69,
    "printBackground": True,
    "preferCSSPageSize": True,
    "generateTaggedPDF": True,
    "generateDocumentOutline": True,
}


def print_page(html: str) -> bytes:
    """The page ``html`` as PDF: tagged, with an outline of its headings, on A4 unless it says else.

    Raises `BrowserError` where there is no browser, or it does not print.
    """
    options, service = plain_settings()
    with tempfile.TemporaryDirectory(prefix="storycast-print-") as folder:
        page = Path(folder) / "page.html"
        page.write_text(html, encoding="utf-8")
        try:
            with Chrome(options=options, service=service) as browser:
                browser.get(page.as_uri())
                printed = browser.execute_cdp_cmd("Page.printToPDF", _PAPER)
        except WebDriverException as error:
            reason = (error.msg or "no reason given").split("\n")[0]
            raise BrowserError(f"The page could not be printed: {reason}.") from error
    return base64.b64decode(printed["data"])

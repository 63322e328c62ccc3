"""What a notebook's cells call: open a browser that is filmed, point at something, hold still."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from recorder.errors import RecorderError
from recorder.take import ActionKind

if TYPE_CHECKING:
    from selenium.webdriver.remote.webelement import WebElement

    from recorder.attachment import KernelChrome

__all__ = ["highlight", "hold", "open_browser"]


def open_browser(url: str | None = None) -> KernelChrome:
    """Open a browser that is filmed, and in it the stage's address or ``url``.

    Returns a Selenium ``WebDriver`` (Chromium). An earlier browser of the notebook is closed.
    Raises `RecorderError` outside of a notebook, `StageError` where the application does not
    start, `BrowserError` where there is no browser.
    """
    from recorder.attachment import KernelChrome, current_kernel  # noqa: PLC0415 - only notebooks need IPython

    kernel = current_kernel()
    kernel.close_browsers()
    browser = KernelChrome()
    address = url or kernel.address()
    if address:
        browser.get(address)
    return browser


def highlight(element: WebElement, say: str = "") -> None:
    """Point at ``element``, brought into view; ``say`` is spoken meanwhile, after the prose."""
    observer = getattr(element.parent, "observer", None)
    if observer is not None:
        observer.note(ActionKind.HIGHLIGHT, element, say=say)


def hold(seconds: float) -> None:
    """Show the page as it is for ``seconds`` more.

    Raises `RecorderError` where that is no time, or outside of a notebook.
    """
    from recorder.attachment import current_kernel  # noqa: PLC0415

    if not (math.isfinite(seconds) and seconds > 0):
        raise RecorderError(f"A picture cannot be held for {seconds} seconds.")
    observer = current_kernel().session.observer
    if observer is not None:
        observer.note(ActionKind.HOLD, seconds=float(seconds))

"""What a notebook's cells call: open a browser that is filmed, and direct the film."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, cast

from selenium.webdriver.remote.command import Command

from recorder.cast import make_actor
from recorder.errors import RecorderError, nearest
from recorder.file_chooser import FileChooser, require_files
from recorder.front_matter import HighlightStyle
from recorder.movement import Filming
from recorder.pair import Pair
from recorder.take import ActionKind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from selenium.webdriver.remote.webdriver import WebDriver
    from selenium.webdriver.remote.webelement import WebElement

    from recorder.filmed_driver import FilmedDriver
    from recorder.observer import Observer
    from recorder.secrecy import Secret

__all__ = [
    "actor",
    "choose_files",
    "film",
    "highlight",
    "hold",
    "mask",
    "open_browser",
    "secret",
    "side_by_side",
    "zoom",
]


def open_browser(url: str | None = None, *, remote: str = "", browser: str = "") -> FilmedDriver:
    """Open a browser that is filmed, and in it the stage's address or ``url``.

    Returns a Selenium ``WebDriver``. An earlier browser of the notebook is closed. ``browser`` is
    "chromium" or "firefox" (as the front matter says, if not given), ``remote`` the address of the
    WebDriver server to get it of; so are all that follow.
    Raises `RecorderError` outside of a notebook, `StageError` where the application does not
    start, `BrowserError` where there is no browser.
    """
    from recorder.attachment import current_kernel, open_filmed  # noqa: PLC0415 - only notebooks need IPython

    kernel = current_kernel()
    kernel.close_browsers("")
    if remote:
        kernel.use_remote(remote)
    kernel.browser = browser or kernel.browser
    driver = open_filmed()
    address = url or kernel.address()
    if address:
        driver.get(address)
    return driver


def actor(key: str, url: str | None = None, *, name: str = "", colour: str = "") -> FilmedDriver:
    """Open a browser of the actor ``key``, with cookies and storage of its own, as `open_browser`.

    ``name`` is what readers read (``key``, if not given), ``colour`` that of the actor's pointer
    (``#rrggbb``; the look's, if not given); the front matter may say otherwise. Raises
    `RecorderError` where there is an actor of this key already, and what `open_browser` raises.
    """
    from recorder.attachment import current_kernel, open_filmed  # noqa: PLC0415 - as above

    kernel = current_kernel()
    session = kernel.session
    player = make_actor(key, name, colour)
    session.cast.require_new(key, session.cell, session.run)
    kernel.close_browsers(key)
    browser = open_filmed(key)
    session.cast.admit(player, browser, session.cell, session.run)
    address = url or kernel.address()
    if address:
        browser.get(address)
    return browser


@contextmanager
def side_by_side(left: WebDriver, right: WebDriver) -> Iterator[None]:
    """Show two actors' browsers beside each other, as long as the block lasts.

    What is done in either is pointed out in its half; the other is seen as it changes. Raises
    `RecorderError` where they are not two browsers that are open, or one shows no page yet.
    """
    one, other = (getattr(driver, "observer", None) for driver in (left, right))
    if one is None or other is None or one is other:
        raise RecorderError(
            "side_by_side() needs two different browsers that are open.",
            "Give it what actor() gave for each: side_by_side(kevin, lawrence).",
        )
    from recorder.attachment import current_kernel  # noqa: PLC0415 - as above

    with current_kernel().session.side_by_side(Pair(one, other)):
        yield


def secret(name: str) -> Secret:
    """The secret of this name: a text that can be typed, or be part of an address.

    It is read from the environment's variable of this name, or else from the keyring (under
    ``storycast``), or else from the file of this name in the folder that the variable
    ``STORYCAST_SECRETS`` names. It appears nowhere in what is filmed and written.

    Raises `SecretError` where it is not set or not kept as a secret, `RecorderError` outside of a
    notebook.
    """
    from recorder.attachment import current_kernel  # noqa: PLC0415

    return current_kernel().know(name)


def mask(hidden: WebElement | str | Iterable[WebElement | str]) -> None:
    """Let nobody see ``hidden`` from now on: a box lies over it in every picture.

    It is an element, a regular expression of text, or several of them. Raises `RecorderError` for a
    pattern that is none, or outside of a notebook.
    """
    from recorder.attachment import current_kernel  # noqa: PLC0415

    kernel = current_kernel()
    if isinstance(hidden, str):
        try:
            kernel.hide(lambda secrets: secrets.add_pattern(hidden))
        except re.error as error:
            raise RecorderError(f"{hidden!r} is no regular expression: {error}.") from error
    elif isinstance(hidden, Iterable):
        for each in hidden:
            mask(each)
    else:
        observer = getattr(hidden.parent, "observer", None)
        if observer is not None:
            observer.hide(hidden)


@contextmanager
def choose_files(browser: WebDriver, *paths: str | Path) -> Iterator[None]:
    """Choose the files at ``paths`` in the browser's own dialog, which is opened in the block.

    It is for buttons that open such a dialog; to a field for files that can be found,
    ``send_keys`` sends them. Raises `RecorderError` where a file is missing, no dialog opens or it
    does not take them, and where the browser is closed or on another machine.
    """
    observer = getattr(browser, "observer", None)
    if observer is None:
        raise RecorderError(
            "choose_files() is given a browser that is open, and then the files.",
            "Give it what open_browser() or actor() gave.",
        )
    files = require_files(paths)
    debugger = getattr(browser, "debugger", "")
    if not debugger:
        raise RecorderError(
            "Dialogs for files can be answered in Chromium on this machine alone.",
            "Where the field for files can be found, send_keys() sends them.",
        )
    window = cast("FilmedDriver", browser).ask(Command.W3C_GET_CURRENT_WINDOW_HANDLE)
    chooser = FileChooser(debugger, window, files)
    with observer.choosing(chooser):
        yield


def highlight(element: WebElement, say: str = "", style: str = "") -> None:
    """Point at ``element``, brought into view; ``say`` is spoken meanwhile, after the prose.

    ``style`` is how: ``ring``, ``spotlight``, ``arrow``, ``number`` or ``none``; without it as the
    front matter says. Raises `RecorderError` for another.
    """
    styles = [known.value for known in HighlightStyle]
    if style and style not in styles:
        raise RecorderError(f"The highlight style {style!r} is unknown.", nearest(style, styles))
    observer = getattr(element.parent, "observer", None)
    if observer is not None:
        observer.note(ActionKind.HIGHLIGHT, element, say=say, style=str(style))


def zoom(element: WebElement | None = None) -> None:
    """Go near ``element``, brought into view; without one, back to the whole page.

    Raises `RecorderError` outside of a notebook.
    """
    observer = getattr(element.parent, "observer", None) if element else _current_observer()
    if observer is not None:
        observer.note(ActionKind.ZOOM, element)


@contextmanager
def film(seconds: float | None = None) -> Iterator[None]:
    """Film what moves by itself after each action in the block, frame by frame.

    Each is filmed until its movement ends, for 5 seconds at most; what never ends (a spinner) holds
    still. With ``seconds`` all is filmed for that long at most. Highlights and holds count as
    actions. Raises `RecorderError` where that is no time, or outside of a notebook.
    """
    if seconds is not None and not (math.isfinite(seconds) and seconds > 0):
        raise RecorderError(f"A movement cannot be filmed for {seconds} seconds.")
    from recorder.attachment import current_kernel  # noqa: PLC0415 - as above

    with ExitStack() as stack:
        for driver in current_kernel().drivers:
            if driver.observer is not None:
                stack.enter_context(driver.observer.film(Filming(seconds)))
        yield


def hold(seconds: float) -> None:
    """Show the page as it is for ``seconds`` more.

    Raises `RecorderError` where that is no time, or outside of a notebook.
    """
    if not (math.isfinite(seconds) and seconds > 0):
        raise RecorderError(f"A picture cannot be held for {seconds} seconds.")
    observer = _current_observer()
    if observer is not None:
        observer.note(ActionKind.HOLD, seconds=float(seconds))


def _current_observer() -> Observer | None:
    from recorder.attachment import current_kernel  # noqa: PLC0415

    return current_kernel().session.observer

"""A failure: where and why a take ended before its storyboard did, as it stands on disk."""

from __future__ import annotations

import contextlib
import re
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict
from selenium.common.exceptions import (
    ElementClickInterceptedException,
    ElementNotInteractableException,
    JavascriptException,
    NoSuchElementException,
    StaleElementReferenceException,
    TimeoutException,
    UnexpectedAlertPresentException,
    WebDriverException,
)
from urllib3.exceptions import HTTPError

from recorder.errors import UNREACHABLE_HINT, RecorderError, TakeError

if TYPE_CHECKING:
    from recorder.observer import Observer

__all__ = ["FILE", "PICTURE", "Explanation", "Failure", "explain", "read_failure", "tell_whose"]

FILE = "failure.json"
PICTURE = "failure.png"

_CAUSES: tuple[tuple[type[WebDriverException], str], ...] = (
    (NoSuchElementException, "no element matches {locator}"),
    (ElementClickInterceptedException, "another element lies over {locator}"),
    (ElementNotInteractableException, "{locator} cannot be used: it is hidden or has no size"),
    (UnexpectedAlertPresentException, "a dialog is open that the storyboard does not answer"),
    (StaleElementReferenceException, "{locator} is no longer on the page"),
)
_MEMORY = "Film it again; a {} by itself often finds too little memory."
_ENDED = _MEMORY.format("browser that ends")
# What chromedriver says only in words; why, and what to do.
_MESSAGES = (
    (re.compile(r"net::\w+"), "the address cannot be reached ({})", UNREACHABLE_HINT),
    (
        re.compile("tab crashed"),
        "the page crashed and took its tab with it ({})",
        _MEMORY.format("page that crashes"),
    ),
    (
        re.compile("^(?:disconnected|session deleted|invalid session id)"),
        "the browser has ended",
        _ENDED,
    ),
    (re.compile("File not found ?: ?(.+)"), "there is no file {} that could be uploaded", ""),
)


class Explanation(NamedTuple):
    """Why a cell failed, in words that end a sentence, and what to do, as a sentence or ""."""

    reason: str
    hint: str = ""


class Failure(BaseModel):
    """Where a take ended: cell (0 is the first), line of the cell, last locator, reason.

    ``hint`` says what to do, where that is known; else it is "".
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: Literal[1] = 1
    cell: int | None
    line: int | None
    locator: str
    reason: str
    hint: str = ""
    picture: bool

    @property
    def place(self) -> str:
        """The cell and line, counted as people do: from 1."""
        if self.cell is None:
            return "a cell that is not in the storyboard"
        return f"cell {self.cell + 1}" + (f", line {self.line}" if self.line else "")


def read_failure(folder: Path) -> Failure | None:
    """The failure of the take in ``folder``, if it has one."""
    path = folder / FILE
    return Failure.model_validate_json(path.read_bytes()) if path.exists() else None


def tell_whose(observer: Observer) -> str:
    """In whose browser a cell failed and what that shows, as the end of a sentence; "" of nobody's.

    A page that asks for a password tells that the actor was signed out.
    """
    if not observer.actor:
        return ""
    shown = ""
    with contextlib.suppress(WebDriverException, TakeError, HTTPError):
        moment = observer.camera.last
        if moment is not None:
            shown = f", which shows {moment.address or '/'}"
        if observer.camera.ask_page("sign_in"):
            shown += f"; there {observer.actor} is asked to sign in"
    return f", in the browser of {observer.actor}{shown}"


def explain(error: BaseException, locator: str) -> Explanation:
    """Why a cell failed, and what to do; ``locator`` is the one used last."""
    named = locator or "the element"
    for kind, cause in _CAUSES:
        if isinstance(error, kind):
            return Explanation(cause.format(locator=named))
    if isinstance(error, RecorderError):
        return Explanation(error.message.removesuffix("."), error.hint)
    told_by = error.msg if isinstance(error, WebDriverException) else str(error)
    first = (told_by or "").strip().split("\n")[0]
    if isinstance(error, TimeoutException):
        told = f": {first.removesuffix('.')}" if first else ""
        what = f" ({locator})" if locator else ""
        return Explanation(f"what it waited for{what} did not come in time{told}")
    if isinstance(error, HTTPError):
        return Explanation("the browser has ended (its driver gives no answer)", _ENDED)
    tells = isinstance(error, WebDriverException) and not isinstance(error, JavascriptException)
    for pattern, cause, hint in _MESSAGES if tells else ():
        if found := pattern.search(first):
            return Explanation(cause.format(*found.groups() or [found[0]]), hint)
    said = f": {first}".removesuffix(".") if first else ""
    return Explanation(f"{type(error).__name__}{said}")

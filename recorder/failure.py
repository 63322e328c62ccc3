"""A failure: where and why a take ended before its storyboard did, as it stands on disk."""

from __future__ import annotations

import contextlib
import re
from pathlib import Path
from typing import TYPE_CHECKING, Literal

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

from recorder.errors import RecorderError, TakeError

if TYPE_CHECKING:
    from recorder.observer import Observer

__all__ = ["FILE", "PICTURE", "Failure", "explain", "read_failure", "tell_whose"]

FILE = "failure.json"
PICTURE = "failure.png"

_CAUSES: tuple[tuple[type[WebDriverException], str], ...] = (
    (NoSuchElementException, "no element matches {locator}"),
    (ElementClickInterceptedException, "another element lies over {locator}"),
    (ElementNotInteractableException, "{locator} cannot be used: it is hidden or has no size"),
    (UnexpectedAlertPresentException, "a dialog is open that the storyboard does not answer"),
    (StaleElementReferenceException, "{locator} is no longer on the page"),
)
# What chromedriver says only in words.
_MESSAGES = (
    (re.compile(r"net::\w+"), "the address cannot be reached ({})"),
    (re.compile("tab crashed"), "the page crashed and took its tab with it ({})"),
    (re.compile("^(?:disconnected|session deleted|invalid session id)"), "the browser has ended"),
    (re.compile("File not found ?: ?(.+)"), "there is no file {} that could be uploaded"),
)
_ADVICE = (
    (
        re.compile("the browser has ended"),
        "Film it again; a browser that ends by itself often finds too little memory.",
    ),
    (
        re.compile("the page crashed"),
        "Film it again; a page that crashes by itself often finds too little memory.",
    ),
    (
        re.compile(r"(the address|\w+://\S+) cannot be reached"),
        "Film it again once something answers there.",
    ),
)


class Failure(BaseModel):
    """Where a take ended: cell (0 is the first), line of the cell, last locator, reason."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: Literal[1] = 1
    cell: int | None
    line: int | None
    locator: str
    reason: str
    picture: bool

    @property
    def advice(self) -> str:
        """What to do, where the reason is none of the storyboard's own; else ""."""
        return next((advice for cause, advice in _ADVICE if cause.match(self.reason)), "")

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


def explain(error: BaseException, locator: str) -> str:
    """Why a cell failed, in words that end a sentence; ``locator`` is the one used last."""
    named = locator or "the element"
    for kind, cause in _CAUSES:
        if isinstance(error, kind):
            return cause.format(locator=named)
    if isinstance(error, RecorderError):
        return error.message.removesuffix(".")
    told_by = error.msg if isinstance(error, WebDriverException) else str(error)
    first = (told_by or "").strip().split("\n")[0]
    if isinstance(error, TimeoutException):
        told = f": {first.removesuffix('.')}" if first else ""
        what = f" ({locator})" if locator else ""
        return f"what it waited for{what} did not come in time{told}"
    if isinstance(error, HTTPError):
        return "the browser has ended (its driver gives no answer)"
    tells = isinstance(error, WebDriverException) and not isinstance(error, JavascriptException)
    for pattern, cause in _MESSAGES if tells else ():
        if found := pattern.search(first):
            return cause.format(*found.groups() or [found[0]])
    return f"{type(error).__name__}: {first}".removesuffix(".") if first else type(error).__name__

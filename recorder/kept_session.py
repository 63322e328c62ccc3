"""Kept sessions: a browser's cookies and storage, from one take to the next."""

from __future__ import annotations

import hashlib
import os
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, ValidationError
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.remote.command import Command

from recorder.errors import RecorderError, TakeError
from recorder.page_script import script_call
from recorder.stage.program import cache_folder

if TYPE_CHECKING:
    from recorder.filmed_driver import FilmedDriver

__all__ = ["forget_session", "keep_session", "restore_session", "session_file"]

_COOKIE = ("name", "value", "domain", "path", "secure", "httpOnly", "sameSite", "expires")
"""What is kept of a cookie: what the browser takes back."""

_LOOKS = 4
"""How often a page is looked at that is left meanwhile: each redirect is one."""


class _Session(BaseModel):
    """What makes a server know a browser again.

    ``cookies`` are as the DevTools protocol tells them. ``local`` and ``session`` are the storages
    of ``origin``, which is empty where that is the stage's: that has another port each time.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    cookies: tuple[dict[str, Any], ...] = ()
    origin: str = ""
    local: dict[str, str] = {}
    session: dict[str, str] = {}


def session_file(board: Path, actor: str, base_url: str) -> Path:
    """Where the session is kept of an ``actor`` of the storyboard ``board`` at a stage's host."""
    told = (str(board.resolve()), actor, urlsplit(base_url).hostname or "")
    name = hashlib.sha256(repr(told).encode()).hexdigest()[:32]
    return cache_folder() / "sessions" / f"{name}.json"


def keep_session(driver: FilmedDriver, path: Path, base_url: str) -> None:
    """Keep what ``driver`` has now at ``path``, which only this user may read."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, draft = tempfile.mkstemp(dir=path.parent)  # which nobody else may read
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(_read(driver, base_url).model_dump_json())
        Path(draft).replace(path)
    finally:
        Path(draft).unlink(missing_ok=True)


def restore_session(driver: FilmedDriver, path: Path, base_url: str) -> bool:
    """Give ``driver`` what is kept at ``path``, and load its page again with that.

    False where nothing is kept that has not run out.
    """
    try:
        kept = _Session.model_validate_json(path.read_bytes())
    except (OSError, ValidationError):  # a damaged one is none
        return False
    now = time.time()
    cookies = [each for each in kept.cookies if each.get("expires", now + 1) > now]
    if not (cookies or kept.local or kept.session):
        return False
    driver.inspector.set_cookies(cookies)
    _load(driver, kept, base_url)
    return True


def forget_session(path: Path) -> None:
    """Keep nothing any more."""
    path.unlink(missing_ok=True)


def _read(driver: FilmedDriver, base_url: str) -> _Session:
    filmed = driver.observer is not None
    for looks in range(1, _LOOKS + 1):
        try:
            if driver.observer is not None:
                driver.observer.camera.rest()  # what is kept may come with the page that is loaded
            found = driver.inspector.cookies()
            page = driver.inspector.run("storage")
            break
        except (WebDriverException, TakeError) as error:  # it was left meanwhile, or is none
            if filmed and driver.observer is None:  # the browser gave no answer, and was ended
                raise
            if looks == _LOOKS:
                raise RecorderError(
                    "The browser's session cannot be kept: its page cannot be looked at.",
                    "Let the block of off_camera() end on a page of the application.",
                ) from error
    return _Session(
        cookies=tuple(_cookie(cookie) for cookie in found),
        origin="" if page["origin"] == _origin(base_url) else page["origin"],
        local=page["local"],
        session=page["session"],
    )


def _cookie(cookie: dict[str, Any]) -> dict[str, Any]:
    kept = {name: cookie[name] for name in _COOKIE if name in cookie}
    if cookie.get("session"):  # it has no end that could be told
        kept.pop("expires", None)
    return kept


def _load(driver: FilmedDriver, kept: _Session, base_url: str) -> None:
    """Load the page again; its storages are filled before its own scripts run."""
    script = script_call("store", kept.origin or _origin(base_url), kept.local, kept.session)
    with driver.inspector.preloading(script):
        address = driver.ask(Command.GET_CURRENT_URL)
        driver.get(address if address.startswith("http") else base_url)


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from selenium.common.exceptions import (
    ElementClickInterceptedException,
    ElementNotInteractableException,
    InvalidArgumentException,
    JavascriptException,
    NoSuchElementException,
    StaleElementReferenceException,
    TimeoutException,
    UnexpectedAlertPresentException,
    WebDriverException,
)
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait
from urllib3.exceptions import HTTPError

from recorder import TakeError
from recorder.failure import Failure, explain, read_failure
from recorder.filmed_driver import FilmedDriver

from .conftest import Reel


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (NoSuchElementException("long"), "no element matches id=x"),
        (ElementClickInterceptedException("long"), "another element lies over id=x"),
        (ElementNotInteractableException(""), "id=x cannot be used: it is hidden or has no size"),
        (StaleElementReferenceException(""), "id=x is no longer on the page"),
        (TimeoutException(""), "what it waited for (id=x) did not come in time"),
        (
            TimeoutException("No button."),
            "what it waited for (id=x) did not come in time: No button",
        ),
        (
            UnexpectedAlertPresentException("long"),
            "a dialog is open that the storyboard does not answer",
        ),
        (
            WebDriverException("unknown error: net::ERR_NAME_NOT_RESOLVED\n  (Session info)"),
            "the address cannot be reached (net::ERR_NAME_NOT_RESOLVED)",
        ),
        (
            WebDriverException("tab crashed"),
            "the page crashed and took its tab with it (tab crashed)",
        ),
        (
            InvalidArgumentException("invalid argument: File not found : /a/report.pdf"),
            "there is no file /a/report.pdf that could be uploaded",
        ),
        (AssertionError("1 is not 2\nmore"), "AssertionError: 1 is not 2"),
        (
            AssertionError("the sensor is disconnected from the panel"),
            "AssertionError: the sensor is disconnected from the panel",
        ),
        (
            JavascriptException("javascript error: disconnected by its peer"),
            "JavascriptException: javascript error: disconnected by its peer",
        ),
        (WebDriverException("disconnected: not connected to DevTools"), "the browser has ended"),
        (KeyError(), "KeyError"),
        (TakeError("The page is gone."), "The page is gone"),
    ],
)
def test_reason_ends_a_sentence(error: BaseException, reason: str) -> None:
    assert explain(error, "id=x").reason == reason


@pytest.mark.parametrize(
    ("page", "does", "reason"),
    [
        (
            "form.html",
            lambda browser: WebDriverWait(browser, 0.2).until(
                lambda given: given.execute_script("return false")
            ),
            "what it waited for (id=x) did not come in time",
        ),
        (
            "form.html",
            lambda browser: browser.get("http://127.0.0.1:39/"),
            "the address cannot be reached (net::ERR_CONNECTION_REFUSED)",
        ),
        (
            "form.html",
            lambda browser: browser.get("/form.html"),
            "InvalidArgumentException: '/form.html' is no whole address: begin it with base_url, "
            "or https://",
        ),
        (
            "replaced.html",
            lambda browser: browser.find_element(By.ID, "covered").click(),
            "another element lies over id=x",
        ),
    ],
    ids=["wait", "address", "path", "covered"],
)
def test_what_a_real_browser_says_is_understood(
    reel: Reel, page: str, does: Callable[[FilmedDriver], object], reason: str
) -> None:
    browser = reel.open(page)
    with pytest.raises(WebDriverException) as caught:
        does(browser)
    assert explain(caught.value, "id=x").reason == reason


def test_place_is_counted_as_people_do() -> None:
    failure = Failure(cell=2, line=3, locator="", reason="", picture=False)
    assert failure.place == "cell 3, line 3"
    assert failure.model_copy(update={"line": None}).place == "cell 3"
    assert "not in the storyboard" in failure.model_copy(update={"cell": None}).place


@pytest.mark.parametrize(
    ("error", "hint"),
    [
        (WebDriverException("invalid session id"), "too little memory"),
        (WebDriverException("tab crashed"), "too little memory"),
        (WebDriverException("net::ERR_CONNECTION_REFUSED"), "once something answers there"),
        (HTTPError("closed"), "too little memory"),
        (TakeError("The page is gone.", "Film it again."), "Film it again."),
        (NoSuchElementException("long"), ""),
    ],
)
def test_hint_says_what_to_do(error: BaseException, hint: str) -> None:
    told = explain(error, "id=x").hint
    assert hint in told
    assert bool(hint) == bool(told)


def test_picture_is_named_after_what_to_do() -> None:
    shown = TakeError("It failed.", "Film it again.", Path("old.png"))
    shown.show(Path("new.png"))
    assert shown.hint == "Film it again. What the page showed then: new.png"
    assert TakeError("No.", picture=Path("a.png")).hint == "What the page showed then: a.png"


def test_folder_without_a_failure_has_none(tmp_path: Path) -> None:
    assert read_failure(tmp_path) is None

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select, WebDriverWait

from tests.storycast.guide.press import make_film, publish
from tests.storycast.sample import Sample

_FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_CAPTIONS = """
const track = document.querySelector("track[kind=captions]");
return track.readyState === 2 && track.track.mode === "showing" && track.track.cues[0].text;
"""
_FILM = "const film = document.querySelector('video'); return film.currentTime"


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[webdriver.Chrome]:
    """A Chromium of its own, which keeps what it logs."""
    options = webdriver.ChromeOptions()
    for flag in (*_FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    chrome = webdriver.Chrome(options, webdriver.ChromeService(shutil.which("chromedriver")))
    yield chrome
    chrome.quit()


def _open(
    browser: webdriver.Chrome,
    page: Path,
    width: int = 1280,
    *,
    theme: str = "light",
    media: str = "",
) -> None:
    """Open the page where nothing moves by itself: a click must meet what it aims at."""
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": False},
    )
    wishes = {"prefers-color-scheme": theme, "prefers-reduced-motion": "reduce"}
    features = [{"name": name, "value": value} for name, value in wishes.items()]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": media, "features": features})
    browser.get(page.as_uri())


def _wait(browser: webdriver.Chrome, script: str) -> object:
    return WebDriverWait(browser, 20).until(lambda _: browser.execute_script(script))


def _complaints(browser: webdriver.Chrome) -> list[object]:
    return list(browser.get_log("browser"))  # type: ignore[no-untyped-call]  # Selenium's


def test_page_opens_from_a_file_without_a_complaint(
    browser: webdriver.Chrome, published: Path
) -> None:
    _complaints(browser)
    _open(browser, published / "guide.html")
    assert _wait(browser, "return document.querySelector('video').readyState >= 1")
    assert _complaints(browser) == []


def test_captions_load_from_a_file(browser: webdriver.Chrome, published: Path) -> None:
    _open(browser, published / "guide.html")
    assert _wait(browser, _CAPTIONS) == "Open the task list in your browser."


@pytest.mark.parametrize("place", ["#step-3 .play", ".chapters li:last-child li:last-child a"])
def test_click_plays_the_film_from_that_step(
    browser: webdriver.Chrome, published: Path, place: str
) -> None:
    _open(browser, published / "guide.html")
    browser.find_element(By.CSS_SELECTOR, place).click()
    assert _wait(browser, f"{_FILM} >= 9 && !film.paused")
    assert _wait(browser, "return document.querySelector('#step-3 .play[aria-current]') !== null")


def test_transcript_seeks_the_film(browser: webdriver.Chrome, published: Path) -> None:
    _open(browser, published / "guide.html")
    browser.find_elements(By.CSS_SELECTOR, ".transcript .clock")[2].click()
    assert _wait(browser, f"{_FILM} >= 5.3")


def test_film_that_plays_out_of_sight_is_docked_until_closed(
    browser: webdriver.Chrome, published: Path
) -> None:
    _open(browser, published / "guide.html")
    browser.find_element(By.CSS_SELECTOR, "#step-3 .play").click()
    assert _wait(browser, "return document.documentElement.classList.contains('docked')")
    browser.find_element(By.CSS_SELECTOR, ".undock").click()
    assert _wait(browser, "return !document.documentElement.classList.contains('docked')")
    assert browser.execute_script("return document.querySelector('video').paused")


def test_picture_is_shown_in_full_size_and_closed_by_escape(
    browser: webdriver.Chrome, published: Path
) -> None:
    _open(browser, published / "guide.html", width=390)
    link = browser.find_element(By.CSS_SELECTOR, "#step-2 .enlarge")
    link.send_keys(Keys.ENTER)
    large = browser.find_element(By.CSS_SELECTOR, ".large img")
    assert large.size["width"] == 1280
    browser.switch_to.active_element.send_keys(Keys.ESCAPE)
    assert _wait(browser, "return !document.querySelector('.large').open")
    assert browser.switch_to.active_element == link


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 390, 1280])
def test_page_never_scrolls_sideways(
    browser: webdriver.Chrome, published: Path, width: int, theme: str
) -> None:
    _open(browser, published / "guide.html", width, theme=theme)
    assert browser.execute_script("return document.documentElement.scrollWidth") <= width
    wide = "return [...document.querySelectorAll('main *:not(.crop img)')].filter(element =>"
    wide += " !element.closest('.hidden') && element.getBoundingClientRect().right > innerWidth)"
    assert browser.execute_script(f"{wide}.map(element => element.outerHTML.slice(0, 80))") == []


def test_missing_film_is_told_and_everything_else_stays(
    browser: webdriver.Chrome, sample: Sample, tmp_path: Path
) -> None:
    publish(sample, tmp_path)
    _open(browser, tmp_path / "guide.html")
    missing = browser.find_element(By.CSS_SELECTOR, ".missing")
    assert WebDriverWait(browser, 20).until(lambda _: missing.is_displayed())
    assert "film.mp4" in missing.text
    assert not browser.find_element(By.CSS_SELECTOR, "video").is_displayed()
    assert browser.find_element(By.CSS_SELECTOR, "#step-3 img").is_displayed()


def test_embedded_film_plays(browser: webdriver.Chrome, sample: Sample, tmp_path: Path) -> None:
    make_film(tmp_path / "film.mp4")
    page = publish(sample, tmp_path, embed_film=True)[0]
    (tmp_path / "film.mp4").unlink()
    _open(browser, page)
    browser.find_element(By.CSS_SELECTOR, "#step-3 .play").click()
    assert _wait(browser, f"{_FILM} >= 9")


def test_copy_tells_that_it_is_done(browser: webdriver.Chrome, published: Path) -> None:
    browser.execute_cdp_cmd(
        "Browser.grantPermissions", {"permissions": ["clipboardSanitizedWrite"]}
    )
    _open(browser, published / "guide.html")
    browser.find_element(By.CSS_SELECTOR, "#step-2 .copy").click()
    assert _wait(browser, "return document.querySelector('#news').textContent") == "Copied"


def test_everything_can_be_read_without_script(browser: webdriver.Chrome, published: Path) -> None:
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        _open(browser, published / "guide.html")
        for place in ("#step-2 .prose", "#step-2 code", "#step-3 img", "video", ".transcript ol"):
            assert browser.find_element(By.CSS_SELECTOR, place).is_displayed()
        for place in (".missing", ".copy", ".large", ".undock"):
            assert not browser.find_element(By.CSS_SELECTOR, place).is_displayed()
    finally:
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


def test_step_is_never_split_on_paper(browser: webdriver.Chrome, published: Path) -> None:
    _open(browser, published / "guide.html", media="print")
    for place in ("video", ".play", ".copy", ".skip", ".transcript"):
        assert not browser.find_element(By.CSS_SELECTOR, place).is_displayed()
    step = browser.find_element(By.CSS_SELECTOR, "#step-2")
    assert step.value_of_css_property("break-inside") == "avoid"


def test_film_marks_the_step_that_it_shows(browser: webdriver.Chrome, published: Path) -> None:
    _open(browser, published / "guide.html")
    browser.find_element(By.CSS_SELECTOR, "#step-3 .play").click()
    assert _wait(browser, "return document.querySelector('#step-3[aria-current=step]') !== null")
    current = browser.find_elements(By.CSS_SELECTOR, ".contents [aria-current=step]")
    assert [str(each.get_attribute("href")).split("#")[1] for each in current] == ["step-3"]
    assert _wait(browser, "return document.querySelector('.transcript [aria-current]') !== null")


def test_speed_is_remembered(browser: webdriver.Chrome, published: Path) -> None:
    _open(browser, published / "guide.html")
    Select(browser.find_element(By.ID, "speed")).select_by_value("1.5")
    rate = "return document.querySelector('video').playbackRate"
    assert browser.execute_script(rate) == 1.5
    browser.refresh()
    assert browser.execute_script(rate) == 1.5
    browser.execute_script("localStorage.clear()")


def test_ticks_are_remembered_until_all_begins_anew(
    browser: webdriver.Chrome, published: Path
) -> None:
    _open(browser, published / "guide.html")
    browser.find_element(By.CSS_SELECTOR, "#step-2 .tick input").send_keys(Keys.SPACE)
    told = browser.find_element(By.ID, "progress")
    assert told.text == "1 of 3 done"
    browser.refresh()
    assert browser.find_element(By.ID, "progress").text == "1 of 3 done"
    boxes = browser.find_elements(By.CSS_SELECTOR, ".tick input")
    assert [box.is_selected() for box in boxes] == [False, True, False]
    browser.find_element(By.CSS_SELECTOR, ".reset").click()
    assert browser.find_element(By.ID, "progress").text == "0 of 3 done"
    browser.refresh()
    assert browser.find_element(By.ID, "progress").text == "0 of 3 done"


def test_ticks_work_where_nothing_may_be_remembered(
    browser: webdriver.Chrome, published: Path
) -> None:
    refuse = "Object.defineProperty(window, 'localStorage', { get() { throw new Error('no'); } })"
    added = browser.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": refuse})
    try:
        _open(browser, published / "guide.html")
        browser.find_element(By.CSS_SELECTOR, "#step-2 .tick input").click()
        assert browser.find_element(By.ID, "progress").text == "1 of 3 done"
        assert browser.find_element(By.ID, "speed").is_displayed()
    finally:
        browser.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", added)


def test_everything_is_reached_by_keyboard_and_nothing_holds_it(
    browser: webdriver.Chrome, published: Path
) -> None:
    _open(browser, published / "guide.html")
    seen = []
    for _ in range(80):
        browser.switch_to.active_element.send_keys(Keys.TAB)
        seen.append(
            browser.execute_script(
                "const at = document.activeElement;"
                "return at.className || at.id || at.type || at.localName"
            )
        )
    assert seen[0] == "skip"
    assert {"play", "enlarge", "copy", "checkbox", "speed", "clock"} <= set(seen)
    assert seen.count("skip") > 1 or "body" in seen  # round and round

"""A storyboard is filmed with Firefox where it, or who films it, says so."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from recorder import Take, TakeError, read_storyboard, record
from recorder.browser_choice import BROWSER_VARIABLE, choose_browser
from recorder.errors import BrowserError
from recorder.fence import read_blocked
from recorder.front_matter import BrowserKind

from ..test_recording import OPEN

Seeded = Callable[..., Path]


def _film(path: Path, folder: Path) -> Take:
    return record(read_storyboard(path), folder=folder / "take")


def test_take_tells_its_browser_and_pages_are_pinned_and_fenced(
    seeded: Seeded, tmp_path: Path
) -> None:
    """Colours, language, time zone and clock are the pins'; other hosts are blocked and named."""
    pins = {
        "color_scheme": "dark", "locale": "de", "time_zone": "Asia/Tokyo",
        "clock": "2020-05-04T09:30:00", "random": 7,
    }  # fmt: skip
    # Firefox runs a driver's scripts beside the page's: they have a clock of their own.
    told = (
        "browser.execute_script(\"const own = document.createElement('script'); own.text = "
        "'document.title = [new Date().getFullYear(), navigator.language,"
        " Intl.DateTimeFormat().resolvedOptions().timeZone,"
        " matchMedia(`(prefers-color-scheme: dark)`).matches, new Date().getHours()].join()';"
        ' document.head.append(own)")'
    )
    opening = OPEN + "browser = open_browser()\nbrowser.get(base_url + '/beyond.html')"
    waits = "import time\ntime.sleep(1.5)"
    take = _film(
        seeded("# Open it.", f"{opening}\n{waits}", "# Tell.", told, browser="firefox", pins=pins),
        tmp_path,
    )
    assert take.browser.name == "firefox"
    assert take.steps[-1].end is not None
    assert take.steps[-1].end.title == "2020,de,Asia/Tokyo,true,9"
    assert read_blocked(tmp_path / "take").names == (
        "[2001:db8::1]:8080",
        "data.example.com",
        "fonts.example.com",
        "frame.example.com",
        "pictures.example.com",
        "service.example.com",
        "socket.example.com",
        "worker.example.com",
    )


def test_going_elsewhere_fails_the_take(
    seeded: Seeded, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where the environment asks for Firefox."""
    monkeypatch.setenv(BROWSER_VARIABLE, "firefox")
    opening = OPEN + "browser = open_browser()\nbrowser.get(base_url + '/beyond.html')"
    click = "browser.find_element(By.ID, 'link').click()"
    with pytest.raises(TakeError, match=r"shop\.example\.com is beyond the fence"):
        _film(seeded("# Open it.", opening, "# Go.", click), tmp_path)


def test_storyboard_that_opens_chromium_itself_says_so(seeded: Seeded, tmp_path: Path) -> None:
    cell = "from selenium import webdriver\nwebdriver.Chrome()"
    with pytest.raises(TakeError, match="opens Chromium by itself, and firefox is asked for"):
        _film(seeded("# Open it.", cell, browser="firefox"), tmp_path)


def test_firefox_of_a_server_is_refused(
    seeded: Seeded, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STORYCAST_REMOTE", "http://127.0.0.1:9")
    with pytest.raises(TakeError, match="Firefox is filmed on this machine only"):
        _film(seeded("# Open it.", f"{OPEN}open_browser()", browser="firefox"), tmp_path)


def test_browser_is_the_one_given_or_the_environments_or_the_storyboards(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv(BROWSER_VARIABLE, raising=False)
    assert choose_browser(BrowserKind.FIREFOX) is BrowserKind.FIREFOX
    monkeypatch.setenv(BROWSER_VARIABLE, "chromium")
    assert choose_browser(BrowserKind.FIREFOX) is BrowserKind.CHROMIUM
    assert choose_browser(BrowserKind.CHROMIUM, "firefox") is BrowserKind.FIREFOX
    with pytest.raises(BrowserError, match="'opera' is no browser that films"):
        choose_browser(BrowserKind.CHROMIUM, "opera")

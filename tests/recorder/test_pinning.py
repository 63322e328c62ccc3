from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from selenium.webdriver.common.by import By

from recorder.browser import FilmedChrome
from recorder.errors import BrowserError
from recorder.front_matter import PinSettings
from recorder.movement import Filming
from recorder.page_script import developer_command
from recorder.pinning import Pinner, Pins

from .conftest import SCALE, VIEWPORT, Reel

_SEEN = """return {
  zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  number: (1234.5).toLocaleString(),
  language: navigator.language,
  dark: matchMedia('(prefers-color-scheme: dark)').matches,
  reduced: matchMedia('(prefers-reduced-motion: reduce)').matches,
}"""
_CLOCKS = """const zone = {timeZone: 'UTC', year: 'numeric'};
return [
  Date.now(), new Date().getTime(), Date.parse(Date()), +new Date(new Date().constructor()),
  performance.timeOrigin + performance.now(),
  typeof Temporal === 'object' ? Temporal.Now.instant().epochMilliseconds : Date.now(),
  Date.parse(Intl.DateTimeFormat('en', zone).format() + '-05-04'),
  Date.parse(Intl.DateTimeFormat('en', zone).formatToParts()[0].value + '-05-04'),
]"""
_DRAWN = """return [Math.random(), Math.random(), crypto.randomUUID(),
  [...crypto.getRandomValues(new Uint16Array(3))]]"""
_MOMENT = datetime(2031, 5, 4, 9, 30, tzinfo=UTC).timestamp() * 1000


@contextmanager
def _open(site: str, folder: Path, *, language: str = "en", **pins: object) -> Iterator[Reel]:
    reel = Reel(site, folder)
    settings = PinSettings.model_validate(pins)
    reel.browser = FilmedChrome(watch=reel.watch, pins=Pins(settings, language, VIEWPORT, SCALE))
    try:
        yield reel
    finally:
        reel.browser.quit()


def _everywhere(reel: Reel, code: str) -> Iterator[Any]:
    """What a page answers, its frames of both origins and without any, and windows it opens."""
    driver = reel.open("frames.html")
    yield driver.execute_script(code)
    for name in ("near", "far"):
        driver.switch_to.frame(driver.find_element(By.ID, name))
        yield driver.execute_script(code)
        driver.switch_to.default_content()
    driver.execute_script("document.body.append(document.createElement('iframe'))")
    yield driver.execute_script("return frames[2].eval(arguments[0])", f"(() => {{ {code} }})()")
    driver.execute_script("window.open(arguments[0])", f"{reel.site}/sent.html")
    driver.switch_to.window(driver.window_handles[-1])
    yield driver.execute_script(code)
    driver.switch_to.new_window("tab")
    driver.get(f"{reel.site}/sent.html")
    yield driver.execute_script(code)
    driver.refresh()
    yield driver.execute_script(code)


def test_browser_has_the_scale_that_is_emulated(site: str, tmp_path: Path) -> None:
    with _open(site, tmp_path) as reel:
        driver = reel.browser
        driver.get(f"{site}/form.html")
        # Else Chromium now and then takes the pointer to be elsewhere after the page is laid out.
        developer_command(driver.ask, "Emulation.clearDeviceMetricsOverride")
        assert driver.execute_script("return devicePixelRatio") == SCALE


def test_windows_have_their_size_before_they_are_looked_at(site: str, tmp_path: Path) -> None:
    with _open(site, tmp_path) as reel:
        driver = reel.browser
        driver.get(f"{site}/popup.html")
        assert driver.execute_script("return born") == [*VIEWPORT]
        driver.execute_script("window.open(location.href)")
        driver.switch_to.window(driver.window_handles[-1])
        assert driver.execute_script("return born") == [*VIEWPORT]


def test_page_is_told_what_is_pinned_in_every_window_and_frame(site: str, tmp_path: Path) -> None:
    pins = {"time_zone": "Asia/Tokyo", "color_scheme": "dark", "reduced_motion": "reduce"}
    expected = {"zone": "Asia/Tokyo", "number": "1.234,5", "language": "de-DE"}
    with _open(site, tmp_path, locale="de-DE", **pins) as reel:
        seen = list(_everywhere(reel, _SEEN))
    assert seen == [expected | {"dark": True, "reduced": True}] * 7


def test_defaults_are_light_and_utc(site: str, tmp_path: Path) -> None:
    with _open(site, tmp_path) as reel:
        seen = reel.open("sent.html").execute_script(_SEEN)
    assert seen["zone"] == "UTC"
    assert (seen["number"], seen["language"]) == ("1,234.5", "en-US")
    assert (seen["dark"], seen["reduced"]) == (False, False)


def test_locale_is_the_language_of_the_application(site: str, tmp_path: Path) -> None:
    with _open(site, tmp_path, language="fr") as reel:
        assert reel.open("sent.html").execute_script(_SEEN)["language"] == "fr"


def test_clock_starts_at_its_moment_and_runs_on_everywhere(site: str, tmp_path: Path) -> None:
    with _open(site, tmp_path, clock="2031-05-04T09:30:00") as reel:
        seen = list(_everywhere(reel, _CLOCKS))
        native = reel.browser.execute_script(
            "return [new Date(0).toISOString(), new Date() instanceof Date, Date.length,"
            " new Date().constructor === Date, String(Date).includes('native code')]"
        )
    assert native == ["1970-01-01T00:00:00.000Z", True, 7, True, True]
    assert len(seen) == 7
    firsts = []
    for clocks in seen:
        *exact, written, in_parts = clocks
        assert all(_MOMENT - 1000 <= clock <= _MOMENT + 120_000 for clock in exact), clocks
        assert written == in_parts == datetime(2031, 5, 4, tzinfo=UTC).timestamp() * 1000
        firsts.append(exact[0])
    assert firsts == sorted(firsts)
    assert firsts[-1] > firsts[0]


def test_clock_without_a_zone_is_of_the_pinned_one() -> None:
    pins = PinSettings.model_validate({"time_zone": "Asia/Tokyo", "clock": "2031-05-04T09:30"})
    assert pins.start is not None
    assert pins.start.timestamp() * 1000 == _MOMENT - 9 * 3_600_000


def test_random_numbers_are_the_same_in_each_take(site: str, tmp_path: Path) -> None:
    runs = []
    for seed in (7, 7, 8):
        with _open(site, tmp_path, random=seed) as reel:
            runs.append(list(_everywhere(reel, _DRAWN)))
    assert runs[0] == runs[1]
    assert all(one != other for one, other in zip(runs[0], runs[2], strict=True))
    page, near = runs[0][:2]
    assert page != near
    assert page[0] != page[1]
    assert 0 <= page[0] < 1
    assert page[2][14] == "4"
    assert len(page[2]) == 36


def test_movement_is_filmed_with_a_pinned_clock(site: str, tmp_path: Path) -> None:
    with _open(site, tmp_path, clock="2031-05-04T09:30:00Z", random=1) as reel:
        driver = reel.open("movement.html")
        assert driver.observer is not None
        with driver.observer.film(Filming(0.6)):
            driver.find_element(By.ID, "timer").click()
        assert sum(frame.patch is not None for frame in reel.last.frames) == 5
        now = driver.execute_script(_CLOCKS)[0]
        native = driver.execute_script("return requestAnimationFrame === nativeFrame")
    assert _MOMENT - 1000 <= now <= _MOMENT + 120_000
    assert native


def test_browsers_of_a_take_share_one_clock() -> None:
    pins = Pins(PinSettings.model_validate({"clock": "2031-05-04T09:30:00"}))
    assert pins.script
    assert pins.script == pins.script
    assert not dataclasses.replace(pins, settings=PinSettings()).script


def test_browser_that_cannot_be_reached_is_told() -> None:
    with pytest.raises(BrowserError, match="could not be pinned"):
        Pinner("127.0.0.1:1", Pins(PinSettings(random=1)))

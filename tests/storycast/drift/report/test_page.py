from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from recorder.snapshot import Snapshot
from recorder.take import Box, Browser, Step, Take
from storycast.drift import Change, Drift, FalseSentence, Kind, Weight, render_report
from storycast.drift.model import Place
from tests.storycast.axe import SCHEMES, WIDTHS, find_axe, find_violations, open_page_browser, show

if TYPE_CHECKING:
    from selenium import webdriver

_WEIGHTS = (Weight.BREAKS, Weight.SHOWS, Weight.ELSEWHERE)


class _Taken:
    """A take of three steps whose every picture is of one colour."""

    take = Take(
        storyboard="board",
        title="Keep a note",
        language="en",
        viewport=(640, 360),
        scale=1,
        browser=Browser(name="chrome", version="1"),
        steps=tuple(Step(number=n, scene="", title=f"Do {n}", prose="") for n in (1, 2, 3)),
    )

    def snapshot(self, name: str) -> Snapshot | None:
        raise AssertionError(name)

    def picture(self, name: str) -> bytes:
        out = io.BytesIO()
        Image.new("RGB", (640, 360), "white" if name == "a" else "navy").save(out, "PNG")
        return out.getvalue()


def _drift() -> Drift:
    changes = []
    for number, kind in enumerate(Kind, start=1):
        before = None if kind is Kind.ADDED else Box(x=20 * number, y=30, width=90, height=20)
        after = None if kind is Kind.REMOVED else Box(x=20 * number, y=60, width=90, height=20)
        changes.append(
            Change(
                kind=kind,
                weight=_WEIGHTS[number % 3],
                sentence=f"The button “{number}” is otherwise.",
                step=1 + number % 3,
                also=(3,) if number % 2 else (),
                place=Place(role="button", name=str(number), before=before, after=after),
                shots=("", "") if kind is Kind.UNREACHABLE else ("a", "b"),
                number=number,
                id=f"{number:08}",
            )
        )
    false = [
        FalseSentence(
            step=1,
            cell=2,
            line=3,
            sentence="Press A.",
            name="A",
            now=now,
            corrected=f"Press {now}.",
        )
        for now in ("B", "")
    ]
    return Drift(
        board="board",
        steps=3,
        changes=tuple(sorted(changes, key=lambda each: each.step)),
        false_sentences=tuple(false),
        told=("Step 3 is new in the storyboard.",),
    )


@pytest.fixture(scope="module")
def browser() -> Iterator[webdriver.Chrome]:
    with open_page_browser() as opened:
        yield opened


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("report") / "drift.html"
    path.write_text(render_report(_drift(), _Taken(), _Taken()), encoding="utf-8")
    return path


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_report_has_no_violations(
    browser: webdriver.Chrome, report: Path, scheme: str, width: int
) -> None:
    find_axe()
    show(browser, report, scheme=scheme, width=width)
    assert find_violations(browser) == []
    wide = browser.execute_script("return document.documentElement.scrollWidth")
    assert wide <= width


def test_report_of_nothing_has_no_violations(browser: webdriver.Chrome, tmp_path: Path) -> None:
    find_axe()
    calm = tmp_path / "drift.html"
    page = render_report(Drift(board="board", steps=3), _Taken(), _Taken())
    calm.write_text(page, encoding="utf-8")
    show(browser, calm)
    assert find_violations(browser) == []


def _press(browser: webdriver.Chrome, *keys: str) -> str:
    """Press keys; the number of the change that has the focus then."""
    for key in keys:
        browser.switch_to.active_element.send_keys(key)
    focused = "return String(document.activeElement.value ?? '')"
    return str(browser.execute_script(focused))


def test_keys_go_from_change_to_change(browser: webdriver.Chrome, report: Path) -> None:
    show(browser, report)
    items = browser.find_elements(By.CSS_SELECTOR, ".changes li")
    numbers = [str(item.get_attribute("value")) for item in items]
    assert sorted(map(int, numbers)) == list(range(1, len(Kind) + 1))
    assert _press(browser, "n") == numbers[0]
    assert _press(browser, "n", "n") == numbers[2]
    assert _press(browser, "p") == numbers[1]
    current = browser.find_elements(By.CSS_SELECTOR, ".box.current")
    assert {box.get_attribute("data-number") for box in current} == {numbers[1]}
    assert _press(browser, "p", "p", "p") == numbers[0]
    seen = "const box = document.activeElement.getBoundingClientRect(); return box.top >= 0"
    assert browser.execute_script(seen)


def test_keys_can_be_turned_off(browser: webdriver.Chrome, report: Path) -> None:
    show(browser, report)
    keys = browser.find_element(By.ID, "keys")
    keys.send_keys(Keys.SPACE)
    keys.send_keys("n")
    assert browser.switch_to.active_element == keys


def test_slider_is_moved_by_keys(browser: webdriver.Chrome, report: Path) -> None:
    show(browser, report)
    slider = browser.find_element(By.CSS_SELECTOR, "input[type=range]")
    figure = browser.find_element(By.TAG_NAME, "figure")
    slider.send_keys(Keys.END)
    assert "--split: 0%" in str(figure.get_attribute("style"))
    slider.send_keys(Keys.HOME, Keys.ARROW_RIGHT)
    assert "--split: 99%" in str(figure.get_attribute("style"))

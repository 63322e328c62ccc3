from __future__ import annotations

import base64
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from recorder.take import Box, shot_path
from storycast.drawing import Frame
from storycast.guide.model import Figure
from storycast.guide.page import Film, render_page
from storycast.guide.picture import draw_figure
from storycast.guide.press import Press
from storycast.look import DEFAULT_LOOK
from storycast.wording import open_wording
from tests.storycast.axe import SCHEMES, WIDTHS, find_axe, find_violations, open_page_browser, show
from tests.storycast.guide.audit import Audit
from tests.storycast.guide.press import make_film
from tests.storycast.guide.rich import rich_guide, write_page
from tests.storycast.sample import Sample, write_sample
from tests.storycast.validator import find_errors

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

_A4 = {"printBackground": True, "paperWidth": 8.27, "paperHeight": 11.69}  # inches


@pytest.fixture(scope="module")
def browser() -> Iterator[Chrome]:
    with open_page_browser() as opened:
        yield opened


@pytest.fixture(scope="module")
def page(sample: Sample, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("rich")
    make_film(folder / "film.mp4")
    return write_page(sample, rich_guide(sample), folder / "guide.html")


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_page_can_be_used_by_all(browser: Chrome, page: Path, scheme: str, width: int) -> None:
    find_axe()
    show(browser, page, scheme=scheme, width=width)
    assert find_violations(browser) == []
    browser.find_element(By.CSS_SELECTOR, ".tick input").send_keys(Keys.SPACE)
    browser.find_element(By.CSS_SELECTOR, ".enlarge").send_keys(Keys.ENTER)
    assert browser.find_element(By.CSS_SELECTOR, ".large").is_displayed()
    assert find_violations(browser) == []


def test_page_is_html(page: Path) -> None:
    assert find_errors(page) == []


def test_faults_in_html_are_found(tmp_path: Path) -> None:
    broken = tmp_path / "broken.html"
    broken.write_text("<!DOCTYPE html>\n<html lang='en'><p><div></p></div></html>")
    assert find_errors(broken)


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("width", [320, 2560])
def test_nothing_is_wider_than_the_page(
    browser: Chrome, sample: Sample, tmp_path: Path, width: int, language: str
) -> None:
    wording = open_wording(language)
    guide = replace(rich_guide(sample, wording), language=language)
    shown = write_page(sample, guide, tmp_path / "guide.html", wording=wording)
    show(browser, shown, width=width)
    assert browser.execute_script("return document.documentElement.scrollWidth") <= width
    outside = browser.execute_script(
        "return [...document.querySelectorAll('.step, .step > *, figure, .crop, .prose > *')]"
        ".filter((each) => { const box = each.getBoundingClientRect();"
        " return box.left < 0 || box.right > innerWidth; }).map((each) => each.className)"
    )
    assert outside == []


def test_prose_brings_nothing_that_runs(page: Path) -> None:
    audit = Audit(page.read_text(encoding="utf-8"))
    assert len(audit.every("script")) == 2  # ours, and linked data
    assert not audit.every("b") or all("onclick" not in each for each in audit.every("b"))
    assert not [link for link in audit.links if link.startswith("javascript")]


def test_picture_shows_the_part_that_matters(browser: Chrome, sample: Sample, page: Path) -> None:
    show(browser, page)
    (mark,) = rich_guide(sample).figures[1].marks
    crop = browser.find_element(By.CSS_SELECTOR, "#more-0 .crop").rect
    picture = browser.find_element(By.CSS_SELECTOR, "#more-0 img").rect
    grown = picture["width"] / 1280
    left = picture["x"] + mark.box.x * grown
    top = picture["y"] + mark.box.y * grown
    assert crop["width"] < picture["width"]
    assert grown == pytest.approx(1, abs=0.01)
    assert crop["x"] <= left <= left + mark.box.width * grown <= crop["x"] + crop["width"]
    assert crop["y"] <= top <= top + mark.box.height * grown <= crop["y"] + crop["height"]


def test_whole_screen_is_one_click_away_without_a_script(browser: Chrome, page: Path) -> None:
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        show(browser, page)
        browser.find_element(By.CSS_SELECTOR, "#more-0 .enlarge").send_keys(Keys.ENTER)
        crop = browser.find_element(By.CSS_SELECTOR, "#more-0 .crop").rect
        assert (crop["width"], crop["height"]) == (1280, 720)
    finally:
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


def test_each_step_is_on_one_page_of_paper(browser: Chrome, page: Path, tmp_path: Path) -> None:
    show(browser, page)
    browser.execute_script(
        "for (const step of document.querySelectorAll('.step'))"
        " for (const [name, edge] of [['begin', 'top'], ['end', 'bottom']]) {"
        "  const mark = document.createElement('span'); mark.textContent = `${name}-${step.id}`;"
        "  Object.assign(mark.style, { position: 'absolute', [edge]: 0, right: 0 });"
        "  step.append(mark); }"
    )
    printed = browser.execute_cdp_cmd("Page.printToPDF", _A4)
    paper = tmp_path / "guide.pdf"
    paper.write_bytes(base64.b64decode(printed["data"]))
    pdftotext = shutil.which("pdftotext") or pytest.skip(
        "there is no pdftotext: apt-get install poppler-utils"
    )
    command = (pdftotext, "-layout", str(paper), "-")
    text = subprocess.run(command, check=True, capture_output=True, timeout=60).stdout.decode()
    sheets = {
        mark: number
        for number, sheet in enumerate(text.split("\f"))
        for mark in re.findall(r"(?:begin|end)-step-\d", sheet)
    }
    steps = sorted(mark for mark in sheets if mark.startswith("begin"))
    assert len(steps) >= 3
    for step in steps:
        assert sheets[step] == sheets[step.replace("begin", "end")]


def test_long_screen_begins_at_its_top_and_can_be_seen_whole(
    browser: Chrome, tmp_path: Path
) -> None:
    sample = write_sample(tmp_path, scale=1, viewport=(1200, 9000))
    guide = rich_guide(sample)
    show(browser, write_page(sample, guide, tmp_path / "guide.html", film=False))
    seen = browser.find_element(By.CSS_SELECTOR, "#picture-1 .crop").rect
    assert seen["width"] > 400
    assert seen["height"] < 1200
    browser.find_element(By.CSS_SELECTOR, "#picture-1 .enlarge").send_keys(Keys.ENTER)
    assert browser.find_element(By.CSS_SELECTOR, ".large img").size["height"] == 9000


def test_screen_is_webp_where_a_png_is_large_and_webp_has_room(
    sample: Sample, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    figure = rich_guide(sample).figures[0]
    usual = Press(sample.take_folder, (1280, 720), 2, DEFAULT_LOOK, tmp_path)
    assert usual.whole(figure).kind == "image/png"
    monkeypatch.setattr("storycast.guide.press._SMALL", 0)
    assert usual.whole(figure).kind == "image/webp"
    large = Press(sample.take_folder, (1200, 9000), 2, DEFAULT_LOOK, tmp_path)
    assert large.whole(figure).kind == "image/png"


def test_cropped_picture_is_as_large_as_its_area(sample: Sample, tmp_path: Path) -> None:
    press = Press(sample.take_folder, (1280, 720), 2, DEFAULT_LOOK, tmp_path)
    figure = replace(rich_guide(sample).figures[0], area=Box(x=10, y=20, width=300, height=200))
    picture = press.cropped(figure)
    assert (picture.kind, picture.size) == ("image/png", (300, 200))
    assert picture.data[16:24] == (600).to_bytes(4, "big") + (400).to_bytes(4, "big")
    assert shot_path(sample.take_folder, figure.moment).exists()


def test_picture_that_was_cut_is_not_cut_again_and_on_paper_not_enlarged(
    sample: Sample, tmp_path: Path
) -> None:
    guide = rich_guide(sample)
    press = Press(sample.take_folder, guide.viewport, 2, DEFAULT_LOOK, tmp_path)
    whole, cut = press.whole_pictures(guide.figures), press.cropped_pictures(guide.figures)
    assert 'class="cropped"' in render_page(guide, None, pictures=whole)
    page = render_page(guide, None, pictures=cut, on_paper=True)
    assert 'class="cropped"' not in page
    assert 'class="enlarge"' not in page
    sizes = [(int(each["width"]), int(each["height"])) for each in Audit(page).every("img")]
    assert sizes == [cut[figure].size for figure in guide.figures]


def test_whole_and_cropped_pictures_are_drawn_once(
    sample: Sample, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = []

    def draw(figure: Figure, *options: Any) -> Frame:
        drawn.append(figure)
        return draw_figure(figure, *options)

    monkeypatch.setattr("storycast.guide.picture.draw_figure", draw)
    press = Press(sample.take_folder, (1280, 720), 2, DEFAULT_LOOK, tmp_path)
    figure = replace(rich_guide(sample).figures[0], area=Box(x=10, y=20, width=300, height=200))
    press.cropped(figure)
    press.whole(figure)
    assert drawn == [figure]


def test_goal_needs_and_outcome_stand_at_the_top(browser: Chrome, page: Path) -> None:
    show(browser, page)
    told = browser.find_element(By.CSS_SELECTOR, ".opening").text
    for text in ("Keep a list", "What you need", "A browser", "At the end", "4 steps", "12 sec"):
        assert text in told


def test_foot_tells_where_the_guide_comes_from(sample: Sample) -> None:
    guide = replace(rich_guide(sample), language="de")
    film = Film("film.mp4", "film.mp4", "WEBVTT\n", "WEBVTT\n")
    pictures = Press(sample.take_folder, (1280, 720), 2, DEFAULT_LOOK, sample.take_folder / "c")
    made = pictures.whole_pictures(guide.figures)
    foot = render_page(guide, film, pictures=made, wording=open_wording("de")).split("<footer")[1]
    for text in ("1. März 2026", "2026-03-01", "Tasks 2.1", "Chromium 142", "sample.ipynb"):
        assert text in foot

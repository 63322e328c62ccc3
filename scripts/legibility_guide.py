"""The lines of text that a guide's pictures show, each as the page in the browser shows it."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import cv2
import numpy as np
from legibility_line import Line, holds_all, lines_in
from selenium.webdriver import Chrome, ChromeOptions, ChromeService

from narration.track import read_track
from recorder.chromium import find_programs
from recorder.take import Box, read_take
from storycast.geometry import pad_box, within
from storycast.guide.comparison import shot_comparison
from storycast.guide.crop import area_finder
from storycast.guide.model import Figure, Guide
from storycast.guide.node_tree import snapshot_reader
from storycast.guide.outline import outline_guide
from storycast.timeline import read_timeline
from storycast.verify.frame import Luma
from storycast.wording import open_wording

__all__ = ["guide_lines"]

_RIM = 24.0
"""CSS pixels around a mark: its ring, and its number."""

_HEIGHT = 1000


def guide_lines(folder: Path, width: int, density: int) -> Iterator[list[Line]]:
    """Yield the lines of each picture of the guide in ``folder``, on a page of ``width``."""
    guide = _outline(folder)
    programs = find_programs()
    options = ChromeOptions()
    options.binary_location = str(programs.browser)
    for flag in ("--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"):
        options.add_argument(flag)
    browser = Chrome(options, ChromeService(str(programs.driver)))
    try:
        metrics = {"width": width, "height": _HEIGHT, "deviceScaleFactor": density, "mobile": False}
        browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        browser.get((folder / "guide.html").resolve().as_uri())
        for figure in guide.figures:
            yield list(_lines(figure, guide, folder / "take", _shown(browser, figure)))
    finally:
        browser.quit()


def _outline(folder: Path) -> Guide:
    take = read_take(folder / "take")
    read = snapshot_reader(folder / "take", take.viewport)
    return outline_guide(
        take,
        read_timeline(folder / "timeline.json"),
        read_track(folder / "track"),
        compare=shot_comparison(folder / "take", take.scale, folder / ".legibility"),
        wording=open_wording(take.language),
        read=read,
        crop=area_finder(read, take.viewport),
    )


def _shown(browser: Chrome, figure: Figure) -> Luma:
    """The picture as the page shows it, in grey."""
    box = browser.execute_script(
        "const box = document.getElementById(arguments[0]).querySelector('.crop')"
        ".getBoundingClientRect();"
        "return { x: box.x + scrollX, y: box.y + scrollY, width: box.width, height: box.height };",
        figure.anchor,
    )
    taken = browser.execute_cdp_cmd(
        "Page.captureScreenshot", {"clip": {**box, "scale": 1}, "captureBeyondViewport": True}
    )
    packed = np.frombuffer(base64.b64decode(taken["data"]), np.uint8)
    return np.asarray(cv2.imdecode(packed, cv2.IMREAD_GRAYSCALE), np.uint8)


def _lines(figure: Figure, guide: Guide, take: Path, shown: Luma) -> Iterator[Line]:
    width, height = guide.viewport
    return lines_in(
        take,
        figure.moment,
        width,
        seen=figure.area or Box(x=0, y=0, width=width, height=height),
        picture=shown,
        place=(0, 0, shown.shape[1]),
        is_hidden=partial(_is_drawn_over, figure),
    )


def _is_drawn_over(figure: Figure, box: Box) -> bool:
    """Whether a ring or number crosses ``box``; what is inside of a mark is not drawn over."""
    for mark in figure.marks:
        rim = pad_box(mark.box, _RIM)
        moved = box.model_copy(update={"x": box.x - rim.x, "y": box.y - rim.y})
        if within(moved, (rim.width, rim.height)) and not holds_all(mark.box, box):
            return True
    return False

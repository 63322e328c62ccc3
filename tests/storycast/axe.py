"""Axe: what a page lacks for those who do not use it by eye and mouse, as axe-core measures it."""

from __future__ import annotations

import os
import shutil
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from platformdirs import user_cache_path
from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service

from recorder.chromium import find_programs

__all__ = ["SCHEMES", "WIDTHS", "find_axe", "find_violations", "open_page_browser", "show"]

SCHEMES = ("light", "dark")
WIDTHS = (390, 1280)
"""CSS pixels: a telephone, and a desk."""

_VERSION = "4.14.1"
_HEIGHT = 900
_RUN = """
const done = arguments[arguments.length - 1];
axe.run(document, { resultTypes: ["violations"] }).then(
  (found) => done(found.violations.map(({ id, help, nodes }) => (
    { id, help, nodes: nodes.map((node) => node.html.slice(0, 200) + ' | ' + node.failureSummary) }
  ))),
  (error) => done([{ id: "axe", help: String(error), nodes: [] }]),
);
"""


def find_axe() -> Path:
    """Return the file of axe-core, fetched by npm into the cache; skip the test without npm."""
    chosen = os.environ.get("STORYCAST_CACHE")
    folder = (Path(chosen) if chosen else user_cache_path("storycast")) / "axe" / _VERSION
    script = folder / "package" / "axe.min.js"
    if not script.exists():
        npm = shutil.which("npm") or pytest.skip("npm fetches axe-core: apt-get install npm")
        folder.mkdir(parents=True, exist_ok=True)
        command = [
            npm,
            "pack",
            f"axe-core@{_VERSION}",
            "--silent",
            "--pack-destination",
            str(folder),
        ]
        subprocess.run(command, check=True, capture_output=True, cwd=folder, timeout=120)
        with tarfile.open(next(folder.glob("axe-core-*.tgz"))) as archive:
            archive.extract("package/axe.min.js", folder, filter="data")
    return script


@contextmanager
def open_page_browser() -> Iterator[webdriver.Chrome]:
    """Open a browser that films nothing, and close it at the end."""
    programs = find_programs()
    options = Options()
    options.binary_location = str(programs.browser)
    for flag in ("--headless=new", "--no-sandbox", "--disable-gpu"):
        options.add_argument(flag)
    browser = webdriver.Chrome(options, Service(str(programs.driver)))
    try:
        yield browser
    finally:
        browser.quit()


def show(
    browser: webdriver.Chrome, page: Path, *, scheme: str = "light", width: int = 1280
) -> None:
    """Open a page as a reader has it who prefers a colour scheme, in a window of a width."""
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    metrics = {"width": width, "height": _HEIGHT, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    browser.get(page.as_uri())


def find_violations(browser: webdriver.Chrome) -> list[dict[str, Any]]:
    """Return what axe-core finds fault with in the page that is open."""
    browser.execute_script(find_axe().read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = browser.execute_async_script(_RUN)
    return found

from __future__ import annotations

from pathlib import Path

from tests.storycast.axe import find_axe, find_violations, open_page_browser, show


def test_faults_are_found(tmp_path: Path) -> None:
    find_axe()
    page = tmp_path / "page.html"
    page.write_text('<!doctype html><html lang="en"><title>A</title><main><h1>A</h1><img src="">')
    with open_page_browser() as browser:
        show(browser, page)
        assert [each["id"] for each in find_violations(browser)] == ["image-alt"]

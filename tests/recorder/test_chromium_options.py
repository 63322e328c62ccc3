"""Options of Chromium: a browser that is filmed does what is filmed, and nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from recorder.chromium_options import environment
from recorder.page_script import developer_command
from tests.recorder.conftest import Reel

if TYPE_CHECKING:
    import pytest


def test_browser_loads_no_pages_of_its_own(reel: Reel) -> None:
    reel.open("form.html")
    targets = developer_command(reel.browser.ask, "Target.getTargets")["targetInfos"]
    assert [target["url"] for target in targets if target["type"] == "browser_ui"] == []


def test_fonts_are_drawn_in_their_own_shapes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FONTCONFIG_FILE", raising=False)
    assert Path(environment()["FONTCONFIG_FILE"]).read_text("utf-8").count("hintnone") == 2


def test_fonts_that_the_user_has_set_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FONTCONFIG_FILE", "fonts.conf")
    assert environment() == {}

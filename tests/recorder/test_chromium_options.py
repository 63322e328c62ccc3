"""Options of Chromium: a browser that is filmed does what is filmed, and nothing else."""

from __future__ import annotations

from recorder.page_script import developer_command
from tests.recorder.conftest import Reel


def test_browser_loads_no_pages_of_its_own(reel: Reel) -> None:
    reel.open("form.html")
    targets = developer_command(reel.browser.ask, "Target.getTargets")["targetInfos"]
    assert [target["url"] for target in targets if target["type"] == "browser_ui"] == []

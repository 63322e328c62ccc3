"""Film and guide are made with Firefox from a storyboard that uses a page in every way."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from recorder import read_take
from tests.recorder.conftest import PAGES, Board
from tests.storycast.studio import run

if TYPE_CHECKING:
    import pytest

_OPEN = (
    "from pathlib import Path\n"
    "from selenium.webdriver import ActionChains\n"
    "from selenium.webdriver.common.by import By\n"
    "from selenium.webdriver.support.ui import Select\n"
    "from recorder import open_browser\n"
    "browser = open_browser(base_url + '/form.html')"
)
_FILL = (
    "browser.find_element(By.ID, 'name').send_keys('Ada')\n"
    "Select(browser.find_element(By.ID, 'colour')).select_by_visible_text('Green')\n"
    "Path('cat.png').write_bytes(b'')\n"
    "browser.find_element(By.ID, 'picture').send_keys(str(Path('cat.png').resolve()))\n"
    "browser.find_element(By.ID, 'agree').click()"
)
_POINT = (
    "browser.get(base_url + '/pointer.html')\n"
    "ActionChains(browser).move_to_element(browser.find_element(By.ID, 'hover')).perform()"
)
_ANSWER = (
    "browser.get(base_url + '/dialogs.html')\n"
    "browser.find_element(By.ID, 'prompt').click()\n"
    "browser.switch_to.alert.send_keys('Homework')\n"
    "browser.switch_to.alert.accept()"
)
_ELSEWHERE = (
    "browser.get(base_url + '/frames.html')\n"
    "browser.execute_script('scrollTo(0, 300)')\n"
    "browser.get(base_url + '/saving.html')\n"
    "browser.find_element(By.ID, 'plain').click()\n"
    "browser.get(base_url + '/windows.html')\n"
    "browser.find_element(By.ID, 'open').click()\n"
    "browser.switch_to.window(browser.window_handles[-1])"
)


def test_film_and_guide_are_made_with_firefox(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STORYCAST_CACHE", str(tmp_path / "cache"))
    board = Board(tmp_path / "storyboards" / "board.ipynb")
    shutil.copytree(PAGES, board.path.parent / "site")
    stage = {
        "command": ["python3", "-m", "http.server", "{port}", "--bind", "127.0.0.1"],
        "folder": "site",
    }
    path = board.write(
        "# # Every way", _OPEN, "# Fill it in.", _FILL, "# Point at it.", _POINT,
        "# Answer it.", _ANSWER, "# Look elsewhere.", _ELSEWHERE,
        stage=stage, voice="none", browser="firefox", forms=["html"],
    )  # fmt: skip
    result = run("make", str(path), "-o", str(tmp_path / "output"), "--json")
    assert result.exit_code == 0, result.output
    made = json.loads(result.stdout.splitlines()[-1])
    assert Path(made["film"]).exists()
    assert "Firefox" in Path(made["guide"]).read_text(encoding="utf-8")
    take = read_take(tmp_path / "output" / "board" / "take")
    assert [str(action.kind) for step in take.steps for action in step.actions] == [
        "open", "type", "choose", "upload", "click", "open", "hover", "open", "click", "answer",
        "accept", "open", "scroll", "open", "click", "open", "click", "window",
    ]  # fmt: skip
    assert [saved.name for saved in take.downloads] == ["report.txt"]

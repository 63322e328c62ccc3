from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from selenium.common.exceptions import JavascriptException

from recorder.errors import RecorderError, TakeError
from recorder.kept_session import keep_session


def _driver(*, ends: bool) -> Any:
    """A driver whose page cannot be looked at; where it ``ends`` its browser gave no answer."""
    driver = SimpleNamespace()

    def rest() -> None:
        if ends:
            driver.observer = None
            raise TakeError("The browser gives no answer.")
        raise JavascriptException("the page was left")

    driver.observer = SimpleNamespace(camera=SimpleNamespace(rest=rest))
    return cast("Any", driver)


def test_browser_that_gives_no_answer_is_told_as_such(tmp_path: Path) -> None:
    with pytest.raises(TakeError, match="gives no answer"):
        keep_session(_driver(ends=True), tmp_path / "kevin.json", "")
    assert not list(tmp_path.iterdir())


def test_page_that_is_left_again_and_again_is_told(tmp_path: Path) -> None:
    with pytest.raises(RecorderError, match="its page cannot be looked at"):
        keep_session(_driver(ends=False), tmp_path / "kevin.json", "")

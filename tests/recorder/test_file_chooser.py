from __future__ import annotations

from pathlib import Path
from unittest.mock import Mock

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from recorder import BrowserError, RecorderError, choose_files
from recorder import observer as observer_module
from recorder.browser import FilmedChrome
from recorder.file_chooser import FileChooser
from recorder.take import ActionKind

from .conftest import Reel

pytestmark = pytest.mark.usefixtures("reel")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "readings.csv"
    path.write_text("a,b", encoding="utf-8")
    return path


def _listed(reel: Reel) -> list[str]:
    return [entry.text for entry in reel.browser.find_elements(By.CSS_SELECTOR, "#list li")]


def test_click_that_opens_the_dialog_is_told_as_an_upload(reel: Reel, file: Path) -> None:
    browser = reel.open("chooser.html")
    with choose_files(browser, file):
        browser.find_element(By.ID, "one").click()
    assert _listed(reel) == ["readings.csv 3"]
    assert reel.kinds == [ActionKind.UPLOAD]
    assert reel.last.text == "readings.csv"
    assert reel.last.target is not None
    assert reel.last.target.name == "Upload"
    assert reel.last.point is not None
    assert reel.last.before is not None
    assert reel.last.after.shot != reel.last.before.shot


def test_several_files_are_chosen(reel: Reel, file: Path) -> None:
    other = file.with_name("notes.txt")
    other.write_text("-", encoding="utf-8")
    browser = reel.open("chooser.html")
    with choose_files(browser, file, str(other)):
        browser.find_element(By.ID, "nothing").click()
        browser.find_element(By.ID, "several").click()
    assert _listed(reel) == ["readings.csv 3", "notes.txt 1"]
    assert reel.kinds == [ActionKind.CLICK, ActionKind.UPLOAD]
    assert reel.last.text == "readings.csv\nnotes.txt"


def test_key_that_opens_the_dialog_points_at_nothing(reel: Reel, file: Path) -> None:
    browser = reel.open("chooser.html")
    with choose_files(browser, file):
        browser.find_element(By.ID, "one").send_keys(Keys.ENTER)
    assert _listed(reel) == ["readings.csv 3"]
    assert reel.kinds == [ActionKind.UPLOAD]
    assert (reel.last.target, reel.last.point, reel.last.keys) == (None, None, ("Enter",))


def test_dialog_that_opens_late_is_an_action_of_its_own(reel: Reel, file: Path) -> None:
    browser = reel.open("chooser.html")
    with choose_files(browser, file):
        browser.find_element(By.ID, "late").click()
    assert _listed(reel) == ["readings.csv 3"]
    assert reel.kinds == [ActionKind.CLICK, ActionKind.UPLOAD]
    assert (reel.last.target, reel.last.text) == (None, "readings.csv")


def test_dialog_of_a_frame_of_another_origin_is_answered(reel: Reel, file: Path) -> None:
    browser = reel.open("chooser.html")
    browser.switch_to.frame("frame")
    with choose_files(browser, file):
        browser.find_element(By.ID, "label").click()
    field = "return document.getElementById('field').files[0].name"
    assert browser.execute_script(field) == "readings.csv"
    assert reel.kinds == [ActionKind.UPLOAD]
    browser.switch_to.default_content()


def test_what_nobody_sees_is_answered_too(reel: Reel, file: Path) -> None:
    browser = reel.open("chooser.html")
    reel.cell = None
    with choose_files(browser, file):
        browser.find_element(By.ID, "one").click()
    assert _listed(reel) == ["readings.csv 3"]
    assert reel.kinds == []


def test_dialogs_after_the_block_are_the_browsers_own(reel: Reel, file: Path) -> None:
    browser = reel.open("chooser.html")
    with choose_files(browser, file):
        browser.find_element(By.ID, "one").click()
    browser.find_element(By.ID, "one").click()
    assert _listed(reel) == ["readings.csv 3"]
    assert reel.kinds == [ActionKind.UPLOAD, ActionKind.CLICK]


def test_dialog_that_does_not_open_is_told(
    reel: Reel, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(observer_module, "_LATE_CHOOSER_LIMIT_S", 0.2)
    browser = reel.open("chooser.html")
    with pytest.raises(RecorderError, match=r"No dialog .*readings\.csv"):  # noqa: SIM117
        with choose_files(browser, file):
            browser.find_element(By.ID, "nothing").click()


def test_dialog_for_one_file_takes_no_two(reel: Reel, file: Path) -> None:
    browser = reel.open("chooser.html")
    with pytest.raises(RecorderError, match="takes one file, and is given 2"):  # noqa: SIM117
        with choose_files(browser, file, file):
            browser.find_element(By.ID, "one").click()
    assert _listed(reel) == []


def test_missing_file_is_named_before_anything_is_done(reel: Reel, tmp_path: Path) -> None:
    browser = reel.open("chooser.html")
    with pytest.raises(RecorderError, match=r"no file .*away\.csv to choose") as caught:  # noqa: SIM117
        with choose_files(browser, tmp_path / "away.csv"):
            browser.find_element(By.ID, "one").click()
    assert "download_folder" in caught.value.hint
    assert reel.kinds == []
    with pytest.raises(RecorderError, match="no file to choose"), choose_files(browser):
        pass


def test_browser_that_cannot_be_asked_is_told(file: Path) -> None:
    with pytest.raises(RecorderError, match="that is open"), choose_files(Mock(observer=None)):
        pass
    away = Mock(debugger="")
    with pytest.raises(RecorderError, match="Chromium on this machine"), choose_files(away, file):
        pass
    with pytest.raises(BrowserError, match="cannot be asked"):
        FileChooser("127.0.0.1:1", "window", [file])


def test_saved_file_can_be_chosen(reel: Reel) -> None:
    browser = reel.open("saving.html")
    browser.find_element(By.ID, "plain").click()
    saved = browser.download_folder / "report.txt"
    browser = reel.open("chooser.html")
    with choose_files(browser, saved):
        browser.find_element(By.ID, "one").click()
    assert _listed(reel) == ["report.txt 11"]


def test_folder_of_a_browser_elsewhere_is_told() -> None:
    with pytest.raises(RecorderError, match="another machine"):
        FilmedChrome.download_folder.fget(Mock(downloads=None))  # type: ignore[attr-defined]

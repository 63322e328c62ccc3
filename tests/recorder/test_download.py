"""Files that the browser saves are kept, as what an action led to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from recorder import read_storyboard, record
from recorder.download import DownloadFolder
from tests.recorder.conftest import Reel

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def test_files_are_told_once(tmp_path: Path) -> None:
    """What was there before, and what is not finished, is not told."""
    (tmp_path / "old.txt").write_text("old")
    folder = DownloadFolder(tmp_path)
    assert folder.finished(0) == ()
    (tmp_path / "new.txt").write_text("new")
    (tmp_path / "large.zip.crdownload").write_text("half of")
    assert folder.finished(0) == (tmp_path / "new.txt",)
    (tmp_path / "large.zip.crdownload").rename(tmp_path / "large.zip")
    assert folder.finished(0) == (tmp_path / "large.zip",)
    assert folder.finished(0) == ()


def test_folder_need_not_exist(tmp_path: Path) -> None:
    assert DownloadFolder(tmp_path / "none").finished(1) == ()


def test_saved_file_is_kept(reel: Reel) -> None:
    """Also where it comes some time after the click."""
    driver = reel.open("saving.html")
    driver.find_element(By.ID, "plain").click()
    assert reel.saved == [("report.txt", b"from a link")]
    driver.find_element(By.ID, "script").click()
    WebDriverWait(driver, 10).until(
        lambda _: driver.observer and driver.observer.end() and len(reel.saved) == 2
    )
    assert reel.saved[1:] == [("made.txt", b"made here")]


def test_take_has_the_file(seeded: Callable[..., Path], tmp_path: Path) -> None:
    """Named by its content, with the action that saved it."""
    path = seeded(
        "# Save\n\nSelect **Download**.",
        "from recorder import open_browser\nbrowser = open_browser(base_url + '/saving.html')",
        "browser.find_element('id', 'plain').click()",
    )
    take = record(read_storyboard(path), folder=tmp_path / "take")
    (saved,) = take.downloads
    assert (saved.name, saved.size) == ("report.txt", 11)
    assert (tmp_path / "take" / "downloads" / saved.file).read_text() == "from a link"
    assert take.steps[-1].actions[-1].downloads == (saved,)

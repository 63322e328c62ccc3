"""Firefox is filmed as Chromium is; what it shows is told in the same words."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image
from selenium.webdriver import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from recorder.browser import FilmedChrome
from recorder.errors import TakeError
from recorder.movement import Filming
from recorder.snapshot import Node, read_snapshot
from recorder.take import DialogKind, Moment, shot_path
from tests.recorder.conftest import Reel
from tests.recorder.test_movement import last_frame

_PAGES = ["form.html", "icons.html", "lists.html", "frames.html", "shadow.html", "words.html"]
_FIELDS = {"textbox", "searchbox", "combobox", "spinbutton"}
_PLAIN = {"On a ground of", "its own"}


def _moment(reel: Reel) -> Moment:
    reel.camera.forget()
    moment = reel.camera.moment()
    assert moment is not None
    return moment


def _nodes(reel: Reel) -> tuple[Node, ...]:
    return read_snapshot(reel.folder / "snapshots" / f"{_moment(reel).snapshot}.json.gz").nodes


def _told(nodes: tuple[Node, ...]) -> list[tuple[str, str, dict[str, str]]]:
    """Roles, names and states of all but blanks."""
    told = [(node.role, node.name.strip(), node.states) for node in nodes]
    return [(role, name, states) for role, name, states in told if role != "StaticText" or name]


def _shown(nodes: tuple[Node, ...]) -> list[tuple[str, object]]:
    """What fields hold, how texts look that are in no control, and how large the page is."""
    fields = [(node.name, node.value) for node in nodes if node.role in _FIELDS]
    texts = [(node.name, node.styles) for node in nodes if node.name.strip() in _PLAIN]
    return [*fields, *texts, ("", nodes[0].box)]


def test_structure_is_told_as_chromium_tells_it(
    reel: Reel, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """In the same order: fields, icons, lists, tables, frames, shadow trees."""
    other = Reel(reel.site, tmp_path_factory.mktemp("chromium"))
    other.browser = FilmedChrome(watch=other.watch)
    try:
        for page in _PAGES:
            reel.open(page)
            other.open(page)
            nodes, wanted = _nodes(reel), _nodes(other)
            assert _told(nodes) == _told(wanted), page
            assert _shown(nodes) == _shown(wanted), page
    finally:
        other.browser.quit()


def test_picture_is_the_viewport_at_its_scale(reel: Reel) -> None:
    reel.open("form.html")
    with Image.open(shot_path(reel.folder, _moment(reel))) as shot:
        assert shot.size == (1600, 1200)


def test_target_lies_where_the_picture_shows_it(reel: Reel) -> None:
    """In frames that are scaled, and in one of another site."""
    driver = reel.open("zoomed.html")
    for frame in ("shrunk", "far"):
        driver.switch_to.default_content()
        driver.switch_to.frame(driver.find_element(By.ID, frame))
        driver.find_element(By.ID, "button").click()
        assert reel.colour(reel.last.before, reel.last.point) == "#ff0000"


def test_typing_has_a_picture_of_each_key(reel: Reel) -> None:
    driver = reel.open("form.html")
    driver.find_element(By.NAME, "name").send_keys("Ada")
    assert [stroke.text for stroke in reel.last.keystrokes] == ["A", "Ad", "Ada"]
    assert all(stroke.patch is not None for stroke in reel.last.keystrokes)


def test_dialogs_are_told_by_kind(reel: Reel) -> None:
    driver = reel.open("dialogs.html")
    for kind in (DialogKind.ALERT, DialogKind.CONFIRM, DialogKind.PROMPT):
        driver.find_element(By.ID, kind.value).click()
        assert reel.last.after.dialog is not None
        assert reel.last.after.dialog.kind is kind
        driver.switch_to.alert.accept()
        assert reel.last.after.dialog is None


def test_dialog_that_opens_by_itself_holds_nothing_up(reel: Reel) -> None:
    driver = reel.open("dialogs.html")
    driver.find_element(By.ID, "late").click()
    alert = WebDriverWait(driver, 5).until(lambda _: driver.switch_to.alert)
    assert alert.text == "Late"
    alert.accept()
    assert driver.find_element(By.ID, "out").text == "was late"


def test_saved_files_are_kept(reel: Reel) -> None:
    driver = reel.open("saving.html")
    reel.saved.clear()
    driver.find_element(By.ID, "plain").click()
    WebDriverWait(driver, 5).until(lambda _: _saved(reel))
    assert reel.saved == [("report.txt", b"from a link")]


def _saved(reel: Reel) -> bool:
    observer = reel.browser.observer
    assert observer is not None
    observer.end()
    return bool(reel.saved)


def test_closed_shadow_trees_are_filmed(reel: Reel) -> None:
    driver = reel.open("closed.html")
    tree = driver.find_element(By.ID, "form").shadow_root
    tree.find_element(By.ID, "name").click()
    ActionChains(driver).send_keys("Ada").perform()
    assert reel.last.target is not None
    assert (reel.last.target.role, reel.last.target.name) == ("textbox", "Name")
    tree.find_element(By.ID, "save").click()
    WebDriverWait(driver, 5).until(lambda _: tree.find_element(By.CSS_SELECTOR, "output").text)
    assert "Saved" in [node.name for node in _nodes(reel)]


@pytest.mark.parametrize("name", ["css", "timer", "frames", "chain"])
def test_movement_is_filmed_to_its_end(reel: Reel, name: str) -> None:
    """Its last frame shows what the page shows when it has ended."""
    driver = reel.open("movement.html")
    assert driver.observer is not None
    with driver.observer.film(Filming()):
        driver.find_element(By.ID, name).click()
    action = reel.last
    assert len(action.frames) > 5
    shown = np.asarray(Image.open(shot_path(reel.folder, action.after)).convert("RGB"))
    assert np.array_equal(last_frame(reel, action)[200:], shown[200:, :, ::-1])


def test_page_of_nobody_is_told(reel: Reel) -> None:
    """What leads to where nobody listens ends in an error of the take, not in a picture."""
    driver = reel.open("dead.html")
    with pytest.raises(TakeError, match="cannot be reached: Firefox shows an error page"):
        driver.execute_script("location.assign(document.querySelector('a').href)")


def test_windows_tell_where_they_are(reel: Reel) -> None:
    driver = reel.open("windows.html")
    driver.switch_to.new_window("tab")
    driver.get(f"{reel.site}/sent.html")
    assert {address.rpartition("/")[2] for address in driver.window_addresses()} == {
        "windows.html", "sent.html"
    }  # fmt: skip


def test_cookies_are_given_back(reel: Reel) -> None:
    driver = reel.open("form.html")
    driver.execute_script("document.cookie = 'seen=yes; path=/; SameSite=Lax'")
    kept = driver.inspector.cookies()
    driver.delete_all_cookies()
    driver.inspector.set_cookies(kept)
    assert driver.get_cookie("seen") is not None
    driver.delete_all_cookies()


def test_secret_is_covered_wherever_it_is_shown(reel: Reel) -> None:
    """In text in pieces, drawn by style sheets, in shadow trees also closed, in frames."""
    reel.secrets.add("KEY", "Zk7-vault-92")
    reel.open("secrets.html")
    moment = _moment(reel)
    for name in ("split", "dark", "generated", "open", "shut", "frame", "other"):
        rect = reel.browser.find_element(By.ID, name).rect
        left, top = rect["x"], rect["y"]
        assert any(
            left <= hidden.centre.x <= left + rect["width"]
            and top <= hidden.centre.y <= top + rect["height"]
            for hidden in moment.hidden
        ), name
    assert "vault" not in " ".join(node.name for node in _nodes(reel))

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.command import Command

from recorder.browser import FilmedChrome
from recorder.errors import TakeError
from recorder.snapshot import read_snapshot
from recorder.take import Box, Moment, Point, shot_path

from .conftest import Reel


def look(reel: Reel) -> Moment:
    """The next moment, taken anew."""
    reel.camera.forget()
    moment = reel.camera.moment()
    assert moment is not None
    return moment


def test_shot_has_two_pixels_each_way_for_each_of_the_page(reel: Reel) -> None:
    reel.open("form.html")
    with Image.open(shot_path(reel.folder, look(reel))) as shot:
        assert shot.size == (1600, 1200)


def test_text_stands_where_it_stands_once_the_page_is_loaded_again(reel: Reel) -> None:
    driver = reel.open("form.html")
    # Another site is shown by a process of its own, to which all fonts are new.
    driver.get(reel.site.replace("127.0.0.1", "localhost") + "/fonts.html")
    first = look(reel)
    driver.refresh()
    assert look(reel).shot == first.shot


def test_moment_tells_address_title_and_scroll(reel: Reel) -> None:
    driver = reel.open("sticky.html?x=1")
    driver.execute_script("window.scrollTo(0, 300)")
    moment = look(reel)
    assert (moment.address, moment.title) == ("/sticky.html?x=1", "Sticky")
    assert moment.scroll == Point(x=0, y=300)


def test_snapshot_tells_roles_names_and_boxes_in_frames_too(reel: Reel) -> None:
    reel.open("frames.html")
    moment = look(reel)
    nodes = read_snapshot(reel.folder / "snapshots" / f"{moment.snapshot}.json.gz").nodes
    button = next(node for node in nodes if node.role == "button")
    assert button.name == "Go"
    assert reel.colour(moment, button.box.centre) == "#ff0000"


def test_icon_of_a_style_sheet_is_an_image_that_its_tooltip_names(reel: Reel) -> None:
    driver = reel.open("form.html")
    dot = "url(\"data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'/%3E\")"
    script = "document.body.insertAdjacentHTML('beforeend', arguments[0])"
    icon = f"<i title='Help' style='display: block; width: 16px; height: 16px; {{}}: {dot}'></i>"
    driver.execute_script(script, icon.format("background").replace('"', "&quot;"))
    driver.execute_script(script, icon.format("mask").replace('"', "&quot;"))
    driver.execute_script(script, "<button>" + icon.format("mask") + "</button>")
    moment = look(reel)
    nodes = read_snapshot(reel.folder / "snapshots" / f"{moment.snapshot}.json.gz").nodes
    assert [node.name for node in nodes if node.tag == "i"] == ["Help", "Help"]
    assert {node.role for node in nodes if node.tag == "i"} == {"image"}


def test_unchanged_page_is_not_shot_again(reel: Reel) -> None:
    reel.open("form.html")
    assert reel.camera.moment() is reel.camera.moment()


def test_value_set_by_a_script_is_seen(reel: Reel) -> None:
    driver = reel.open("form.html")
    before = reel.camera.moment()
    driver.execute_script("return document.getElementById('name').value = 'Ada'")
    assert reel.camera.moment() != before


def test_caret_is_not_in_the_picture(reel: Reel) -> None:
    driver = reel.open("form.html")
    driver.find_element(By.ID, "name").click()
    assert len({look(reel).shot for _ in range(4)}) == 1
    assert driver.find_element(By.ID, "name").value_of_css_property("caret-color").endswith("0)")


def test_endless_movement_is_held_at_its_beginning_and_goes_on(reel: Reel) -> None:
    driver = reel.open("endless.html")
    first, second = look(reel), look(reel)
    assert first == second
    assert first.settled
    assert reel.colour(first, Point(x=20, y=20)) == "#ff0000"
    running = "return document.getAnimations().map((a) => a.playState)"
    assert driver.execute_script(running) == ["running"]


def test_movement_that_ends_is_waited_for(reel: Reel) -> None:
    driver = reel.open("endless.html")
    driver.find_element(By.ID, "slide").click()
    assert reel.colour(reel.last.after, Point(x=230, y=80)) == "#0000ff"


def test_change_while_the_picture_is_taken_is_waited_for(
    reel: Reel, monkeypatch: pytest.MonkeyPatch
) -> None:
    driver = reel.open("form.html")
    inspector, capture = reel.camera.inspector, reel.camera.inspector.capture
    changes = ["#ff00ff", "#00ffff"]

    def late(region: Box | None = None) -> bytes:
        content = capture(region)
        if changes:
            driver.ask(
                Command.W3C_EXECUTE_SCRIPT,
                {
                    "script": "document.body.style.background = arguments[0]",
                    "args": [changes.pop()],
                },
            )
        return content

    monkeypatch.setattr(inspector, "capture", late)
    moment = look(reel)
    assert moment.settled
    assert not changes
    assert reel.colour(moment, Point(x=790, y=590)) == "#ff00ff"


def test_page_that_never_settles_is_told_so(reel: Reel) -> None:
    driver = reel.open("restless.html")
    driver.find_element(By.ID, "button").click()
    assert not reel.last.after.settled
    assert reel.last.after.title == "Restless"


def test_masked_areas_may_change(reel: Reel) -> None:
    driver = reel.open("clock.html")
    driver.find_element(By.ID, "button").click()
    assert reel.last.after.settled
    assert len(reel.last.after.masks) == 1


def test_page_that_reloads_for_ever_has_a_defined_result(site: str, tmp_path: Path) -> None:
    reel = Reel(site, tmp_path, limit_ms=300)  # its browser is of no use afterwards
    reel.browser = FilmedChrome(watch=reel.watch)
    told = ""
    try:
        reel.browser.get(f"{site}/reloading.html")
    except TakeError as error:
        told = error.message
    finally:
        reel.browser.quit()
    # On a machine that has much else to do, loading takes longer than a picture.
    assert "does not come to rest" in told or reel.last.after.title == "Reloading"


def test_redirect_is_followed(reel: Reel) -> None:
    reel.browser.get(f"{reel.site}/redirect.html")
    assert look(reel).title == "Sent"


def test_pictures_are_waited_for(reel: Reel) -> None:
    driver = reel.open("loading.html")
    driver.find_element(By.ID, "load").click()
    assert reel.colour(reel.last.after, Point(x=50, y=50)) == "#00ff00"


def test_canvas_is_shot_until_it_holds_still(reel: Reel) -> None:
    driver = reel.open("canvas.html")
    driver.find_element(By.ID, "draw").click()
    assert reel.last.after.settled
    assert reel.colour(reel.last.after, Point(x=290, y=50)) == "#00ff00"


def test_nothing_of_the_recorder_is_in_the_page(reel: Reel) -> None:
    driver = reel.open("form.html")
    driver.execute_script("return 1")
    seen = "return [document.documentElement.outerHTML, Object.keys(window).length]"
    before = driver.execute_script(seen)
    look(reel)
    assert driver.execute_script(seen) == before
    names = driver.execute_script("return Object.getOwnPropertySymbols(document).length")
    assert names == 0


def test_page_of_a_browser_that_ended_is_what_it_showed_last(site: str, tmp_path: Path) -> None:
    reel = Reel(site, tmp_path)
    reel.browser = FilmedChrome(watch=reel.watch)
    driver = reel.open("form.html")
    observer = driver.observer
    last = reel.camera.last
    driver.quit()
    assert observer is not None
    assert observer.end() == last


def test_last_window_that_is_closed_leaves_what_it_showed(site: str, tmp_path: Path) -> None:
    reel = Reel(site, tmp_path)
    reel.browser = FilmedChrome(watch=reel.watch)
    driver = reel.open("form.html")
    driver.close()
    assert driver.observer is not None
    assert driver.observer.end() == reel.camera.last
    driver.quit()


def test_crash_of_the_page_is_an_error(site: str, tmp_path: Path) -> None:
    reel = Reel(site, tmp_path)
    reel.browser = FilmedChrome(watch=reel.watch)
    driver = reel.open("form.html")
    with pytest.raises(WebDriverException, match="tab crashed"):
        driver.get("chrome://crash")
    with pytest.raises(WebDriverException, match="tab crashed"):
        reel.camera.moment()
    driver.quit()


def test_impatient_storyboard_is_filmed_once_the_page_is_there(site: str, tmp_path: Path) -> None:
    options = Options()
    options.page_load_strategy = "none"
    reel = Reel(site, tmp_path)
    reel.browser = FilmedChrome(options, watch=reel.watch)
    driver = reel.browser
    driver.get(f"{site}/form.html")
    driver.get(f"{site}/sent.html")
    assert [action.after.title for action in reel.actions] == ["Form", "Sent"]
    driver.quit()

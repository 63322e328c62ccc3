"""What a page is made of, frames included, lies where its picture shows it."""

from __future__ import annotations

from selenium.webdriver import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from recorder.snapshot import Node, read_snapshot
from recorder.take import Box, Moment
from tests.recorder.conftest import Reel


def _nodes(reel: Reel, moment: Moment) -> tuple[Node, ...]:
    return read_snapshot(reel.folder / "snapshots" / f"{moment.snapshot}.json.gz").nodes


def _buttons(reel: Reel, moment: Moment) -> dict[str, list[Box]]:
    found: dict[str, list[Box]] = {}
    for node in _nodes(reel, moment):
        if node.role == "button":
            found.setdefault(node.name, []).append(node.box)
    return found


def test_frames_of_another_site_are_told(reel: Reel) -> None:
    """What stands in them, and in the frames in them, is part of the page."""
    reel.open("frames.html")
    moment = reel.camera.moment()
    assert moment is not None
    buttons = _buttons(reel, moment)
    assert {name: len(boxes) for name, boxes in buttons.items()} == {"Go": 2, "Leaf": 2}


def test_scaled_frames_are_told_where_they_are_seen(reel: Reel) -> None:
    """CSS transforms and zoom of a frame hold for what is in it, whatever its site."""
    reel.open("zoomed.html")
    moment = reel.camera.moment()
    assert moment is not None
    assert _buttons(reel, moment)["Go"] == [
        Box(x=31, y=11, width=40, height=20),
        Box(x=33, y=207, width=120, height=60),
        Box(x=36.5, y=451.5, width=60, height=30),
    ]


def test_target_in_a_scaled_frame_is_where_the_picture_shows_it(reel: Reel) -> None:
    """Box and point are pixels of the window."""
    driver = reel.open("zoomed.html")
    for frame in ("shrunk", "zoomed", "far"):
        driver.switch_to.default_content()
        driver.switch_to.frame(driver.find_element(By.ID, frame))
        driver.find_element(By.ID, "button").click()
        target, moment = reel.last.target, reel.last.before
        assert target is not None
        assert moment is not None
        assert target.box in _buttons(reel, moment)["Go"]
        assert reel.colour(moment, reel.last.point) == "#ff0000"


def test_closed_shadow_trees_are_filmed(reel: Reel) -> None:
    """Who has the focus there is told, and what changes there by itself is seen."""
    driver = reel.open("closed.html")
    tree = driver.find_element(By.ID, "form").shadow_root
    tree.find_element(By.ID, "name").click()
    ActionChains(driver).send_keys("Ada").perform()
    target = reel.last.target
    assert target is not None
    assert (target.role, target.name) == ("textbox", "Name")
    tree.find_element(By.ID, "save").click()
    WebDriverWait(driver, 5).until(lambda _: tree.find_element(By.CSS_SELECTOR, "output").text)
    moment = reel.camera.moment()
    assert moment is not None
    assert "Saved" in [node.name for node in _nodes(reel, moment)]

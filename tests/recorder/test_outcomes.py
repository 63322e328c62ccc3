"""What is filmed where a target is not as a storyboard would have it."""

from __future__ import annotations

from unittest.mock import Mock

import pytest
from selenium.common.exceptions import (
    ElementNotInteractableException,
    StaleElementReferenceException,
)
from selenium.webdriver.common.by import By

from recorder.description import Describer
from recorder.take import ActionKind, Box

from .conftest import Reel

pytestmark = pytest.mark.usefixtures("reel")


def test_move_since_the_description_is_noticed(reel: Reel) -> None:
    driver = reel.open("outcomes.html")
    describer = Describer(driver.ask)
    driver.execute_script("document.body.animate([], {duration: 1e9})")
    found = describer.describe(driver.find_element(By.ID, "mover").id)
    assert found is not None
    assert not describer.has_moved(found)
    driver.execute_script("document.getElementById('mover').style.left = '50px'")
    assert describer.has_moved(found)
    driver.execute_script("document.getElementById('mover').remove()")
    assert not describer.has_moved(found)


def test_target_that_moves_without_end_is_looked_at_once_more(
    reel: Reel, monkeypatch: pytest.MonkeyPatch
) -> None:
    driver = reel.open("outcomes.html?moving")
    take = Mock(side_effect=reel.camera.moment)
    monkeypatch.setattr(reel.camera, "moment", take)
    # On a busy machine a browser may draw no frame between two looks.
    monkeypatch.setattr(Describer, "has_moved", Mock(return_value=True))
    driver.find_element(By.ID, "mover").click()
    assert reel.kinds == [ActionKind.CLICK]
    assert take.call_count == 3  # before, once more, and after


def test_target_that_vanished_fails_as_selenium_does(reel: Reel) -> None:
    driver = reel.open("outcomes.html")
    mover = driver.find_element(By.ID, "mover")
    driver.execute_script("document.getElementById('mover').remove()")
    reel.actions.clear()
    with pytest.raises(StaleElementReferenceException):
        mover.click()
    assert reel.actions == []


def test_target_without_size_is_told_as_it_is(reel: Reel) -> None:
    driver = reel.open("outcomes.html")
    empty = driver.find_element(By.ID, "empty")
    observer = driver.observer
    assert observer is not None
    observer.note(ActionKind.HIGHLIGHT, empty)
    assert reel.kinds == [ActionKind.HIGHLIGHT]
    assert reel.last.target is not None
    assert reel.last.target.box == Box(x=300, y=10, width=0, height=0)
    with pytest.raises(ElementNotInteractableException):
        empty.click()
    assert len(reel.actions) == 1


def test_zoom_tells_its_target_or_the_whole_page(reel: Reel) -> None:
    driver = reel.open("outcomes.html")
    observer = driver.observer
    assert observer is not None
    observer.note(ActionKind.ZOOM, driver.find_element(By.ID, "mover"))
    observer.note(ActionKind.ZOOM)
    assert reel.kinds == [ActionKind.ZOOM, ActionKind.ZOOM]
    assert [action.target is None for action in reel.actions] == [False, True]

from __future__ import annotations

import time

import numpy as np
import pytest
from selenium.webdriver.common.by import By

from recorder.movement import FRAME_MS, Filming
from recorder.picture import Picture, crop, read_picture
from recorder.take import Action, ActionKind, shot_path

from .conftest import Reel

pytestmark = pytest.mark.usefixtures("reel")


def film(reel: Reel, name: str, seconds: float | None = 5) -> Action:
    """Click an element of the page and film what moves."""
    driver = reel.open("movement.html")
    observer = driver.observer
    assert observer is not None
    with observer.film(Filming(seconds)):
        driver.find_element(By.ID, name).click()
    return reel.last


def last_frame(reel: Reel, action: Action) -> Picture:
    assert action.before is not None
    picture = read_picture(shot_path(reel.folder, action.before)).copy()
    for frame in action.frames:
        if frame.patch is not None:
            patch = read_picture(reel.folder / "shots" / f"{frame.patch.shot}.png")
            crop(picture, frame.patch.box, 2)[:] = patch
    return picture


@pytest.mark.parametrize(
    ("name", "end_ms"), [("css", 400), ("timer", 500), ("frames", 400), ("chain", 440)]
)
def test_movement_is_filmed_to_its_end(reel: Reel, name: str, end_ms: int) -> None:
    action = film(reel, name)
    assert action.kind == "click"
    assert [frame.at_ms for frame in action.frames] == [
        number * FRAME_MS for number in range(len(action.frames))
    ]
    assert abs(action.frames[-1].at_ms - end_ms) <= FRAME_MS
    shown = read_picture(shot_path(reel.folder, action.after))
    # The button loses nothing; only what moved is compared.
    assert np.array_equal(last_frame(reel, action)[200:], shown[200:])


@pytest.mark.parametrize("name", ["css", "timer", "frames", "spinner"])
def test_two_runs_have_the_same_frames(reel: Reel, name: str) -> None:
    seconds = 0.6
    assert film(reel, name, seconds).frames == film(reel, name, seconds).frames


def test_transition_is_seen_halfway(reel: Reel) -> None:
    action = film(reel, "css")
    patch = action.frames[5].patch
    assert patch is not None
    assert 200 <= patch.box.x + patch.box.width <= 260


def test_movement_without_end_is_filmed_for_its_time(reel: Reel) -> None:
    action = film(reel, "spinner", 0.8)
    assert action.frames[-1].at_ms == 800
    assert action.after.settled


def test_movement_without_end_holds_still_where_an_end_is_waited_for(reel: Reel) -> None:
    film(reel, "spinner", 0.2)
    driver = reel.browser
    assert driver.observer is not None
    with driver.observer.film(Filming()):
        driver.find_element(By.ID, "css").click()
    assert 360 <= reel.last.frames[-1].at_ms <= 480


def test_movement_is_filmed_while_the_picture_is_held(reel: Reel) -> None:
    film(reel, "spinner", 0.2)
    observer = reel.browser.observer
    assert observer is not None
    with observer.film(Filming(0.4)):
        observer.note(ActionKind.HOLD, seconds=1.0)
    assert reel.last.kind is ActionKind.HOLD
    assert sum(frame.patch is not None for frame in reel.last.frames) > 5


def test_page_that_does_not_move_has_few_frames(reel: Reel) -> None:
    assert len(film(reel, "still").frames) <= 1


@pytest.mark.parametrize("name", ["leave", "ask"])
def test_page_that_is_left_ends_the_frames(reel: Reel, name: str) -> None:
    action = film(reel, name)
    if name == "ask":
        assert action.after.dialog is not None
        reel.browser.switch_to.alert.accept()
        native = "return requestAnimationFrame === nativeFrame"
        assert reel.browser.execute_script(native)
    else:
        assert action.after.title == "Sent"
        assert action.frames == ()


def test_real_time_is_back_after_the_block(reel: Reel) -> None:
    driver = reel.open("movement.html")
    observer = driver.observer
    assert observer is not None
    with pytest.raises(ZeroDivisionError), observer.film(Filming(0.2)):
        driver.find_element(By.ID, "css").click()
        raise ZeroDivisionError
    began = time.monotonic()
    past = driver.execute_async_script(
        "const done = arguments[0]; const start = Date.now();"
        "setTimeout(() => done(Date.now() - start), 300)"
    )
    assert past >= 290
    assert time.monotonic() - began >= 0.29
    assert driver.execute_script(
        "return [requestAnimationFrame === nativeFrame, performance.hasOwnProperty('now')]"
    ) == [True, False]
    driver.execute_script("document.getElementById('slide').className = ''")
    driver.find_element(By.ID, "css").click()
    assert reel.last.after.settled
    assert reel.last.frames == ()


def test_target_that_is_missing_leaves_real_time(reel: Reel) -> None:
    driver = reel.open("movement.html")
    observer = driver.observer
    assert observer is not None
    button = driver.find_element(By.ID, "css")
    driver.execute_script("arguments[0].remove()", button)
    with pytest.raises(Exception, match="stale"), observer.film(Filming(0.2)):
        button.click()
    assert driver.execute_script("return requestAnimationFrame === nativeFrame")


@pytest.mark.parametrize(
    "script",
    [
        "setTimeout(arguments[0], 200); document.getElementById('css').click()",
        "return new Promise((done) => setTimeout(done, 200))",
    ],
)
def test_script_that_waits_is_not_held_up(reel: Reel, script: str) -> None:
    driver = reel.open("movement.html")
    observer = driver.observer
    assert observer is not None
    # What is held up is ended after half a minute, with an error.
    with observer.film(Filming(0.4)):
        if script.startswith("return"):
            driver.execute_script(script)
        else:
            driver.execute_async_script(script)

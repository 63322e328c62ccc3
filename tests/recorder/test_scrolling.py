from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from selenium.webdriver import ActionChains, Keys
from selenium.webdriver.common.actions.wheel_input import ScrollOrigin
from selenium.webdriver.common.by import By

from recorder.picture import read_picture
from recorder.scrolling import plan_stops
from recorder.take import Box, Point, Scroll, shot_path

from .conftest import Reel

WINDOW = Box(x=0, y=0, width=800, height=600)


def plan(distance: float) -> list[float]:
    scroll = Scroll(box=WINDOW, origin=Point(x=0, y=0), goal=Point(x=0, y=distance))
    return [stop.y for stop in plan_stops(scroll)]


def scrolled(reel: Reel) -> Scroll:
    assert reel.last.scroll is not None
    return reel.last.scroll


def test_short_way_needs_no_stops() -> None:
    assert plan(450) == plan(-450) == []


def test_neighbours_overlap_by_a_quarter() -> None:
    places = [0, *plan(3000), 3000]
    assert max(late - early for early, late in pairwise(places)) <= 450


def test_long_way_has_a_gap_in_its_middle() -> None:
    places = [0, *plan(15000), 15000]
    gaps = [late - early for early, late in pairwise(places)]
    assert len(places) == 12
    assert [gap > 450 for gap in gaps].index(True) == 5
    assert sum(gap > 450 for gap in gaps) == 1


def test_very_long_way_is_not_walked() -> None:
    assert plan(20001) == []


def test_script_that_scrolls_is_seen_on_its_way(reel: Reel) -> None:
    driver = reel.open("scrolling.html")
    driver.execute_script("window.scrollTo(0, 2000)")
    scroll = scrolled(reel)
    assert scroll.box == WINDOW
    assert (scroll.origin.y, scroll.goal.y) == (0, 2000)
    assert [point.y for point, _ in scroll.shots] == [0, 400, 800, 1200, 1600, 2000]
    assert scroll.shots[0][1] == reel.last.before.shot if reel.last.before else False
    assert scroll.shots[-1][1] == reel.last.after.shot
    assert driver.execute_script("return scrollY") == 2000


def test_pictures_on_the_way_continue_each_other(reel: Reel) -> None:
    driver = reel.open("scrolling.html")
    driver.execute_script("window.scrollTo(0, 1000)")
    shots = [
        (point.y, read_picture(reel.folder / "shots" / f"{shot}.png"))
        for point, shot in scrolled(reel).shots
    ]
    for (early, above), (late, below) in pairwise(shots):
        shift = round((late - early) * 2)
        assert np.array_equal(above[shift + 100 :, 20:400], below[100 : 1200 - shift, 20:400])


def test_what_stays_in_its_place_is_told(reel: Reel) -> None:
    driver = reel.open("scrolling.html")
    driver.execute_script("window.scrollTo(0, 2000)")
    assert set(scrolled(reel).fixed) == {
        Box(x=0, y=0, width=200, height=30),
        Box(x=300, y=0, width=100, height=30),
    }


def test_scrolled_page_is_not_taken_again(reel: Reel) -> None:
    driver = reel.open("scrolling.html")
    driver.execute_script("window.scrollTo(0, 2000)")
    assert reel.camera.moment() is reel.last.after


def test_implied_scroll_tells_its_way(reel: Reel) -> None:
    driver = reel.open("scrolling.html")
    driver.find_element(By.ID, "deep").click()
    reveal, click = reel.actions
    assert reveal.implied
    assert reveal.scroll is not None
    assert reveal.scroll.goal == reveal.after.scroll
    assert len(reveal.scroll.shots) > 5
    assert click.scroll is None


def test_wheel_over_a_panel_scrolls_the_panel(reel: Reel) -> None:
    driver = reel.open("scrolling.html")
    panel = driver.find_element(By.ID, "panel")
    ActionChains(driver).scroll_from_origin(ScrollOrigin.from_element(panel), 0, 500).perform()
    scroll = scrolled(reel)
    assert scroll.box == Box(x=500, y=50, width=200, height=300)
    assert (scroll.origin.y, scroll.goal.y) == (0, 500)
    assert [point.y for point, _ in scroll.shots] == [0, 167, 333, 500]
    panel_shot = reel.colour(reel.last.after, Point(x=600, y=200))
    assert panel_shot != reel.colour(reel.last.before, Point(x=600, y=200))


def test_page_down_and_links_within_the_page_scroll(reel: Reel) -> None:
    driver = reel.open("scrolling.html")
    driver.find_element(By.TAG_NAME, "body").send_keys(Keys.PAGE_DOWN)
    assert scrolled(reel).goal.y > 300
    driver.execute_script("window.scrollTo(0, 0)")
    driver.find_element(By.ID, "jump").click()
    assert reel.last.kind == "click"
    assert scrolled(reel).goal.y == 3000


def test_page_that_grows_as_it_is_scrolled_is_left_alone(reel: Reel) -> None:
    driver = reel.open("scrolling.html?grows")
    driver.execute_script("window.scrollTo(0, 3000)")
    assert [point.y for point, _ in scrolled(reel).shots] == [0, 3000]
    assert driver.execute_script("return scrollY") == 3000


def test_page_taller_than_20000_pixels_is_not_walked_through(reel: Reel) -> None:
    driver = reel.open("scrolling.html?huge")
    driver.execute_script("window.scrollTo(0, 30000)")
    assert [point.y for point, _ in scrolled(reel).shots] == [0, 30000]


def test_two_runs_scroll_alike(reel: Reel) -> None:
    runs = []
    for _ in range(2):
        driver = reel.open("scrolling.html")
        driver.execute_script("window.scrollTo(0, 2000)")
        runs.append(reel.last)
    assert runs[0] == runs[1]
    assert shot_path(reel.folder, runs[0].after).exists()


@pytest.mark.usefixtures("reel")
def test_new_page_is_no_scroll(reel: Reel) -> None:
    driver = reel.open("scrolling.html")
    driver.execute_script("window.scrollTo(0, 700)")
    driver.get(f"{reel.site}/form.html")
    assert reel.last.scroll is None

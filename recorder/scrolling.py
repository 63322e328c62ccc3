"""Scrolling: the way between two offsets, seen in pictures that overlap."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from selenium.common.exceptions import WebDriverException

from recorder.errors import TakeError
from recorder.take import Box, Point, Scroll

if TYPE_CHECKING:
    from collections.abc import Iterator

    from recorder.camera import Camera
    from recorder.take import Moment

__all__ = ["film_scroll", "plan_stops"]

_STEP = 0.75
"""How far apart two pictures are at most, in parts of the box: a quarter of it is in both."""

_MOST_SHOTS = 12
_LONGEST_PX = 20_000


def film_scroll(camera: Camera, before: Moment | None, after: Moment | None) -> Scroll | None:
    """What was scrolled between two moments, ``after`` the one taken last; None for nothing.

    The page is scrolled back to be seen on the way, and then to where it was.
    """
    scrolled = camera.scrolled
    if scrolled is None or before is None or after is None or before.dialog or after.dialog:
        return None
    if _page(before) != _page(after):
        return None
    try:
        between, fixed = _glide(camera, scrolled)
    except (WebDriverException, TakeError):  # the page was left meanwhile
        camera.forget()
        between, fixed = (), ()
    shots = ((scrolled.origin, before.shot), *between, (scrolled.goal, after.shot))
    return scrolled.model_copy(update={"shots": shots, "fixed": fixed})


def plan_stops(scroll: Scroll) -> tuple[Point, ...]:
    """The offsets between origin and goal at which pictures are needed.

    Of a long way only its beginning and its end are seen; of a very long one nothing.
    """
    (x, y), (step_x, step_y) = _distance(scroll), _steps(scroll.box)
    if max(abs(x), abs(y)) > _LONGEST_PX:
        return ()
    count = max(math.ceil(abs(x) / step_x), math.ceil(abs(y) / step_y))
    if count <= _MOST_SHOTS - 1:
        parts = [number / count for number in range(1, count)]
    else:
        near = [number / count for number in range(1, _MOST_SHOTS // 2)]
        parts = [*near, *(1 - part for part in reversed(near))]
    origin = scroll.origin
    return tuple(
        Point(x=round(origin.x + x * part), y=round(origin.y + y * part)) for part in parts
    )


def _glide(
    camera: Camera, scrolled: Scroll
) -> tuple[tuple[tuple[Point, str], ...], tuple[Box, ...]]:
    """Pictures on the way, and what stays in its place."""
    # From the origin on, so that bars that come and go with the direction are as they were.
    stops = plan_stops(scrolled)
    x, y = _distance(scrolled)
    if max(abs(x), abs(y)) > _LONGEST_PX:
        return (), ()
    try:
        first = camera.ask_page("glide", scrolled.origin.model_dump())
        between = tuple(_shots(camera, stops)) if first["arrived"] else ()
    finally:
        last = camera.ask_page("glide", None)
    if not last["arrived"]:
        camera.forget()
    return between, tuple(Box(**box) for box in last["fixed"])


def _shots(camera: Camera, stops: tuple[Point, ...]) -> Iterator[tuple[Point, str]]:
    for stop in stops:
        if not camera.ask_page("glide", stop.model_dump())["arrived"]:
            return
        yield stop, camera.picture()


def _distance(scroll: Scroll) -> tuple[float, float]:
    return scroll.goal.x - scroll.origin.x, scroll.goal.y - scroll.origin.y


def _steps(box: Box) -> tuple[float, float]:
    return max(1.0, box.width * _STEP), max(1.0, box.height * _STEP)


def _page(moment: Moment) -> str:
    """The address without what only names a place on the page."""
    page, _, place = moment.address.partition("#")
    return moment.address if place.startswith(("/", "!")) else page

"""The lines of text that a film shows where nothing moves."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from legibility_line import MARGIN, Line, lines_in

from recorder.take import Box, Moment, read_take
from storycast.timeline import read_timeline
from storycast.verify.camera import Camera
from storycast.verify.container import read_container
from storycast.verify.frame import Luma, decode
from storycast.verify.hold import Hold, find_holds

__all__ = ["film_lines"]

_POINTER = 44.0
"""CSS pixels that a pointer takes after its point."""


def film_lines(folder: Path) -> Iterator[list[Line]]:
    """Yield the lines of every hold of the film in ``folder`` that shows a moment of its take."""
    film = folder / "film.mp4"
    timeline, take = read_timeline(folder / "timeline.json"), read_take(folder / "take")
    moments = {moment.shot: moment for moment in take.moments}
    container = read_container(film)
    camera = Camera(timeline.viewport, (container.video.width, container.video.height))
    due = deque(
        (clip.start_ms + hold.at_ms, hold, moments[hold.pictures[0].shot])
        for clip in timeline.clips
        for hold in find_holds(clip)
        if len(hold.pictures) == 1 and hold.pictures[0].shot in moments
    )
    for frame in decode(film, container, 0, len(container.video.packets)):
        while due and due[0][0] < frame.until_ms:
            _, hold, moment = due.popleft()
            yield list(_lines(folder / "take", hold, moment, frame.luma, camera))


def _lines(take: Path, hold: Hold, moment: Moment, film: Luma, camera: Camera) -> Iterator[Line]:
    (width, height), page = camera.viewport, camera.page
    return lines_in(
        take,
        moment,
        width,
        seen=hold.framing or Box(x=0, y=0, width=width, height=height),
        picture=film,
        place=(page.left, page.top, page.right - page.left),
        is_hidden=partial(_is_pointed_at, hold),
    )


def _is_pointed_at(hold: Hold, box: Box) -> bool:
    if hold.pointer is None:
        return False
    across = box.x - _POINTER < hold.pointer.x < box.x + box.width + MARGIN
    return across and box.y - _POINTER < hold.pointer.y < box.y + box.height + MARGIN

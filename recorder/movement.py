"""Movement: films what moves by itself, frame by frame, with the page's clock in hand."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from selenium.common.exceptions import WebDriverException

from recorder.errors import TakeError
from recorder.take import Box, Frame, shot_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from concurrent.futures import Future

    from recorder.camera import Camera
    from recorder.take import Moment, Patch

__all__ = ["FRAME_MS", "LONGEST_S", "Filming", "film_movement"]

FRAME_MS = 40
"""The time between two frames."""

LONGEST_S = 5.0
"""How long a movement is filmed whose end is waited for."""

_STILL_FRAMES = 10


@dataclass(frozen=True)
class Filming:
    """How long movement is filmed.

    Without ``seconds`` it is filmed to its end, and what never ends holds still meanwhile.
    """

    seconds: float | None = None

    @property
    def longest_s(self) -> float:
        """How long it is filmed at most."""
        return LONGEST_S if self.seconds is None else self.seconds


@dataclass(frozen=True)
class _Clock:
    """The clock of the page that a camera sees; ``endless`` moves what never ends, too."""

    camera: Camera
    endless: bool

    def stop(self) -> None:
        self.camera.inspector.stop_movement()
        self.camera.tell_page("clock", "stop")

    def step(self, at_ms: int) -> int:
        """Go on to ``at_ms``; returns how many movements run."""
        waiting: int | None = self.camera.tell_page("clock", "step", at_ms)
        if waiting is None:
            raise TakeError("The page whose clock was stopped was left.")
        running: int = self.camera.ask_page("movement", at_ms, self.endless)
        return waiting + running

    def go_on(self) -> None:
        """Real time again; where a dialog keeps the page from hearing it, when that is gone."""
        try:
            self._go_on()
        except (WebDriverException, TakeError):
            self.camera.owe(self._go_on)

    def _go_on(self) -> None:
        self.camera.inspector.resume_movement()
        self.camera.tell_page("clock", "go")


def film_movement(
    camera: Camera,
    before: Moment,
    filming: Filming,
    act: Callable[[], Any],
    *,
    waits: bool = False,
) -> tuple[Any, tuple[Frame, ...]]:
    """Do something to the page and film what moves then.

    ``waits`` tells that it lasts until time has passed in the page: then the clock is stopped after
    it. Returns what ``act`` returns and the frames until the movement ended. Where the page becomes
    another, or a dialog opens, the frames end.
    """
    clock = _Clock(camera, endless=filming.seconds is not None)
    response = act() if waits else None
    try:
        with contextlib.suppress(WebDriverException, TakeError):
            clock.stop()
        if not waits:
            response = act()
        return response, _film(camera, clock, before, filming.longest_s)
    finally:
        clock.go_on()


def _film(camera: Camera, clock: _Clock, before: Moment, seconds: float) -> tuple[Frame, ...]:
    # They need OpenCV, whose import takes a while: only who films movement pays for it.
    from recorder.patching import Patcher  # noqa: PLC0415
    from recorder.picture import read_picture  # noqa: PLC0415

    viewport, scale = camera.format
    whole = Box(x=0, y=0, width=viewport[0], height=viewport[1])
    start = read_picture(shot_path(camera.folder, before))
    patcher = Patcher(start, scale, camera.writer)
    try:
        patches = [
            found.result()
            for found in _patches(camera, clock, partial(patcher.add, region=whole), seconds)
        ]
    finally:
        patcher.close()
    while patches and patches[-1] is None:
        patches.pop()
    return tuple(
        Frame(at_ms=number * FRAME_MS, patch=patch) for number, patch in enumerate(patches)
    )


def _patches(
    camera: Camera, clock: _Clock, add: Callable[[bytes], Future[Patch | None]], seconds: float
) -> list[Future[Patch | None]]:
    found: list[Future[Patch | None]] = []
    still, last = 0, b""
    # What was seen until the page was left is kept.
    with contextlib.suppress(WebDriverException, TakeError):
        for picture, running in _pictures(camera, clock, seconds):
            found.append(add(picture))
            still = still + 1 if picture == last and not running else 0
            last = picture
            if still == _STILL_FRAMES:
                break
    return found


def _pictures(camera: Camera, clock: _Clock, seconds: float) -> Iterator[tuple[bytes, int]]:
    for at_ms in range(0, round(seconds * 1000) + 1, FRAME_MS):
        running = clock.step(at_ms)
        yield camera.look_now(), running

"""Sharpness: whether what is written on the page can be read in the film as in the shot."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from storycast.timeline import Clip
from storycast.verify.camera import Area, Camera, camera_at, tag_at
from storycast.verify.picture import is_blank
from storycast.verify.report import Check, Reading, judge, skip

if TYPE_CHECKING:
    from collections.abc import Callable

    from storycast.verify.frame import Luma
    from storycast.verify.hold import Hold
    from storycast.verify.reference import Shots

__all__ = ["LEAST_SSIM", "HoldQuestion", "check_sharpness"]

LEAST_SSIM = 0.98
"""How like the shot the film's writing has to be: structural similarity, 1 where it is the same."""

_POINTER = (14.0, 44.0)  # CSS pixels that a pointer takes before and after its point


class HoldQuestion:
    """How like its shot a frame is that stands while nothing moves: its structural similarity.

    The answer is None where there is no shot to compare with, or nothing written on it.
    """

    def __init__(
        self,
        number: int,
        hold: Hold,
        clip: Clip,
        camera: Camera,
        shots: Callable[[], Shots],
        shown: str,
    ) -> None:
        """Look at the frame of ``number``; ``shown`` names the pictures that it should show."""
        self.frames = range(number, number + 1)
        self._hold = hold
        self._camera = camera_at(camera, clip, hold.at_ms)
        self._hidden = self._pointer(), tag_at(self._camera, clip, hold.at_ms)
        self._shots = shots
        self._likeness: float | None = None
        self.asked = f"hold {shown} {hold.framing} {self._camera} {self._hidden}"

    def see(self, _place: int, luma: Luma) -> None:
        """Compare the frame with the shot."""
        from storycast.verify.likeness import (  # noqa: PLC0415 - only for what is new
            busiest_tiles,
            compare,
        )

        page = self._camera.page
        if is_blank(luma):
            return
        shot = self._shots().draw(self._hold.pictures, self._hold.framing, page)
        tiles = () if shot is None else busiest_tiles(shot, *self._hidden)
        if tiles:
            seen = luma[page.top : page.bottom, page.left : page.right]
            likeness = [compare(tile.of(seen), tile.luma) for tile in tiles]
            self._likeness = sum(likeness) / len(likeness)

    def answer(self) -> float | None:
        """Return how like it is."""
        return self._likeness

    def _pointer(self) -> Area:
        """Where the pointer covers the page, in pixels of the page."""
        if self._hold.pointer is None:
            return Area(0, 0, 0, 0)
        page = self._camera.page
        area = self._camera.around(self._hold.pointer, _POINTER, self._hold.framing)
        return Area(
            area.left - page.left,
            area.top - page.top,
            area.right - page.left,
            area.bottom - page.top,
        )


def check_sharpness(clips: Sequence[Clip], found: Sequence[Sequence[tuple[float, float]]]) -> Check:
    """Return how like the shots the film is; ``found`` is that of each clip."""
    readings = [
        Reading(at_ms=round(clip.start_ms + at_ms, 3), value=value, step=clip.step)
        for clip, own in zip(clips, found, strict=True)
        for at_ms, value in own
    ]
    if not readings:
        return skip("sharpness", "There is no still picture with writing to compare with a shot.")
    return judge(
        "sharpness",
        readings,
        passes=lambda value: value >= LEAST_SSIM,
        badness=lambda value: -value,
        unit="SSIM",
        gate=f">= {LEAST_SSIM}",
        good=f"Writing is as sharp as in the shots ({len(readings)} were compared).",
        bad=lambda worst: (
            f"At {worst.at_ms / 1000:.2f} s (step {worst.step}) the picture is blurred,"
            " or is not the one that was filmed."
        ),
    )

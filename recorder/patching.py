"""Patches: the states of a part of the page, each told by what changed since the one before."""

from __future__ import annotations

import math
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from recorder.picture import Picture, crop, decode_picture, encode_picture, find_difference
from recorder.take import Box, Patch

if TYPE_CHECKING:
    from recorder.take_writer import TakeWriter

__all__ = ["Change", "Patcher", "cut_region"]


def cut_region(box: Box, viewport: tuple[int, int], *, margin: Box | None = None) -> Box:
    """The whole CSS pixels of ``box`` that are in the viewport.

    ``margin`` is what is added left (x), above (y), right (width) and below (height).
    """
    more = margin or Box(x=0, y=0, width=0, height=0)
    left = min(max(0, math.floor(box.x - more.x)), viewport[0])
    top = min(max(0, math.floor(box.y - more.y)), viewport[1])
    right = min(viewport[0], math.ceil(box.x + box.width + more.width))
    bottom = min(viewport[1], math.ceil(box.y + box.height + more.height))
    return Box(x=left, y=top, width=max(0, right - left), height=max(0, bottom - top))


@dataclass(frozen=True, eq=False)
class Change:
    """What a picture of ``region`` shows: what differs is in ``box``, None where nothing does.

    The box counts from the page's corner, in whole CSS pixels.
    """

    picture: Picture
    region: Box
    box: Box | None

    def is_cut(self, viewport: tuple[int, int]) -> bool:
        """Whether the change reaches an edge of the region: then more may differ beyond it."""
        box, region = self.box, self.region
        if box is None:
            return False
        right, bottom = region.x + region.width, region.y + region.height
        return (
            box.x <= region.x > 0
            or box.y <= region.y > 0
            or box.x + box.width >= right < viewport[0]
            or box.y + box.height >= bottom < viewport[1]
        )


class Patcher:
    """Turns pictures of a page, one after the other, into patches.

    ``page`` is the picture of all of it that the first is compared with.
    """

    def __init__(self, page: Picture, scale: int, writer: TakeWriter) -> None:
        self._page = page
        self._scale = scale
        self._writer = writer
        self._pool = ThreadPoolExecutor(1)

    def compare(self, png: bytes, region: Box) -> Change:
        """Compare a picture of ``region`` with what is kept of the page."""
        picture = decode_picture(png)
        before = crop(self._page, region, self._scale)
        if picture.shape != before.shape:
            return Change(picture, region, None)
        box = find_difference(before, picture, self._scale)
        if box is not None:
            box = box.model_copy(update={"x": box.x + region.x, "y": box.y + region.y})
        return Change(picture, region, box)

    def keep(self, change: Change) -> Future[Patch | None]:
        """Keep what has changed; its patch is written while the browser goes on."""
        return self._pool.submit(self._write, self._taken_over(change))

    def add(self, png: bytes, region: Box) -> Future[Patch | None]:
        """Compare and keep while the browser goes on."""
        return self._pool.submit(lambda: self._write(self._taken_over(self.compare(png, region))))

    def close(self) -> None:
        """Wait for what is still written."""
        self._pool.shutdown()

    def _taken_over(self, change: Change) -> tuple[Picture, Box] | None:
        """The page becomes as the change shows it; what changed, and where."""
        if change.box is None:
            return None
        crop(self._page, change.region, self._scale)[:] = change.picture
        return crop(self._page, change.box, self._scale).copy(), change.box

    def _write(self, changed: tuple[Picture, Box] | None) -> Patch | None:
        if changed is None:
            return None
        picture, box = changed
        return Patch(shot=self._writer.add_shot(encode_picture(picture)), box=box)

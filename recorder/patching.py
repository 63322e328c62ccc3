"""Patches: the states of a part of the page, each told by what changed since the one before."""

from __future__ import annotations

import math
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING

from recorder.picture import Picture, crop, decode_picture, encode_picture, find_difference
from recorder.take import Box, Patch

if TYPE_CHECKING:
    from recorder.take_writer import TakeWriter

__all__ = ["Patcher", "cut_region"]


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


class Patcher:
    """Turns pictures of ``region``, one after the other, into patches.

    ``start`` is the picture of the whole page that the first is compared with. The work is done
    while the browser goes on.
    """

    def __init__(self, start: Picture, region: Box, scale: int, writer: TakeWriter) -> None:
        self._last = crop(start, region, scale)
        self._region = region
        self._scale = scale
        self._writer = writer
        self._pool = ThreadPoolExecutor(1)

    def add(self, png: bytes) -> Future[Patch | None]:
        """Compare a picture of the region with the one before; its patch is there when wanted."""
        return self._pool.submit(self._compare, png)

    def close(self) -> None:
        """Wait for what is still compared."""
        self._pool.shutdown()

    def _compare(self, png: bytes) -> Patch | None:
        picture = decode_picture(png)
        if picture.shape != self._last.shape:
            return None
        changed = find_difference(self._last, picture, self._scale)
        self._last = picture
        if changed is None:
            return None
        content = encode_picture(crop(picture, changed, self._scale))
        box = Box(
            x=changed.x + self._region.x,
            y=changed.y + self._region.y,
            width=changed.width,
            height=changed.height,
        )
        return Patch(shot=self._writer.add_shot(content), box=box)

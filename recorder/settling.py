"""Settling: a page is looked at until it holds still.

Its picture and its parts are of one moment. What a script can watch is waited for in the page
(``settle.js``); what none can watch (canvas, video, documents of other origins, closed shadow
trees) holds still where two pictures in a row are the same.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from recorder.take import Box, Point, Scroll

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recorder.inspector import Inspector
    from recorder.secrecy.shutter import Shutter
    from recorder.structure import Structure

__all__ = ["SettledPage", "Settler"]

_LOOKS = 3
"""How often a settled page is looked at that changes while its picture is taken."""


@dataclass(frozen=True)
class SettledPage:
    """A page as it was looked at.

    ``png`` is its picture and ``structure`` its parts; ``is_settled`` is false where it was still
    changing when the time was up. ``token`` stays the same until the page changes. ``is_held``
    tells that endless movements wait at their beginning until they are resumed; ``scrolled`` is
    what was scrolled since the page was looked at before; ``masks`` are the boxes of what may
    change as it likes, in CSS pixels.
    """

    png: bytes
    structure: Structure
    is_settled: bool
    token: str
    is_held: bool
    address: str
    title: str
    scroll: Point
    scrolled: Scroll | None
    masks: tuple[Box, ...]


class Settler:
    """Waits for the pages of one browser, and looks at them through its shutter.

    ``masks`` are selectors of what may change as it likes; ``quiet_ms`` without a change make a
    page settled.
    """

    def __init__(
        self, shutter: Shutter, inspector: Inspector, masks: Sequence[str], quiet_ms: int
    ) -> None:
        self._shutter = shutter
        self._inspector = inspector
        self._masks = tuple(masks)
        self._quiet_ms = quiet_ms

    def wait(self, limit_ms: int) -> None:
        """Wait until the page has settled, at most ``limit_ms``; no picture is taken."""
        if self._settle(limit_ms)["held"]:
            self.resume()

    def resume(self) -> None:
        """Let the movements go on that were held when the page was looked at."""
        self._inspector.run("resume")

    def is_unchanged(self, token: str) -> bool:
        """Whether nothing can have changed of the page since it told ``token``."""
        if self._shutter.has_closed_trees:
            return False
        seen = self._watch()
        return bool(seen["still"] and seen["token"] == token)

    def look(self, limit_ms: int) -> SettledPage:
        """The page once it has settled, or after ``limit_ms`` as it is.

        One that changes while it is looked at is looked at again: it had come to rest between two
        movements, or its picture was that of one moment and its parts those of another.
        """
        scrolled = None
        for looks in range(1, _LOOKS + 1):
            deadline = time.monotonic() + limit_ms / 1000
            told = self._settle(limit_ms)
            scrolled = told["scrolled"] or scrolled
            png, is_still, structure = self._shoot(told, deadline)
            if looks == _LOOKS or not told["settled"] or self._watch()["token"] == told["token"]:
                break
        return SettledPage(
            png=png,
            structure=structure,
            is_settled=told["settled"] and is_still,
            token=told["token"],
            is_held=bool(told["held"]),
            address=told["address"],
            title=told["title"],
            scroll=Point(**told["scroll"]),
            scrolled=scrolled and Scroll.model_validate(scrolled),
            masks=tuple(Box(**box) for box in told["masks"]),
        )

    def _settle(self, limit_ms: int) -> dict[str, Any]:
        told: dict[str, Any] = self._inspector.run("settle", self._quiet_ms, limit_ms, self._masks)
        return told

    def _watch(self) -> dict[str, Any]:
        seen: dict[str, Any] = self._inspector.run("watch", self._masks)
        return seen

    def _shoot(self, told: dict[str, Any], deadline: float) -> tuple[bytes, bool, Structure]:
        """The page's picture, whether it holds still, and the page's parts."""
        self._shutter.is_guarded = told["guarded"]
        png = self._shoot_in_front()
        is_still = told["still"] and not self._shutter.has_closed_trees
        if not is_still:
            png, is_still = self._shoot_again(png, deadline)
        structure = self._inspector.structure()
        if structure.has_closed_trees and not self._shutter.has_closed_trees:
            self._shutter.has_closed_trees = True  # what it hides in them was not known to be there
            png, is_still = self._shutter.shoot(), False
        self._shutter.has_closed_trees = structure.has_closed_trees
        return png, is_still, structure

    def _shoot_in_front(self) -> bytes:
        # A page may have opened a window meanwhile; behind it this one would never be drawn.
        self._inspector.show()
        return self._shutter.shoot()

    def _shoot_again(self, first: bytes, deadline: float) -> tuple[bytes, bool]:
        """Shoot what no script can watch until it holds still, or the time is up."""
        last = first
        while True:
            png = self._shoot_in_front()
            if png == last:
                return png, True
            if time.monotonic() > deadline:
                return png, False
            last = png

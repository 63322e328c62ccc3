"""The shutter: takes pictures in which nothing is to be seen that nobody may see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recorder.secrecy.secret import DOTS
from recorder.take import Point

if TYPE_CHECKING:
    from recorder.area import Area
    from recorder.secrecy.redactor import Redactor
    from recorder.take import Box

__all__ = ["Shutter"]


class Shutter:
    """Every picture of one browser passes here before anybody else has it.

    ``areas`` are what was hidden last. ``is_guarded`` tells that the page has something to hide of
    its own, as was seen when it had settled or by `look_out`; ``has_closed_trees`` that it has
    shadow trees that no script can see.
    """

    def __init__(self, redactor: Redactor, scale: int) -> None:
        self.areas: tuple[Area, ...] = ()
        self.is_guarded = False
        self.has_closed_trees = False
        self._redactor = redactor
        self._scale = scale

    def look_out(self) -> None:
        """Ask the page anew whether it has anything to hide: it may have changed since it settled.

        Raises ``WebDriverException`` where it is left meanwhile, `TakeError` where it is none.
        """
        if not self._looks_twice:
            self.is_guarded = bool(self._redactor.inspector.run("guarded"))

    def shoot(self, region: Box | None = None) -> bytes:
        """A picture of all or a part of the page, as a PNG."""
        png, areas = self._look_twice(region)
        return self._paint(png, areas, region)

    def shoot_dots(self, region: Box) -> tuple[bytes, ...]:
        """Pictures of a part of the page, with one dot more in its fields each time."""
        self.is_guarded = True
        png, areas = self._look_twice(region)
        return tuple(
            self._paint(png, areas, region, dots=count) for count in range(1, len(DOTS) + 1)
        )

    @property
    def _looks_twice(self) -> bool:
        return self.is_guarded or self.has_closed_trees or self._redactor.has_wishes

    def _look_twice(self, region: Box | None) -> tuple[bytes, tuple[Area, ...]]:
        """A picture as it is, and what was to be hidden just before it and just after it."""
        if not self._looks_twice:
            self.areas = ()
            return self._redactor.inspector.capture(region), ()
        before = self._redactor.find(shut=self.has_closed_trees)
        png = self._redactor.inspector.capture(region)
        self.areas = self._redactor.find(shut=self.has_closed_trees)
        more = tuple(area for area in before if area not in self.areas)
        return png, (*more, *self.areas)

    def _paint(
        self, png: bytes, areas: tuple[Area, ...], region: Box | None, dots: int = len(DOTS)
    ) -> bytes:
        if not any(area.parts for area in areas):
            return png
        # It needs OpenCV, whose import takes a while: only who hides something pays for it.
        from recorder.secrecy.redaction import redact  # noqa: PLC0415

        corner = Point(x=region.x, y=region.y) if region else Point(x=0, y=0)
        return redact(png, areas, self._scale, corner=corner, dots=dots)

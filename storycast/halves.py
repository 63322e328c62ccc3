"""Halves: how two screens lie beside each other in one picture."""

from __future__ import annotations

from dataclasses import dataclass

from recorder.take import Box

__all__ = ["Halves"]

_GAPS = 80
"""A gap is this part of the picture's width."""

_HIGH = 1080.0
_HEAD = 72.0
"""What a name tag has above its page, in pixels of a picture that is 1080 high."""


@dataclass(frozen=True)
class Halves:
    """Two screens in a picture of ``size``, each as high as that; lengths are whole pixels."""

    size: tuple[int, int]

    @property
    def gap(self) -> int:
        """How far the screens lie from each other and from the picture's sides."""
        return self.size[0] // _GAPS

    @property
    def half(self) -> tuple[int, int]:
        """How wide and high a half is."""
        return (self.size[0] - 3 * self.gap) // 2, self.size[1]

    @property
    def head(self) -> int:
        """How high what stands above a page is."""
        return round(_HEAD * self.size[1] / _HIGH)

    def left(self, *, is_left: bool) -> int:
        """Where a half begins."""
        return self.gap if is_left else self.size[0] - self.gap - self.half[0]

    def content(self, viewport: tuple[int, int]) -> Box:
        """The part of the picture that shows both pages and the tags above them."""
        width, height = self.half
        page = round(min(height, width * viewport[1] / viewport[0]))
        top = max((self.size[1] - page) // 2 - self.head, 0)
        bottom = min((self.size[1] + page) // 2 + self.gap, self.size[1])
        return Box(x=0, y=top, width=self.size[0], height=bottom - top)

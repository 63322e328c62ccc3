"""Weight: whether a reader would be misled by a difference, or notice it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from recorder.take import Box
from storycast.drift.comparison.difference import Difference
from storycast.drift.comparison.element import Element
from storycast.drift.comparison.seen import LABELLED
from storycast.drift.model import Kind, Weight
from storycast.drift.prose import is_told_of

if TYPE_CHECKING:
    from recorder.storyboard import Storyboard
    from recorder.take import Action

__all__ = ["Scale"]

_BLOCKING = {("disabled", "true"), ("readonly", "true")}
_SMALL_PX = 8.0
_SMALL_GROWTH = 1.05


@dataclass(frozen=True)
class Scale:
    """What differences are weighed by: what a storyboard says and does, and what its pictures show.

    ``viewport`` is width and height in CSS pixels.
    """

    board: Storyboard
    targets: Sequence[Action]
    viewport: tuple[int, int]

    def weigh(self, difference: Difference) -> Weight:
        """How much ``difference`` matters to a reader."""
        old, kind = difference.old, difference.kind
        gone = difference.along if kind is Kind.REMOVED else ()
        if any(each is not None and _is_target(each, self.targets) for each in (old, *gone)):
            lost = kind is Kind.REMOVED or (
                kind is Kind.STATE and (difference.what, difference.after.lower()) in _BLOCKING
            )
            if lost or (kind is Kind.RENAMED and is_told_of(self.board, difference.before)):
                return Weight.BREAKS
        unsaid = old is not None and (not old.content or old.role in LABELLED)
        if kind is Kind.RENAMED and unsaid:
            return Weight.ELSEWHERE  # a landmark's name, or one where there was none, is not seen
        if _is_small(difference):
            return Weight.BELOW_NOTICE
        seen = [box for box in _boxes(difference) if _is_seen(box, *self.viewport)]
        return Weight.SHOWS if seen else Weight.ELSEWHERE


def _is_target(element: Element, targets: Sequence[Action]) -> bool:
    return any(
        action.target is not None
        and action.target.role == element.role
        and action.target.name == element.name
        for action in targets
    )


def _is_small(difference: Difference) -> bool:
    if difference.kind is Kind.MOVED:
        return max(abs(float(difference.before)), abs(float(difference.after))) < _SMALL_PX
    if difference.kind is Kind.RESIZED and difference.old and difference.new:
        was, is_now = difference.old.box, difference.new.box
        ratios = (is_now.width / was.width, is_now.height / was.height)
        return all(1 / _SMALL_GROWTH < ratio < _SMALL_GROWTH for ratio in ratios)
    return False


def _boxes(difference: Difference) -> Iterator[Box]:
    for element in (difference.old, difference.new):
        if element is not None:
            yield element.box


def _is_seen(box: Box, width: int, height: int) -> bool:
    return box.x < width and box.y < height and box.x + box.width > 0 and box.y + box.height > 0

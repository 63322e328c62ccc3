"""Changes: where the pictures of two moments differ, looked up once for all times."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recorder.take import Box, shot_path
from storycast.cache import content_name, found_once, source_digest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from recorder.take import Moment

__all__ = ["changed_box"]

_UNSEEN = 24
"""Of 255: a difference that smoothing makes and no viewer sees."""


def changed_box(
    take_folder: Path, viewport: tuple[int, int], cache: Path
) -> Callable[[Moment, Moment], Box | None]:
    """What tells where two moments of a take differ, in CSS pixels; None where they look alike.

    What was found is kept in ``cache``, by the names of the shots.
    """

    def find(before: Moment, after: Moment) -> Box | None:
        name = content_name(before.shot, after.shot, source_digest(__name__))
        shots = shot_path(take_folder, before), shot_path(take_folder, after)
        known = found_once(cache / f"{name}.json", lambda: _compare(*shots))
        if not known:
            return None
        left, top, right, bottom = known
        width, height = viewport
        return Box(
            x=left * width,
            y=top * height,
            width=(right - left) * width,
            height=(bottom - top) * height,
        )

    return find


def _compare(before: Path, after: Path) -> list[float]:
    """Left, top, right and bottom of all that differs, in parts of the picture; [] for nothing."""
    import cv2  # noqa: PLC0415 - only where something new was filmed

    pictures = [cv2.imread(str(path), cv2.IMREAD_REDUCED_GRAYSCALE_4) for path in (before, after)]
    first, second = pictures
    if first is None or second is None or first.shape != second.shape:
        return [0.0, 0.0, 1.0, 1.0]
    changed = cv2.threshold(cv2.absdiff(first, second), _UNSEEN, 255, cv2.THRESH_BINARY)[1]
    left, top, wide, high = cv2.boundingRect(changed)
    height, width = changed.shape
    if not wide:
        return []
    return [left / width, top / height, (left + wide) / width, (top + high) / height]

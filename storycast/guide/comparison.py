"""The comparison of moments, by their shots: what was found once is kept."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from recorder.take import Box, Moment, shot_path
from storycast.cache import content_name, found_once, source_digest

if TYPE_CHECKING:
    from storycast.guide.difference import Measure
    from storycast.guide.view import Compare

__all__ = ["shot_comparison"]


def shot_comparison(take_folder: Path, scale: int, cache_folder: Path) -> Compare:
    """What compares two moments of the take in ``take_folder``.

    On the whole page it is the share of tiles that changed outside of masks. In a box it is how
    little its forms correlate, so that another colour (of what is pressed or pointed at) counts
    for nothing. What was found is kept in ``cache_folder``.
    """

    @cache
    def measure() -> Measure:
        from storycast.guide.difference import open_measure  # noqa: PLC0415 - only for what is new

        return open_measure(scale)

    @cache
    def compare(one: Moment, other: Moment, box: Box | None = None) -> float:
        if one.shot == other.shot:
            return 0.0
        masks = () if box else (*one.masks, *other.masks)
        shots = tuple(shot_path(take_folder, moment) for moment in (one, other))
        means = source_digest("storycast.guide.difference")
        name = content_name(one.shot, other.shot, repr((scale, box, masks)), means)
        return found_once(cache_folder / f"{name}.json", lambda: measure()(shots, box, masks))

    return compare

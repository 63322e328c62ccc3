"""Burning: captions as part of the picture, where they cover nothing that is pointed at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recorder.take import Box, Point
from storycast.timeline import BurntCaption, CaptionPlace, Clip, Timeline

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from narration.captions import Caption

__all__ = ["burn_captions"]

_BANDS = {
    CaptionPlace.LOW: (0.8, 1.0),
    CaptionPlace.RAISED: (0.67, 0.86),
    CaptionPlace.HIGH: (0.0, 0.2),
}
"""What a caption may need of the picture's height, from 0 at the top to 1; the best place first."""

_SIDES = 0.12
"""So much of its width is free at both sides of even the widest one."""

_AROUND = 24.0
"""CSS pixels around a press that are not to be covered."""


def burn_captions(timeline: Timeline, captions: Sequence[Caption]) -> Timeline:
    """Return ``timeline`` with ``captions`` in its clips.

    Each stands at the lower edge, or higher where it would cover there what is pointed at, pressed,
    typed or shown as a key meanwhile.
    """
    clips = tuple(
        clip.model_copy(update={"captions": tuple(_own(clip, captions, timeline.viewport))})
        for clip in timeline.clips
    )
    return timeline.model_copy(update={"clips": clips})


def _own(
    clip: Clip, captions: Sequence[Caption], viewport: tuple[int, int]
) -> Iterator[BurntCaption]:
    for caption in captions:
        start_ms = max(caption.start_ms - clip.start_ms, 0)
        end_ms = min(caption.end_ms - clip.start_ms, clip.duration_ms)
        if start_ms < end_ms:
            covered = _covered(clip, start_ms, end_ms, viewport)
            place = min(covered, key=covered.__getitem__)  # of equals the first
            yield BurntCaption(start_ms=start_ms, end_ms=end_ms, lines=caption.lines, place=place)


def _covered(
    clip: Clip, start_ms: int, end_ms: int, viewport: tuple[int, int]
) -> dict[CaptionPlace, int]:
    """How much would be covered in each place."""
    covered = dict.fromkeys(_BANDS, 0)
    for caps in clip.caps:
        covered[CaptionPlace.LOW] += caps.start_ms < end_ms and caps.end_ms > start_ms
    for prompt in clip.prompts:
        covered[CaptionPlace.HIGH] += prompt.start_ms < end_ms and prompt.end_ms > start_ms
    for box, at_ms in _seen(clip, start_ms, end_ms):
        frame = _framed(clip, at_ms) or Box(x=0, y=0, width=viewport[0], height=viewport[1])
        left, right = ((edge - frame.x) / frame.width for edge in (box.x, box.x + box.width))
        top, bottom = ((edge - frame.y) / frame.height for edge in (box.y, box.y + box.height))
        if right > _SIDES and left < 1 - _SIDES:
            for place, (first, last) in _BANDS.items():
                covered[place] += top < last and bottom > first
    return covered


def _seen(clip: Clip, start_ms: int, end_ms: int) -> Iterator[tuple[Box, float]]:
    """What is to be seen meanwhile, each with a time at which it is."""
    shown = [(each.box, each.start_ms, each.end_ms) for each in clip.marks]
    shown += [(each.box, each.start_ms, each.end_ms) for each in clip.menus]
    for box, comes_ms, goes_ms in shown:
        if comes_ms < end_ms and goes_ms > start_ms:
            yield box, (max(comes_ms, start_ms) + min(goes_ms, end_ms)) / 2
    for press in clip.presses:
        if start_ms <= press.at_ms < end_ms:
            yield _around(press.point), press.at_ms
    for picture in clip.pictures:
        if picture.box is not None and start_ms <= picture.at_ms < end_ms:
            yield picture.box, picture.at_ms


def _around(point: Point) -> Box:
    return Box(x=point.x - _AROUND, y=point.y - _AROUND, width=2 * _AROUND, height=2 * _AROUND)


def _framed(clip: Clip, at_ms: float) -> Box | None:
    """What the camera frames at a time, or goes to then."""
    begun = [move for move in clip.moves if move.start_ms <= at_ms]
    return begun[-1].goal if begun else clip.framed

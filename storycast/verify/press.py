"""Presses: whether each click is seen at the time at which the timeline has it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from storycast.timeline import Clip, Press
from storycast.verify.camera import Area, Camera, camera_at, framing_at
from storycast.verify.frame import Luma, Span
from storycast.verify.hold import RING_MS, RIPPLE_MS
from storycast.verify.report import Check, Reading, judge, skip

__all__ = ["ONSET_MS", "PressQuestion", "check_presses", "find_change", "press_question"]

ONSET_MS = 45.0
"""How early or late a click may be seen; at 30 frames a second one frame stands for 33 ms."""

_REACH = 11.0  # CSS pixels around the press: all of a ripple as it begins, and no ring
_LOOK_MS = 700.0  # after the press: what is seen later still is not its effect
_REST_MS = 120.0  # before the press: from here on the pointer should lie still
_FRAME_MS = 34.0  # so that the frame to compare with shows where the pointer came to rest
_CHANGE = 24  # of 219 levels: encoding changes a still picture by up to 6, a fading ring by 12
_LEAST_PIXELS = 9  # in CSS pixels: a ripple begins with 85 of them


class PressQuestion:
    """In which of some frames a press is seen: the first that has ``least`` pixels changed.

    The first frame shows the ``area`` around it as it is before. The answer is the frame's place;
    None where none has.
    """

    def __init__(self, frames: range, area: Area, least: int) -> None:
        self.frames = frames
        self.asked = f"press {area} {least}"
        self._area = area
        self._least = least
        self._parts: list[Luma] = []

    def see(self, _place: int, luma: Luma) -> None:
        """Keep what lies around the press."""
        area = self._area
        self._parts.append(luma[area.top : area.bottom, area.left : area.right].copy())

    def answer(self) -> int | None:
        """Return the place of the frame in which it is seen."""
        return find_change(self._parts, self._least)


def press_question(
    clip: Clip, press: Press, camera: Camera, spans: Mapping[int, Span]
) -> PressQuestion | None:
    """Return what finds ``press`` in the frames of ``clip``; None where there are none.

    ``spans`` say by their numbers when they are seen, in milliseconds from its start.
    """
    quiet_ms = _last_event(clip, press.at_ms) + _FRAME_MS
    from_ms = min(max(quiet_ms, press.at_ms - _REST_MS), press.at_ms - 1.0)
    seen = [
        number
        for number, (at_ms, until_ms) in spans.items()
        if until_ms > from_ms and at_ms <= press.at_ms + _LOOK_MS
    ]
    if not seen:
        return None
    camera = camera_at(camera, clip, press.at_ms)
    return PressQuestion(
        range(seen[0], seen[-1] + 1),
        camera.around(press.point, (_REACH, _REACH), framing_at(clip, press.at_ms)),
        max(round(_LEAST_PIXELS * camera.scale**2), 3),
    )


def check_presses(clips: Sequence[Clip], offsets: Sequence[Sequence[float | None]]) -> Check:
    """Return how far each click is seen from its time; ``offsets`` are those of each clip."""
    readings = [
        Reading(at_ms=clip.start_ms + press.at_ms, value=offset, step=clip.step)
        for clip, own in zip(clips, offsets, strict=True)
        for press, offset in zip(clip.presses, own, strict=True)
    ]
    if not readings:
        return skip("press-onset", "The film has no press of the pointer.")
    return judge(
        "press-onset",
        readings,
        passes=lambda value: abs(value) <= ONSET_MS,
        badness=abs,
        unit="ms",
        gate=f"within {ONSET_MS:.0f}",
        good=f"Each of {len(readings)} clicks is seen at its time.",
        bad=_tell,
    )


def find_change(parts: Sequence[Luma], least: int) -> int | None:
    """Return the place of the first picture that is not as the first one of ``parts``.

    It has ``least`` pixels that are brighter or darker by a tenth of the range.
    """
    if not parts:
        return None
    rest = parts[0].astype(np.int16)
    for place, part in enumerate(parts):
        if int((np.abs(part - rest) > _CHANGE).sum()) >= least:
            return place
    return None


def _last_event(clip: Clip, at_ms: float) -> float:
    """When, before ``at_ms``, something has changed last that may be seen at the pointer."""
    ends = [
        *(picture.at_ms + picture.fade_ms for picture in clip.pictures if picture.at_ms < at_ms),
        *(press.at_ms + RIPPLE_MS for press in clip.presses if press.at_ms < at_ms),
    ]
    ends += [mark.start_ms + RING_MS for mark in clip.marks]
    ends += [lit_ms for menu in clip.menus for lit_ms, _ in menu.places]
    drawn = (clip.glides, clip.marks, clip.rolls, clip.moves, clip.menus, clip.prompts, clip.cards)
    ends += [each.end_ms for kind in drawn for each in kind]
    return max((end_ms for end_ms in ends if end_ms <= at_ms), default=0.0)


def _tell(worst: Reading) -> str:
    where = f"The click of step {worst.step} ({worst.at_ms / 1000:.2f} s)"
    if worst.value is None:
        return f"{where} is not seen."
    side = "late" if worst.value > 0 else "early"
    return f"{where} is seen {abs(worst.value):.0f} ms too {side}."

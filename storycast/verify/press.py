"""Presses: whether each click is seen at the time at which the timeline has it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from storycast.timeline import Clip, Press
from storycast.verify.camera import Area, Camera, camera_at, framing_at
from storycast.verify.frame import Frame, Luma
from storycast.verify.hold import RING_MS, RIPPLE_MS
from storycast.verify.report import Check, Reading, judge, skip

__all__ = ["ONSET_MS", "PressWatch", "check_presses", "find_change"]

ONSET_MS = 45.0
"""How early or late a click may be seen; at 30 frames a second one frame stands for 33 ms."""

_REACH = 11.0  # CSS pixels around the press: all of a ripple as it begins, and no ring
_LOOK_MS = 700.0  # after the press: what is seen later still is not its effect
_REST_MS = 120.0  # before the press: from here on the pointer should lie still
_FRAME_MS = 34.0  # so that the frame to compare with shows where the pointer came to rest
_CHANGE = 24  # of 219 levels: encoding changes a still picture by up to 6, a fading ring by 12
_LEAST_PIXELS = 9  # in CSS pixels: a ripple begins with 85 of them


@dataclass
class _Sight:
    """A press, and the pictures around its place from just before it on.

    It is seen where ``least`` pixels change.
    """

    at_ms: float
    from_ms: float
    area: Area
    least: int
    seen: list[tuple[float, Luma]] = field(default_factory=list)

    def see(self, frame: Frame) -> None:
        if frame.until_ms > self.from_ms and frame.at_ms <= self.at_ms + _LOOK_MS:
            area = self.area
            part = frame.luma[area.top : area.bottom, area.left : area.right]
            self.seen.append((frame.at_ms, part.copy()))


class PressWatch:
    """Watches for every press of ``clip``; times count from its start."""

    def __init__(self, clip: Clip, camera: Camera) -> None:
        self._sights = [_sight(clip, press, camera) for press in clip.presses]

    def see(self, frame: Frame) -> None:
        """Keep what lies around presses of about the frame's time."""
        for sight in self._sights:
            sight.see(frame)

    def offsets(self) -> tuple[float | None, ...]:
        """How many milliseconds after its time each press is seen; None where it is not."""
        found = [find_change(sight.seen, sight.least) for sight in self._sights]
        return tuple(
            None if seen_ms is None else seen_ms - sight.at_ms
            for seen_ms, sight in zip(found, self._sights, strict=True)
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


def find_change(seen: list[tuple[float, Luma]], least: int) -> float | None:
    """Return the time of the first picture that is not as the first one of ``seen``.

    It has ``least`` pixels that are brighter or darker by a tenth of the range.
    """
    if not seen:
        return None
    rest = seen[0][1].astype(np.int16)
    for at_ms, part in seen[1:]:
        if int((np.abs(part - rest) > _CHANGE).sum()) >= least:
            return at_ms
    return None


def _sight(clip: Clip, press: Press, camera: Camera) -> _Sight:
    quiet_ms = _last_event(clip, press.at_ms) + _FRAME_MS
    from_ms = min(max(quiet_ms, press.at_ms - _REST_MS), press.at_ms - 1.0)
    camera = camera_at(camera, clip, press.at_ms)
    return _Sight(
        at_ms=press.at_ms,
        from_ms=from_ms,
        area=camera.around(press.point, (_REACH, _REACH), framing_at(clip, press.at_ms)),
        least=max(round(_LEAST_PIXELS * camera.scale**2), 3),
    )


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

"""Pictures: whether anything is seen at all, and the film begins with what it should."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import cv2
import numpy as np

from storycast.timeline import Clip, Timeline
from storycast.verify.camera import Camera
from storycast.verify.frame import Frame, Luma
from storycast.verify.hold import pictures_at
from storycast.verify.reference import Shots
from storycast.verify.report import Check, Reading, judge, skip

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["BlankWatch", "OpeningWatch", "is_blank"]

_EVEN = 6  # of 219 levels: what encoding makes of a single colour
_EVERY = (60, 4)  # pixels across and down: most pictures show at the first look that they are one
_COARSE_PX = 96
_NEAR = 8.0  # of 219 levels on average over the picture made small: pointer and ring are less


def is_blank(luma: Luma) -> bool:
    """Whether a picture is of one colour."""
    return all(_is_even(luma[::every, ::every]) for every in _EVERY)


def _is_even(luma: Luma) -> bool:
    return int(luma.max()) - int(luma.min()) <= _EVEN


class BlankWatch:
    """Watches for frames of one colour. A page that was blank when it was filmed is no fault."""

    def __init__(self, timeline: Timeline, shots: Shots) -> None:
        self._timeline = timeline
        self._shots = shots
        self._blank: list[Reading] = []
        self._page_blank = 0

    def see(self, frame: Frame) -> None:
        """Note the frame where it is blank."""
        if not is_blank(frame.luma):
            return
        clip = _clip_at(self._timeline, frame.at_ms)
        page = self._shots.draw(pictures_at(clip, frame.at_ms - clip.start_ms))
        if page is not None and is_blank(page):
            self._page_blank += 1
            return
        length = frame.until_ms - frame.at_ms
        self._blank.append(Reading(at_ms=frame.at_ms, value=length, step=clip.step))

    def checks(self) -> Iterator[Check]:
        """Yield for how long there is nothing to be seen."""
        total_ms = sum(reading.value or 0 for reading in self._blank)
        first = self._blank[0] if self._blank else None
        pages = " A page was blank when it was filmed." if self._page_blank else ""
        bad = (
            f"From {first.at_ms / 1000:.2f} s on (step {first.step}) the picture is of one colour."
            if first
            else ""
        )
        yield Check(
            name="blank",
            ok=first is None,
            sentence=bad or f"Every frame shows something.{pages}",
            value=round(total_ms, 3),
            unit="ms",
            gate="0",
            worst=first,
            readings=tuple(self._blank),
        )


def _clip_at(timeline: Timeline, at_ms: float) -> Clip:
    begun = [clip for clip in timeline.clips if clip.start_ms <= at_ms]
    return (begun or list(timeline.clips))[-1]


class OpeningWatch:
    """Watches the first frame: it shows the timeline's first picture."""

    def __init__(self, timeline: Timeline, camera: Camera, shots: Shots) -> None:
        self._clip = timeline.clips[0]
        self._page = camera.page
        self._shots = shots
        self._apart: float | None = None
        self._why = "The film has no frame."

    def see(self, frame: Frame) -> None:
        """Compare the first frame with the first picture."""
        if self._why != "The film has no frame." or self._apart is not None:
            return
        self._why = self._why_not()
        expected = None if self._why else self._shots.draw(pictures_at(self._clip, 0))
        if expected is None:
            self._why = self._why or "The take's shots are not beside the film."
            return
        page = self._page
        seen = frame.luma[page.top : page.bottom, page.left : page.right]
        self._apart = float(np.abs(_coarse(seen) - _coarse(expected)).mean())

    def checks(self) -> Iterator[Check]:
        """Yield how far the first frame is from the first picture."""
        if self._apart is None:
            yield skip("opening", self._why)
            return
        yield judge(
            "opening",
            [Reading(at_ms=0, value=self._apart, step=self._clip.step)],
            passes=lambda value: value <= _NEAR,
            badness=lambda value: value,
            unit="levels apart",
            gate=f"<= {_NEAR:.0f}",
            good="The film begins with the first picture of its timeline.",
            bad=lambda _: "The first frame does not show the first picture of the timeline.",
        )

    def _why_not(self) -> str:
        clip = self._clip
        if any(card.start_ms <= 0 for card in clip.cards):
            return "The film begins with a card."
        starts = [each.start_ms for kind in (clip.menus, clip.prompts, clip.caps) for each in kind]
        if clip.framed is not None or 0 in starts:
            return "The film begins with more than a picture of the page."
        return ""


def _coarse(luma: Luma) -> NDArray[np.float32]:
    height = max(_COARSE_PX * luma.shape[0] // luma.shape[1], 1)
    small = cv2.resize(luma, (_COARSE_PX, height), interpolation=cv2.INTER_AREA)
    return np.asarray(small, np.float32)

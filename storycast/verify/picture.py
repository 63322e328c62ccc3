"""Pictures: whether anything is seen at all, and the film begins with what it should."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import cv2
import numpy as np

from storycast.timeline import Clip, Picture
from storycast.verify.camera import Camera
from storycast.verify.frame import Frame, Luma
from storycast.verify.hold import pictures_at
from storycast.verify.reference import Shots
from storycast.verify.report import Check, Reading, judge, skip

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["BlankWatch", "OpeningWatch", "check_blank", "check_opening", "is_blank"]

_EVEN = 6  # of 219 levels: what encoding makes of a single colour
_EVERY = (60, 4)  # pixels across and down: most pictures show at the first look that they are one
_PART = 0.25  # of a picture: a page whose ends show less of a colour has little of it between them
_FRAME_MS = 34  # so much earlier or later a movement may be seen
_COARSE_PX = 96
_NEAR = 8.0  # of 219 levels on average over the picture made small: pointer and ring are less


def is_blank(luma: Luma) -> bool:
    """Whether a picture is of one colour."""
    return all(_is_even(luma[::every, ::every]) for every in _EVERY)


def _is_even(luma: Luma) -> bool:
    return int(luma.max()) - int(luma.min()) <= _EVEN


class BlankWatch:
    """Watches for frames of one colour in a clip.

    ``blank`` are times (from the clip's start) and lengths of such frames in milliseconds; of those
    of a page that was blank when it was filmed, or where what glides by is, there are ``pages``.
    """

    def __init__(self, clip: Clip, shots: Shots) -> None:
        self._clip = clip
        self._shots = shots
        self.blank: list[tuple[float, float]] = []
        self.pages = 0

    def see(self, frame: Frame) -> None:
        """Note the frame where it is blank."""
        if not is_blank(frame.luma):
            return
        page = self._shots.draw(pictures_at(self._clip, frame.at_ms))
        if (page is not None and is_blank(page)) or self._glides_by(frame):
            self.pages += 1
        else:
            self.blank.append((frame.at_ms, frame.until_ms - frame.at_ms))

    def _glides_by(self, frame: Frame) -> bool:
        """Whether content glides by that has a large part of just this colour."""
        level = int(frame.luma[0, 0])
        seen = (
            self._shots.draw((Picture(at_ms=0, shot=shot),))
            for roll in self._clip.rolls
            if roll.start_ms - _FRAME_MS <= frame.at_ms <= roll.end_ms + _FRAME_MS
            for _, shot in roll.shots
        )
        return any(
            page is not None
            and float((np.abs(page.astype(np.int16) - level) <= _EVEN).mean()) > _PART
            for page in seen
        )


def check_blank(
    clips: Sequence[Clip], blank: Sequence[Sequence[tuple[float, float]]], pages: int
) -> Check:
    """Return for how long there is nothing to be seen; ``blank`` is that of each clip."""
    readings = tuple(
        Reading(at_ms=round(clip.start_ms + at_ms, 3), value=round(length_ms, 3), step=clip.step)
        for clip, own in zip(clips, blank, strict=True)
        for at_ms, length_ms in own
    )
    first = readings[0] if readings else None
    told = " A page was blank when it was filmed." if pages else ""
    bad = (
        f"From {first.at_ms / 1000:.2f} s on (step {first.step}) the picture is of one colour."
        if first
        else ""
    )
    return Check(
        name="blank",
        ok=first is None,
        sentence=bad or f"Every frame shows something.{told}",
        value=round(sum(reading.value or 0 for reading in readings), 3),
        unit="ms",
        gate="0",
        worst=first,
        readings=readings,
    )


class OpeningWatch:
    """Looks how far a clip's first frame is from its first picture: ``apart``, in levels.

    It stays None where something else is seen first, or there is no shot to compare with.
    """

    def __init__(self, clip: Clip, camera: Camera, shots: Shots) -> None:
        self._clip = clip
        self._page = camera.page
        self._shots = shots
        self._due = not _opens_with(clip)
        self.apart: float | None = None

    def see(self, frame: Frame) -> None:
        """Compare the first frame with the first picture."""
        if not self._due:
            return
        self._due = False
        expected = self._shots.draw(pictures_at(self._clip, 0))
        if expected is not None:
            page = self._page
            seen = frame.luma[page.top : page.bottom, page.left : page.right]
            self.apart = float(np.abs(_coarse(seen) - _coarse(expected)).mean())


def check_opening(clip: Clip, apart: float | None) -> Check:
    """Return how far the film's first frame is from the first picture of ``clip``, its first."""
    if apart is None:
        return skip("opening", _opens_with(clip) or "The take's shots are not beside the film.")
    return judge(
        "opening",
        [Reading(at_ms=0, value=apart, step=clip.step)],
        passes=lambda value: value <= _NEAR,
        badness=lambda value: value,
        unit="levels apart",
        gate=f"<= {_NEAR:.0f}",
        good="The film begins with the first picture of its timeline.",
        bad=lambda _: "The first frame does not show the first picture of the timeline.",
    )


def _opens_with(clip: Clip) -> str:
    """What a clip shows first that is not a picture of the page alone; "" where it is."""
    if any(card.start_ms <= 0 for card in clip.cards):
        return "The film begins with a card."
    if any(seat.at_ms <= 0 and (seat.beside or seat.called_ms == 0) for seat in clip.seats):
        return "The film begins with more than one page, or with a name."
    starts = [each.start_ms for kind in (clip.menus, clip.prompts, clip.caps) for each in kind]
    if clip.framed is not None or 0 in starts:
        return "The film begins with more than a picture of the page."
    return ""


def _coarse(luma: Luma) -> NDArray[np.float32]:
    height = max(_COARSE_PX * luma.shape[0] // luma.shape[1], 1)
    small = cv2.resize(luma, (_COARSE_PX, height), interpolation=cv2.INTER_AREA)
    return np.asarray(small, np.float32)

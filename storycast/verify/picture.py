"""Pictures: whether anything is seen at all, and the film begins with what it should."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from storycast.timeline import Clip, Picture
from storycast.verify.frame import Luma
from storycast.verify.hold import pictures_at
from storycast.verify.report import Check, Reading, judge, skip

if TYPE_CHECKING:
    from collections.abc import Callable

    from storycast.verify.camera import Camera
    from storycast.verify.reference import Shots

__all__ = [
    "EvenQuestion",
    "OpeningQuestion",
    "check_blank",
    "check_opening",
    "is_blank",
    "is_blank_page",
    "opens_with",
]

_EVEN = 6  # of 219 levels: what encoding makes of a single colour
_EVERY = (60, 4)  # pixels across and down: most pictures show at the first look that they are one
_PART = 0.25  # of a picture: a page whose ends show less of a colour has little of it between them
_FRAME_MS = 34  # so much earlier or later a movement may be seen
_NEAR = 8.0  # of 219 levels on average over the picture made small: pointer and ring are less


def is_blank(luma: Luma) -> bool:
    """Whether a picture is of one colour."""
    return all(_is_even(luma[::every, ::every]) for every in _EVERY)


def _is_even(luma: Luma) -> bool:
    return int(luma.max()) - int(luma.min()) <= _EVEN


class EvenQuestion:
    """Which of some frames are of one colour.

    The answer is how many frames could be decoded, and place and level of each of those.
    """

    asked = "even"

    def __init__(self, frames: range) -> None:
        self.frames = frames
        self._decoded = 0
        self._even: list[tuple[int, int]] = []

    def see(self, place: int, luma: Luma) -> None:
        """Count the frame, and note it where it is of one colour."""
        self._decoded += 1
        if is_blank(luma):
            self._even.append((place, int(luma[0, 0])))

    def answer(self) -> tuple[int, list[tuple[int, int]]]:
        """Return what was counted and noted."""
        return self._decoded, self._even


def is_blank_page(clip: Clip, at_ms: float, level: int, shots: Shots) -> bool:
    """Whether a frame of one colour at ``at_ms`` of ``clip`` shows what the page shows.

    The page may have been blank when it was filmed; or what glides by has a large part of just this
    ``level``.
    """
    page = shots.draw(pictures_at(clip, at_ms))
    return (page is not None and is_blank(page)) or _glides_by(clip, at_ms, level, shots)


def _glides_by(clip: Clip, at_ms: float, level: int, shots: Shots) -> bool:
    seen = (
        shots.draw((Picture(at_ms=0, shot=shot),))
        for roll in clip.rolls
        if roll.start_ms - _FRAME_MS <= at_ms <= roll.end_ms + _FRAME_MS
        for _, shot in roll.shots
    )
    return any(
        page is not None and float((np.abs(page.astype(np.int16) - level) <= _EVEN).mean()) > _PART
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


class OpeningQuestion:
    """How far a film's first frame is from the first picture of ``clip``, its first; in levels.

    The answer is None where there is no shot to compare with.
    """

    def __init__(self, clip: Clip, camera: Camera, shots: Callable[[], Shots], shown: str) -> None:
        """``shown`` names the pictures; what is not to be seen yet is another one."""
        self.frames = range(1)
        self.asked = f"opening {camera} {shown}"
        self._pictures = pictures_at(clip, 0)
        self._page = camera.page
        self._shots = shots
        self._apart: float | None = None

    def see(self, _place: int, luma: Luma) -> None:
        """Compare the frame with the picture."""
        from storycast.verify.likeness import distance  # noqa: PLC0415 - only for what is new

        expected = self._shots().draw(self._pictures)
        if expected is not None:
            page = self._page
            self._apart = distance(luma[page.top : page.bottom, page.left : page.right], expected)

    def answer(self) -> float | None:
        """Return how far it is."""
        return self._apart


def check_opening(clip: Clip, apart: float | None) -> Check:
    """Return how far the film's first frame is from the first picture of ``clip``, its first."""
    if apart is None:
        return skip("opening", opens_with(clip) or "The take's shots are not beside the film.")
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


def opens_with(clip: Clip) -> str:
    """What a film shows first that is not a picture of the page alone; "" where it is."""
    if any(card.start_ms <= 0 for card in clip.cards):
        return "The film begins with a card."
    if any(seat.at_ms <= 0 and (seat.beside or seat.called_ms == 0) for seat in clip.seats):
        return "The film begins with more than one page, or with a name."
    starts = [each.start_ms for kind in (clip.menus, clip.prompts, clip.caps) for each in kind]
    if clip.framed is not None or 0 in starts:
        return "The film begins with more than a picture of the page."
    return ""

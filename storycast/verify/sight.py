"""Sights: what is seen in each clip of a film."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache as once
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from storycast.timeline import Clip, Picture, Timeline
from storycast.verify.camera import Camera
from storycast.verify.container import Container
from storycast.verify.frame import Span
from storycast.verify.hold import find_holds, pictures_at
from storycast.verify.picture import EvenQuestion, OpeningQuestion, is_blank_page, opens_with
from storycast.verify.press import PressQuestion, press_question
from storycast.verify.question import Question, ask, key_frames
from storycast.verify.sharpness import HoldQuestion

if TYPE_CHECKING:
    from storycast.verify.reference import Shots

__all__ = ["Seen", "Sight", "look"]


@dataclass(frozen=True)
class Sight:
    """What was seen in one clip; times are milliseconds from its start.

    ``presses`` is how late each press is seen (None: not at all), ``blank`` when frames of one
    colour begin and how long they last, ``blank_pages`` how many frames show a page that was blank
    itself. ``likeness`` is when pictures were compared and how like the shots they are.
    """

    presses: tuple[float | None, ...]
    blank: tuple[Span, ...]
    blank_pages: int
    likeness: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Seen:
    """What was seen in a film: so many ``frames`` could be decoded.

    ``opening`` is how far the first frame is from the first picture, in levels.
    """

    frames: int
    opening: float | None
    clips: tuple[Sight, ...]


def look(
    film: Path, container: Container, timeline: Timeline, shots: Path, cache: Path | None
) -> Seen:
    """Look at every clip of ``timeline`` in ``film``.

    ``shots`` is the folder of the take's shots; what was seen is kept in ``cache`` (None: it is
    not). Raises ``VerifyError`` where ffmpeg cannot decode the pictures.
    """
    lens = _Lens(shots, Camera(timeline.viewport, (container.video.width, container.video.height)))
    stretches = _stretches(container, timeline.clips)
    keys = (*key_frames(container), len(container.video.packets))
    even = [EvenQuestion(range(first, last)) for first, last in pairwise(keys)]
    looks = [
        _ClipLook(clip, {number: _span(container, number, clip) for number in own}, lens)
        for clip, own in zip(timeline.clips, stretches, strict=True)
    ]
    opening = [] if opens_with(timeline.clips[0]) else [lens.opening(timeline.clips[0])]
    questions: list[Question] = [*even, *opening]
    questions += [question for each in looks for question in each.questions]
    found = dict(zip(questions, ask(film, container, questions, cache), strict=True))
    blank = {
        question.frames.start + place: level
        for question in even
        for place, level in found[question][1]
    }
    return Seen(
        frames=sum(found[question][0] for question in even),
        opening=found[opening[0]] if opening else None,
        clips=tuple(each.sight(found, blank) for each in looks),
    )


class _Lens:
    """What frames are compared with: the take's shots, as they are seen by ``camera``."""

    def __init__(self, folder: Path, camera: Camera) -> None:
        self.camera = camera
        self._folder = folder

        @once
        def shots() -> Shots:
            from storycast.verify.reference import Shots  # noqa: PLC0415 - only for what is new

            return Shots(folder, camera)

        self.shots: Callable[[], Shots] = shots

    def name(self, pictures: Sequence[Picture]) -> str:
        """Name what ``pictures`` show; where a shot is missing it is another name."""
        return repr(
            [
                (picture.shot, picture.box, (self._folder / f"{picture.shot}.png").exists())
                for picture in pictures
            ]
        )

    def opening(self, clip: Clip) -> OpeningQuestion:
        """How the film's first frame is compared with the first picture of ``clip``."""
        return OpeningQuestion(clip, self.camera, self.shots, self.name(pictures_at(clip, 0)))


class _ClipLook:
    """Looks at one clip, whose frames are seen when ``spans`` say, counted from its start."""

    def __init__(self, clip: Clip, spans: dict[int, Span], lens: _Lens) -> None:
        self._clip = clip
        self._spans = spans
        self._lens = lens
        self._presses = [press_question(clip, each, lens.camera, spans) for each in clip.presses]
        self._holds = tuple(self._ask_holds())

    @property
    def questions(self) -> Iterator[Question]:
        """All that is asked of the clip's frames."""
        yield from (question for question in self._presses if question is not None)
        yield from (question for _, question in self._holds)

    def sight(self, found: Mapping[Question, Any], blank: Mapping[int, int]) -> Sight:
        """Put together what was ``found``; ``blank`` has the levels of frames of one colour."""
        pages = {
            number: is_blank_page(
                self._clip, self._spans[number][0], blank[number], self._lens.shots()
            )
            for number in self._spans
            if number in blank
        }
        likeness = [(at_ms, found[question]) for at_ms, question in self._holds]
        return Sight(
            presses=tuple(
                self._offset(question, press.at_ms, found)
                for question, press in zip(self._presses, self._clip.presses, strict=True)
            ),
            blank=tuple(
                (self._spans[number][0], self._spans[number][1] - self._spans[number][0])
                for number, is_page in pages.items()
                if not is_page
            ),
            blank_pages=sum(pages.values()),
            likeness=tuple((at_ms, value) for at_ms, value in likeness if value is not None),
        )

    def _ask_holds(self) -> Iterator[tuple[float, HoldQuestion]]:
        clip, lens = self._clip, self._lens
        for hold in find_holds(clip):
            for number in self._standing(hold.at_ms):
                shown = lens.name(hold.pictures)
                question = HoldQuestion(number, hold, clip, lens.camera, lens.shots, shown)
                yield hold.at_ms, question

    def _standing(self, at_ms: float) -> Iterator[int]:
        """Yield the number of the frame that is seen then."""
        for number, (begin_ms, end_ms) in self._spans.items():
            if begin_ms <= at_ms < end_ms:
                yield number

    def _offset(
        self, question: PressQuestion | None, at_ms: float, found: Mapping[Question, Any]
    ) -> float | None:
        place = found[question] if question is not None else None
        if question is None or place is None:
            return None
        return self._spans[question.frames.start + place][0] - at_ms


_ROUNDING_MS = 1.0  # what clocks of different ticks add


def _stretches(container: Container, clips: Sequence[Clip]) -> list[range]:
    """The stored frames of each clip; those after the end of the last one count as its own."""
    packets = container.video.packets
    starts = [
        bisect_left(packets, clip.start_ms - _ROUNDING_MS, key=lambda packet: packet.at_ms)
        for clip in clips
    ]
    return [range(first, last) for first, last in pairwise([0, *starts[1:], len(packets)])]


def _span(container: Container, number: int, clip: Clip) -> Span:
    video = container.video
    return (
        video.packets[number].at_ms - clip.start_ms,
        video.until_ms(number) - clip.start_ms,
    )

"""Questions put to frames of a film, whose answers are kept by the bytes that were decoded.

A film that was cut anew has most of its pictures at other times, but they are the same pictures:
what was seen in them need not be looked at again.
"""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any, Protocol

from recorder.replacement import write_whole
from storycast.cache import content_name, source_digest
from storycast.verify.container import Container, Packet
from storycast.verify.frame import Luma, decode

__all__ = ["Question", "ask", "key_frames"]


class Question(Protocol):
    """What is to be found out by looking at some frames that follow one another.

    ``frames`` are their numbers in the film, as they are stored; at least one. ``asked`` tells all
    else that the answer depends on.
    """

    @property
    def frames(self) -> range:
        """Which frames are looked at."""

    @property
    def asked(self) -> str:
        """What is looked for in them."""

    def see(self, place: int, luma: Luma) -> None:
        """Look at a frame: the one at ``place`` of ``frames``. Its pixels do not last."""

    def answer(self) -> Any:  # noqa: ANN401 - anything that JSON holds
        """Return the answer, when all frames that can be decoded were seen."""


def key_frames(container: Container) -> tuple[int, ...]:
    """Return the numbers of the frames at which decoding can begin: the first one, and others.

    Where frames are not stored in the order of their times there are no others.
    """
    packets = container.video.packets
    others = range(1, len(packets)) if container.in_order else ()
    return 0, *(number for number in others if packets[number].is_key)


def ask(
    film: Path, container: Container, questions: Sequence[Question], cache: Path | None
) -> tuple[Any, ...]:
    """Return the answer to each of ``questions``; only the frames are decoded that they need.

    Answers are kept in ``cache`` by the bytes of the frames, and by what was asked (None: they are
    not kept). Raises ``VerifyError`` where ffmpeg cannot decode them.
    """
    groups = _Groups(key_frames(container), len(container.video.packets))
    paths: list[Path | None] = [None] * len(questions)
    if cache is not None:
        names = _Names(film, container, groups)
        paths = [cache / f"{names.of(question)}.json" for question in questions]
    answers = [_read(path) for path in paths]
    asking = [number for number, answer in enumerate(answers) if answer is None]

    def see(run: range) -> None:
        asked: defaultdict[int, list[Question]] = defaultdict(list)
        for question in (questions[number] for number in asking):
            for number in question.frames if question.frames.start in run else ():
                asked[number].append(question)
        for number, frame in enumerate(decode(film, container, run.start, len(run)), run.start):
            for question in asked[number]:
                question.see(number - question.frames.start, frame.luma)

    runs = _runs([groups.around(questions[number].frames) for number in asking])
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        tuple(pool.map(see, runs))
    for number in asking:
        path, answers[number] = paths[number], [questions[number].answer()]
        if path is not None:
            write_whole(path, json.dumps(answers[number]).encode())
    return tuple(answer[0] for answer in answers if answer is not None)


_AT_ONCE = 2
_LONG = 100  # frames: fewer are decoded before another ffmpeg would have begun


class _Groups:
    """Groups of frames that begin with a key frame: each can be decoded by itself."""

    def __init__(self, keys: Sequence[int], frames: int) -> None:
        self._bounds = [*keys, frames]

    def around(self, frames: range) -> range:
        """All frames of the groups that ``frames`` are in."""
        first = bisect_right(self._bounds, frames.start) - 1
        last = bisect_left(self._bounds, frames.stop)
        return range(self._bounds[first], self._bounds[last])


class _Names:
    """Names for answers: of the bytes that are decoded for them, and of what is asked."""

    def __init__(self, film: Path, container: Container, groups: _Groups) -> None:
        self._groups = groups
        self._bytes = tuple(_digests(film, container.video.packets))
        size = (container.video.width, container.video.height)
        self._means = repr((size, source_digest("storycast.verify")))

    def of(self, question: Question) -> str:
        first = self._groups.around(question.frames).start
        decoded = self._bytes[first : question.frames.stop]
        place = str(question.frames.start - first)
        return content_name(question.asked, self._means, place, *decoded)


def _digests(film: Path, packets: Iterable[Packet]) -> Iterator[str]:
    with film.open("rb") as file:
        for packet in packets:
            file.seek(packet.at_byte)
            yield hashlib.sha256(file.read(packet.size)).hexdigest()


def _read(path: Path | None) -> list[Any] | None:
    """The answer that is kept, in a list; None where none is."""
    try:
        kept = None if path is None else json.loads(path.read_bytes())
    except (OSError, ValueError):
        return None
    return kept if isinstance(kept, list) and len(kept) == 1 else None


def _runs(needed: Iterable[range]) -> Iterator[range]:
    """Yield what is to be decoded in one go; long runs in two halves, to be decoded at once.

    None of the ``needed`` is parted.
    """
    for parts in _neighbours(_united(needed)):
        lengths = [*accumulate((len(part) for part in parts), initial=0)]
        middle = bisect_left(lengths, lengths[-1] / 2)
        cuts = {0, middle, len(parts)} if lengths[-1] >= _LONG else {0, len(parts)}
        for first, last in pairwise(sorted(cuts)):
            yield range(parts[first].start, parts[last - 1].stop)


def _united(needed: Iterable[range]) -> Iterator[range]:
    """Make one of those that overlap."""
    open_part: range | None = None
    for part in sorted(needed, key=lambda each: each.start):
        if open_part is None or part.start >= open_part.stop:
            if open_part is not None:
                yield open_part
            open_part = part
        else:
            open_part = range(open_part.start, max(open_part.stop, part.stop))
    if open_part is not None:
        yield open_part


def _neighbours(parts: Iterable[range]) -> Iterator[list[range]]:
    """Collect those that follow one another."""
    row: list[range] = []
    for part in parts:
        if row and row[-1].stop != part.start:
            yield row
            row = []
        row.append(part)
    if row:
        yield row

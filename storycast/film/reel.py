"""The reel: which segments follow one another in a film, and how much of each is taken."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from pathlib import Path

from storycast.errors import FilmError
from storycast.film.excerpt import Span, excerpt, find_movements
from storycast.film.ffmpeg import DELIMITER
from storycast.film.form import Format
from storycast.film.frame import view_at
from storycast.film.segment import moving_frames, segment_frames
from storycast.timeline import Clip

__all__ = ["Piece", "Splice", "cut_up", "read_pictures", "splice"]


@dataclass(frozen=True)
class Piece:
    """So many frames (``count``) of a film, as the segment of ``shown`` begins.

    Its first picture, a key frame, is seen for ``waits`` frames more than in the segment.
    """

    shown: Clip
    count: int
    waits: int = 0


@dataclass(frozen=True)
class Splice:
    """The pictures with which a segment's ``file`` begins, of ``stored`` that it has.

    ``places`` are the film's frames, counted from 0, at which they are seen.
    """

    file: Path
    stored: int
    places: tuple[int, ...]


def cut_up(clip: Clip, form: Format) -> tuple[Piece, ...]:
    """Return what ``clip`` is joined from: it starts with a key frame and lasts as long as it says.

    A movement begins with the frame in whose time it begins, and all of it keeps its own pace.
    """
    length = clip.duration_ms * form.fps // 1000
    movements = find_movements(clip)
    begins = [start_ms * form.fps // 1000 for start_ms, _ in movements]
    opens = begins[0] if begins else length
    pieces: list[Piece] = []
    if not movements or opens >= form.fps or form.constant or not _starts(clip, movements[0], form):
        pieces += _resting(excerpt(clip, 0, 0), opens, form)
    for (begin, end), (start_ms, end_ms) in zip(
        pairwise([*begins, length]), movements, strict=True
    ):
        shown = excerpt(clip, start_ms, end_ms)
        waits = 0 if pieces else begin
        count = min(end - begin, moving_frames(shown, form) + form.rest)
        pieces.append(Piece(shown, waits + count, waits))
        pieces += _resting(excerpt(clip, end_ms, end_ms), end - begin - count, form)
    return tuple(pieces)


def _starts(clip: Clip, movement: Span, form: Format) -> bool:
    """Whether something is seen to move at once, so that what is seen before it may wait."""
    frames = (view_at(clip, movement[0] + frame * 1000 / form.fps) for frame in (0, 1))
    return len(set(frames)) > 1


def _resting(shown: Clip, count: int, form: Format) -> Iterator[Piece]:
    """Take the segment of a rest as often as ``count`` frames need."""
    for first in range(0, count, form.rest):
        yield Piece(shown, min(count - first, form.rest))


def splice(pieces: Sequence[Piece], files: Mapping[Clip, Path], form: Format) -> tuple[Splice, ...]:
    """Return where the pictures of ``pieces`` are found, and where in the film they are seen.

    The film's last frame has a picture of its own, so that it lasts as long as it says wherever it
    is read: a rest has more pictures than it needs, and they are all the same.
    """
    frames = {shown: segment_frames(shown, form) for shown in files}
    begins = accumulate((piece.count for piece in pieces), initial=0)
    splices = []
    for piece, begin in zip(pieces, begins, strict=False):
        first, *others = frames[piece.shown]
        places = (first, *(frame + piece.waits for frame in others))
        own = tuple(begin + place for place in places if place < piece.count)
        splices.append(Splice(files[piece.shown], len(places), own))
    piece, last = pieces[-1], splices[-1]
    end = sum(each.count for each in pieces) - 1
    rests = len(last.places) < last.stored and end - last.places[0] > piece.waits + moving_frames(
        piece.shown, form
    )
    if rests and last.places[-1] < end:
        splices[-1] = replace(last, places=(*last.places, end))
    return tuple(splices)


def read_pictures(splices: Iterable[Splice]) -> Iterator[memoryview]:
    """Yield the encoded pictures of ``splices``.

    Raises ``FilmError`` where a segment's file has not as many as it should have.
    """
    for part in splices:
        _, *pictures = part.file.read_bytes().split(DELIMITER)
        if len(pictures) != part.stored:
            raise FilmError(f"The segment {part.file} is damaged.", "Remove it, then render again.")
        for picture in pictures[: len(part.places)]:
            yield memoryview(DELIMITER + picture)

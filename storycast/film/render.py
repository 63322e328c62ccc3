"""The film: all segments joined, with sound, captions and chapters."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from functools import cache as once
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from narration.track import Track, read_track
from storycast.cache import folder_beside, written_whole
from storycast.errors import FilmError
from storycast.film import ffmpeg, process
from storycast.film.bed import SILENT, Bed
from storycast.film.form import FPS, SIZE, Format, check_timeline
from storycast.film.metadata import film_metadata, language_code
from storycast.film.reel import Splice, cut_up, read_pictures, splice
from storycast.film.segment import make_segment
from storycast.film.sound import make_sound, sound_file
from storycast.look import DEFAULT_LOOK, Look
from storycast.timeline import GRID_MS, Clip, Timeline

if TYPE_CHECKING:
    from storycast.film.composite import Composer

__all__ = ["Progress", "render_film"]

Progress = Callable[[int, int], None]
"""Is told how many milliseconds of the film are made, and of how many."""

_AT_ONCE = min(os.cpu_count() or 1, 4)  # each takes 150 MB; a core encodes, a third of one draws


def render_film(
    timeline: Timeline,
    *,
    take_folder: Path,
    track_folder: Path,
    captions: str,
    out: Path,
    cache: Path,
    look: Look = DEFAULT_LOOK,
    fps: int = FPS,
    size: tuple[int, int] = SIZE,
    constant_frame_rate: bool = False,
    bed: Bed = SILENT,
    progress: Progress | None = None,
) -> None:
    """Make the film of ``timeline`` and put it at ``out`` in one move.

    ``captions`` is SubRip text ("" for none). Segments and sound are kept in ``cache``, so that
    only what changed is made again; the same input gives the same bytes. ``fps`` is a multiple of
    5, ``size`` even. Frames are stored where something moves, and one a second; with
    ``constant_frame_rate`` all are. ``bed`` is heard below the speech.

    The film is MP4 that every browser plays: H.264, AAC, captions and chapters, its index in front.
    Raises ``FilmError`` where a part is missing or ffmpeg fails; ``out`` is then as it was.
    """
    check_timeline(timeline)
    _check_form(fps, size)
    form = Format(timeline.viewport, size, fps, look, constant_frame_rate)
    folders = _Folders(take_folder, track_folder, cache, bed)
    with folder_beside(out) as desk, ThreadPoolExecutor(_AT_ONCE) as pool:
        parts = _make_parts(timeline, form, folders, pool, progress)
        with written_whole(out) as draft:
            command = _unite(timeline, form, parts, captions, desk, draft)
            process.run(command, _with_sound(parts))


@dataclass(frozen=True)
class _Folders:
    """Where take and track lie, where segments and sound are kept, and what is heard besides."""

    take: Path
    track: Path
    cache: Path
    bed: Bed


@dataclass(frozen=True)
class _Parts:
    """What a film is made of: pictures of segments, in their order, and its sound.

    ``sound_file`` is where that is when ``sound`` is done.
    """

    pictures: tuple[Splice, ...]
    sound: Future[Path]
    sound_file: Path


def _check_form(fps: int, size: tuple[int, int]) -> None:
    if fps <= 0 or fps * GRID_MS % 1000:
        raise FilmError(f"A film cannot have {fps} frames a second.", "Use a multiple of 5.")
    if any(length <= 0 or length % 2 for length in size):
        raise FilmError(f"A film cannot be {size[0]} by {size[1]} pixels.", "Use even numbers.")


def _track(folder: Path) -> Track:
    try:
        return read_track(folder)
    except FileNotFoundError as error:
        raise FilmError(f"There is no track in {folder}.", "Narrate the take first.") from error


def _make_parts(
    timeline: Timeline,
    form: Format,
    folders: _Folders,
    pool: ThreadPoolExecutor,
    progress: Progress | None,
) -> _Parts:
    """Make all pictures, and begin with the sound; where one fails, begin no other.

    The sound comes first: it takes longest where little is new.
    """

    @once
    def composer() -> Composer:
        from storycast.film.composite import Composer  # noqa: PLC0415 - only where it draws

        return Composer(folders.take / "shots", form.viewport, form.size, form.look)

    track = _track(folders.track)
    pieces = [piece for clip in timeline.clips for piece in cut_up(clip, form)]
    lengths: Counter[Clip] = Counter()
    for piece in pieces:
        lengths[piece.shown] += piece.count
    stop = Event()
    sound = pool.submit(
        make_sound, timeline, track, folders.track, folder=folders.cache, bed=folders.bed
    )
    made = {
        shown: pool.submit(
            make_segment, shown, form, composer=composer, folder=folders.cache, stop=stop
        )
        for shown in lengths
    }
    try:
        _await({made[shown]: lengths[shown] for shown in made}, sound, form.fps, progress)
        files = {shown: segment.result() for shown, segment in made.items()}
    except BaseException:
        stop.set()
        pool.shutdown(wait=False, cancel_futures=True)
        raise
    place = sound_file(timeline, track, folder=folders.cache, bed=folders.bed)
    return _Parts(splice(pieces, files, form), sound, place)


def _with_sound(parts: _Parts) -> Iterator[memoryview]:
    """The film's pictures, as soon as its sound is there as well."""
    parts.sound.result()
    yield from read_pictures(parts.pictures)


def _await(
    segments: Mapping[Future[Path], int], sound: Future[Path], fps: int, progress: Progress | None
) -> None:
    """Wait for all ``segments`` (and their frames in the film), or for the first that fails."""
    frames = 0
    left = set(segments)
    for done in as_completed([sound, *segments]):
        done.result()
        left.discard(done)
        frames += segments.get(done, 0)
        if progress is not None:
            progress(frames * 1000 // fps, sum(segments.values()) * 1000 // fps)
        if not left:
            return


def _unite(
    timeline: Timeline, form: Format, parts: _Parts, captions: str, desk: Path, out: Path
) -> process.Command:
    """Write on ``desk`` what ffmpeg reads besides ``parts``; return the command."""
    metadata, subtitles = desk / "metadata.txt", desk / "said.srt"
    metadata.write_text(film_metadata(timeline), encoding="utf-8")
    subtitles.write_text(captions, encoding="utf-8")
    return ffmpeg.film_command(
        out,
        fps=form.fps,
        frames=[place for part in parts.pictures for place in part.places],
        length=timeline.duration_ms * form.fps // 1000,
        sound=parts.sound_file,
        captions=subtitles if captions.strip() else None,
        metadata=metadata,
        language=language_code(timeline.language),
    )

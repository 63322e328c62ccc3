"""Sights: what is seen in each clip of a film, looked at once as long as its bytes are the same."""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import groupby, pairwise
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from recorder.replacement import write_whole
from storycast.cache import content_name, source_digest
from storycast.timeline import Clip, Timeline
from storycast.verify.camera import Camera
from storycast.verify.container import Container, Packet
from storycast.verify.frame import Frame, decode
from storycast.verify.picture import BlankWatch, OpeningWatch
from storycast.verify.press import PressWatch
from storycast.verify.reference import Shots
from storycast.verify.sharpness import SharpnessWatch

__all__ = ["Sight", "look"]


class Sight(BaseModel):
    """What was seen in one clip; times are milliseconds from its start.

    ``frames`` could be decoded. ``presses`` is how late each press is seen (None: not at all),
    ``blank`` when frames of one colour begin and how long they last, ``blank_pages`` how many
    frames show a page that was blank itself. ``opening`` is how far the first frame is from the
    first picture, ``likeness`` when pictures were compared and how like the shots they are.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    frames: int
    presses: tuple[float | None, ...]
    blank: tuple[tuple[float, float], ...]
    blank_pages: int
    opening: float | None
    likeness: tuple[tuple[float, float], ...]


def look(
    film: Path, container: Container, timeline: Timeline, shots: Path, cache: Path | None
) -> tuple[Sight, ...]:
    """Look at every clip of ``timeline`` in ``film``; return what was seen in each.

    ``shots`` is the folder of the take's shots. What was seen is kept in ``cache`` by the bytes
    that were decoded and by what they should show, so that they are decoded once (None: always).
    Raises ``VerifyError`` where ffmpeg cannot decode them.
    """
    camera = Camera(timeline.viewport, (container.video.width, container.video.height))
    drawn = Shots(shots, camera)
    stretches = _stretches(container, timeline.clips)
    opens = all(own and own[0].is_key for own in stretches)  # each can be decoded by itself
    paths: list[Path | None] = [None] * len(stretches)
    if cache is not None and opens:
        means = repr((timeline.viewport, camera.size, source_digest("storycast.verify")))
        parts = zip(timeline.clips, stretches, strict=True)
        names = [_name(film, clip, own, shots, means) for clip, own in parts]
        paths = [cache / f"{name}.json" for name in names]
    sights = [_read(path) for path in paths]

    def see(run: range) -> None:
        clips = timeline.clips[run.start : run.stop]
        first = sum(len(own) for own in stretches[: run.start])
        count = sum(len(own) for own in stretches[run.start : run.stop])
        frames = decode(film, container, first, count)
        for number, sight in zip(run, _see(frames, clips, camera, drawn), strict=True):
            sights[number] = sight
            path = paths[number]
            if path is not None:
                write_whole(path, sight.model_dump_json().encode())

    missing = [number for number, sight in enumerate(sights) if sight is None]
    runs = _halved(_runs(missing)) if opens else [range(len(stretches))]
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        tuple(pool.map(see, runs))
    return tuple(sight for sight in sights if sight is not None)


class _ClipWatch:
    """Watches one clip for all that can be seen in it."""

    def __init__(self, clip: Clip, camera: Camera, shots: Shots) -> None:
        self._start_ms = clip.start_ms
        self._frames = 0
        self._press = PressWatch(clip, camera)
        self._blank = BlankWatch(clip, shots)
        self._opening = OpeningWatch(clip, camera, shots)
        self._sharpness = SharpnessWatch(clip, camera, shots)

    def see(self, frame: Frame) -> None:
        own = frame.since(self._start_ms)
        self._frames += 1
        for watch in (self._press, self._blank, self._opening, self._sharpness):
            watch.see(own)

    def sight(self) -> Sight:
        return Sight(
            frames=self._frames,
            presses=self._press.offsets(),
            blank=tuple(self._blank.blank),
            blank_pages=self._blank.pages,
            opening=self._opening.apart,
            likeness=tuple(self._sharpness.found),
        )


def _see(
    frames: Iterable[Frame], clips: Sequence[Clip], camera: Camera, shots: Shots
) -> Iterator[Sight]:
    """Yield what is seen in each of ``clips``, which follow one another as their frames do."""
    watches = [_ClipWatch(clip, camera, shots) for clip in clips]
    place = 0
    for frame in frames:
        while place + 1 < len(clips) and frame.at_ms >= clips[place + 1].start_ms - _ROUNDING_MS:
            place += 1
        watches[place].see(frame)
    yield from (watch.sight() for watch in watches)


_AT_ONCE = 2
_LONG = 4  # clips: fewer are decoded before another ffmpeg would have begun
_ROUNDING_MS = 1.0  # what clocks of different ticks add


def _stretches(container: Container, clips: Sequence[Clip]) -> list[tuple[Packet, ...]]:
    """The stored frames of each clip; those after the end of the last one count as its own."""
    packets = container.video.packets
    starts = [
        bisect_left(packets, clip.start_ms - _ROUNDING_MS, key=lambda packet: packet.at_ms)
        for clip in clips
    ]
    bounds = [0, *starts[1:], len(packets)]
    return [packets[start:end] for start, end in pairwise(bounds)]


def _name(film: Path, clip: Clip, stored: Sequence[Packet], shots: Path, means: str) -> str:
    """Name a clip's sight by the bytes that are decoded, and by what they should show."""
    digest = hashlib.sha256()
    with film.open("rb") as file:
        for packet in stored:
            file.seek(packet.at_byte)
            digest.update(f"{packet.at_ms - clip.start_ms:.3f} {packet.size} ".encode())
            digest.update(file.read(packet.size))
    shown = clip.model_dump_json(exclude={"step", "start_ms", "speech"})
    there = repr([(shots / f"{picture.shot}.png").exists() for picture in clip.pictures])
    return content_name(digest.hexdigest(), shown, there, means)


def _read(path: Path | None) -> Sight | None:
    try:
        return None if path is None else Sight.model_validate_json(path.read_bytes())
    except (OSError, ValidationError):
        return None


def _halved(runs: Iterable[range]) -> Iterator[range]:
    """Divide long runs in two, to be decoded at once."""
    for run in runs:
        middle = run.start + len(run) // 2
        if len(run) < _LONG:
            yield run
        else:
            yield from (range(run.start, middle), range(middle, run.stop))


def _runs(numbers: Sequence[int]) -> Iterator[range]:
    """Join numbers that follow one another."""
    for _, group in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        own = [number for _, number in group]
        yield range(own[0], own[-1] + 1)

"""Reads films: what the container says, captions, and each picture that is seen long enough."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, cast

import numpy as np

from storycast.sweep.model import Data, Item, Luma, Seen, Text, Unread
from storycast.sweep.program import UnreadableError, file_of, missing, run

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["INTERVAL_MS", "FrameChooser", "read_film"]

INTERVAL_MS = 250
"""A film is looked at so often: of what stands still for half a second, there are two looks."""

_MOVING_MS = 500  # what moves on is read so often all the same
_CHANGE = 16  # of 255 levels: encoding changes a still picture by less
_TILE = (16, 32)  # pixels: two letters of the smallest print
_MOST_PIXELS = 40_000_000
_TEXTS = frozenset(("mov_text", "subrip", "webvtt", "ass", "ssa", "text", "ttml"))


def read_film(data: Data, *, reads_pictures: bool) -> Iterator[Item]:
    """Yield the texts in a film, and the pictures that it shows; sound is not listened to.

    Raises ``StorycastError`` where ffmpeg is missing, ``UnreadableError`` where it is no film.
    """
    with file_of(data) as path:
        asked = ("-show_format", "-show_streams", "-show_chapters", "-show_programs")
        packed = run("ffprobe", "-v", "error", *asked, "-of", "json", f"file:{path}")
        told: dict[str, Any] = json.loads(packed.decode("utf-8", errors="replace"))
        told.get("format", {}).pop("filename", None)
        yield Text("\n".join(_tags(told)), (*data.trail, "metadata"), whole=True)
        streams = told.get("streams", [])
        for number, stream in enumerate(_of_type(streams, "subtitle")):
            yield _captions(path, number, stream, data)
        for number, stream in enumerate(_of_type(streams, "video")):
            if not reads_pictures:
                yield Unread(data.trail, "its pictures were not read", chosen=True)
            else:
                yield from _pictures(path, number, stream, data)


def _of_type(streams: list[dict[str, Any]], kind: str) -> list[dict[str, Any]]:
    return [stream for stream in streams if stream.get("codec_type") == kind]


def _tags(told: Any) -> Iterator[str]:  # noqa: ANN401 - whatever ffprobe says
    """Yield what people wrote into the file: the tags of the film, its streams and chapters."""
    if isinstance(told, dict):
        for key, value in told.items():
            if key == "tags":
                yield from (f"{name}: {said}" for name, said in value.items())
            else:
                yield from _tags(value)
    elif isinstance(told, list):
        for each in told:
            yield from _tags(each)


def _captions(path: Path, number: int, stream: dict[str, Any], data: Data) -> Item:
    trail = (*data.trail, f"caption stream {number + 1}")
    if stream.get("codec_name") not in _TEXTS:
        return Unread(trail, "its captions are pictures")
    chosen = ("-map", f"0:s:{number}", "-f", "srt", "-")
    told = run("ffmpeg", "-v", "error", "-i", f"file:{path}", *chosen)
    return Text(told.decode("utf-8", errors="replace"), trail)


def _pictures(path: Path, number: int, stream: dict[str, Any], data: Data) -> Iterator[Item]:
    width, height = int(stream.get("width", 0)), int(stream.get("height", 0))
    if not 0 < width * height <= _MOST_PIXELS:
        yield Unread(data.trail, "its pictures are too large")
        return
    # ffmpeg turns what is stored sideways; width and height are as they come out of the filter.
    grid = f"fps={1000 / INTERVAL_MS}:start_time=0:round=down,scale={width}:{height}"
    command = (
        "ffmpeg", "-v", "error", "-threads", "1", "-i", f"file:{path}", "-map", f"0:v:{number}",
        "-vf", f"{grid},format=yuvj420p,extractplanes=y", "-f", "rawvideo", "-",
    )  # fmt: skip
    chooser = FrameChooser()
    for at, luma in enumerate(_decoded(command, width, height)):
        for chosen in chooser.see(at * INTERVAL_MS, luma):
            yield Seen(chosen.luma, data.trail, lossy=True, at_ms=chosen.at_ms)
    for chosen in chooser.end():
        yield Seen(chosen.luma, data.trail, lossy=True, at_ms=chosen.at_ms)


def _decoded(command: tuple[str, ...], width: int, height: int) -> Iterator[Luma]:
    with tempfile.TemporaryFile() as log:
        try:
            process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log
            )
        except FileNotFoundError:
            raise missing(command[0]) from None
        with process:
            try:
                stream = cast("IO[bytes]", process.stdout)
                while len(packed := stream.read(width * height)) == width * height:
                    yield np.frombuffer(packed, np.uint8).reshape(height, width)
            except BaseException:
                process.kill()
                raise
        if process.returncode or os.fstat(log.fileno()).st_size:
            raise UnreadableError("its pictures cannot all be decoded")


@dataclass(frozen=True, eq=False)
class _Frame:
    at_ms: float
    luma: Luma


class FrameChooser:
    """Chooses frames so that all is read that stands still for half a second.

    A frame is chosen once some part of it is other than in the last one chosen, and has not moved
    since the frame before; or where parts have kept moving for half a second.
    """

    def __init__(self) -> None:
        self._chosen: Luma | None = None
        self._before: _Frame | None = None
        self._restless_ms: float | None = None

    def see(self, at_ms: float, luma: Luma) -> Iterator[_Frame]:
        """Look at the next frame; yields it where it is to be read."""
        frame, before = _Frame(at_ms, luma), self._before
        self._before = frame
        if before is None or self._chosen is None:
            yield self._choose(frame)
            return
        new = _changed(luma, self._chosen)
        if not new.any():
            self._restless_ms = None
            return
        if self._restless_ms is None:
            self._restless_ms = at_ms
        still = new & ~_changed(luma, before.luma)
        if still.any() or at_ms - self._restless_ms >= _MOVING_MS:
            yield self._choose(frame)

    def end(self) -> Iterator[_Frame]:
        """Yield the last frame where it has not been read."""
        if self._before is not None and self._restless_ms is not None:
            yield self._choose(self._before)

    def _choose(self, frame: _Frame) -> _Frame:
        self._chosen, self._restless_ms = frame.luma, None
        return frame


def _changed(luma: Luma, other: Luma) -> NDArray[np.bool_]:
    """Which tiles of a frame are other than those of another one."""
    apart = np.maximum(luma, other) - np.minimum(luma, other) > _CHANGE
    down, across = (-(-size // tile) for size, tile in zip(apart.shape, _TILE, strict=True))
    whole = np.zeros((down * _TILE[0], across * _TILE[1]), bool)
    whole[: apart.shape[0], : apart.shape[1]] = apart
    return np.asarray(whole.reshape(down, _TILE[0], across, _TILE[1]).any(axis=(1, 3)), bool)

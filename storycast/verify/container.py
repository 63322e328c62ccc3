"""The container: what a film's file says about itself, as ffprobe reads it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from storycast.timeline import Chapter
from storycast.verify.errors import VerifyError
from storycast.verify.program import run

__all__ = ["Atom", "Container", "Packet", "Stream", "read_atoms", "read_container"]

_SHORT_HEAD = 8  # ISO/IEC 14496-12, 4.2: four bytes of size, four of name
_LONG_SIZE = 1  # so that the size stands behind the name, in eight bytes


@dataclass(frozen=True)
class Atom:
    """A piece of an MP4 file at its top level; ``end`` is where its own size says that it ends."""

    name: str
    end: int


@dataclass(frozen=True)
class Packet:
    """A frame or a caption as it is stored: times in milliseconds, place and size in bytes.

    Decoding can begin at one that ``is_key``.
    """

    at_ms: float
    duration_ms: float
    at_byte: int
    size: int
    is_key: bool = False


@dataclass(frozen=True)
class Stream:
    """A stream: what it is encoded with, and how long it lasts; sizes are 0 where it is no picture.

    ``packets`` are in the order of their time; those of a sound are left out. ``frame_ms`` is how
    long a frame lasts where something moves.
    """

    codec: str
    duration_ms: float
    packets: tuple[Packet, ...]
    pixels: str = ""
    width: int = 0
    height: int = 0
    aspect: str = ""
    frame_ms: float = 0.0

    def until_ms(self, number: int) -> float:
        """Until when the frame of this number is seen, from 0 on: until the next, or the end."""
        if number + 1 < len(self.packets):
            return self.packets[number + 1].at_ms
        return max(self.duration_ms, self.packets[number].at_ms + 1)


@dataclass(frozen=True)
class Container:
    """A film's streams, chapters and title, as its file says."""

    title: str
    duration_ms: float
    video: Stream
    audio: Stream | None
    captions: Stream | None
    chapters: tuple[Chapter, ...]
    in_order: bool


def read_atoms(film: Path) -> tuple[Atom, ...]:
    """Return the pieces of the MP4 file ``film``, in their order."""
    atoms: list[Atom] = []
    end = 0
    with film.open("rb") as file:
        while len(head := file.read(16)) >= _SHORT_HEAD:
            size = int.from_bytes(head[:4], "big")
            size = int.from_bytes(head[8:16], "big") if size == _LONG_SIZE else size
            if size < _SHORT_HEAD:
                break
            end += size
            atoms.append(Atom(head[4:8].decode("latin-1"), end))
            file.seek(end)
    return tuple(atoms)


def read_container(film: Path) -> Container:
    """Read what the file of ``film`` says. Raises ``VerifyError`` where it is no film."""
    asked = (
        "format=duration:format_tags=title"
        ":stream=index,codec_type,codec_name,pix_fmt,width,height,sample_aspect_ratio,r_frame_rate"
        ",duration:packet=stream_index,pts_time,duration_time,pos,size,flags"
    )
    answer, _ = run(
        "ffprobe", "-v", "error", "-show_chapters", "-show_entries", asked, "-of", "json", str(film)
    )
    seen: dict[str, Any] = json.loads(answer)
    video = _stream(seen, "video")
    if video is None or not video.packets:
        raise VerifyError(f"{film} has no pictures.", "Give the film, such as film.mp4.")
    times = [float(packet["pts_time"]) for packet in _packets(seen, "video")]
    return Container(
        title=seen["format"].get("tags", {}).get("title", ""),
        duration_ms=_milliseconds(seen["format"].get("duration")),
        video=video,
        audio=_stream(seen, "audio"),
        captions=_stream(seen, "subtitle"),
        chapters=tuple(_chapter(chapter) for chapter in seen.get("chapters", ())),
        in_order=all(earlier < later for earlier, later in pairwise(times)),
    )


def _find(seen: dict[str, Any], kind: str) -> dict[str, Any] | None:
    streams: Sequence[dict[str, Any]] = seen.get("streams", ())
    return next((stream for stream in streams if stream.get("codec_type") == kind), None)


def _packets(seen: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    """What is shown or heard: without packets that an edit list leaves out (flag D)."""
    stream = _find(seen, kind)
    if stream is None:
        return []
    return [
        packet
        for packet in seen.get("packets", ())
        if packet["stream_index"] == stream["index"]
        and "pts_time" in packet
        and "D" not in packet.get("flags", "")
    ]


def _stream(seen: dict[str, Any], kind: str) -> Stream | None:
    found = _find(seen, kind)
    if found is None:
        return None
    packets = (
        Packet(
            at_ms=_milliseconds(packet["pts_time"]),
            duration_ms=_milliseconds(packet.get("duration_time")),
            at_byte=int(packet.get("pos", 0)),
            size=int(packet["size"]),
            is_key="K" in packet.get("flags", ""),
        )
        for packet in (_packets(seen, kind) if kind != "audio" else ())
    )
    frames, _, seconds = found.get("r_frame_rate", "0/0").partition("/")
    return Stream(
        codec=found.get("codec_name", ""),
        duration_ms=_milliseconds(found.get("duration")),
        packets=tuple(sorted(packets, key=lambda packet: packet.at_ms)),
        pixels=found.get("pix_fmt", ""),
        width=found.get("width", 0),
        height=found.get("height", 0),
        aspect=found.get("sample_aspect_ratio", "1:1"),
        frame_ms=1000 * int(seconds) / int(frames) if int(frames) else 0.0,
    )


def _chapter(seen: dict[str, Any]) -> Chapter:
    return Chapter(
        title=seen.get("tags", {}).get("title", ""),
        start_ms=round(_milliseconds(seen["start_time"])),
        end_ms=round(_milliseconds(seen["end_time"])),
    )


def _milliseconds(seconds: str | None) -> float:
    return float(seconds or 0) * 1000

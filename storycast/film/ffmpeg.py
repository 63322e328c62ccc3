"""ffmpeg: the commands that make segments and film, and what is installed.

ffmpeg-python builds the commands and nothing else; it has no types, and none of it leaves here.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path

import ffmpeg

from storycast.errors import FilmError
from storycast.film.process import Command, run

__all__ = [
    "DELIMITER",
    "EXACT",
    "compiled",
    "film_command",
    "identity",
    "segment_command",
    "version",
]

EXACT = {"fflags": "+bitexact", "map_metadata": -1}  # no dates, no version: equal bytes

# Segments are made two at a time, each with one thread; the threads' number also shapes the bytes.
# Without B-frames every frame is stored when it is shown: segments join without a gap or overlap.
# On drawn pages subme 1 takes a sixth less time than veryfast's 2, for the same size and sharpness;
# blocks that are not parted for prediction, and a shorter look ahead, a fifth less again.
_X264 = {
    "vcodec": "libx264",
    "preset": "veryfast",
    "aud": 1,
    "crf": 19,
    "tune": "stillimage",
    "bf": 0,
    "subq": 1,
    "partitions": "none",
    "rc-lookahead": 6,
    "threads": 1,
    "flags:v": "+bitexact",
    "pix_fmt": "yuv420p",
    "colorspace": "bt709",
    "color_primaries": "bt709",
    "color_trc": "bt709",
    "color_range": "tv",
}

DELIMITER = b"\0\0\0\1\x09"
"""What stands in front of every picture of a segment: ITU-T H.264, 7.3.2.4 and annex B."""

_TICKS = 1000
"""The film's clock has this many ticks to a frame."""

# What ffmpeg wants to know of a segment stands at its start; to find nothing else it would decode
# pictures for 20 ms.
_PROBED = {"probesize": 5000, "fpsprobesize": 0}

# A film has its parameters once, in front. Delimiters stay: key frames that follow one another are
# numbered alike, and some decoders would take the second for a part of the first.
_BARE = "filter_units=remove_types=6-8"


def segment_command(
    out: Path, *, size: tuple[int, int], fps: int, frames: Iterable[int], keys: Iterable[int]
) -> Command:
    """Return what encodes a segment from raw pictures on its input: ``yuv420p``, BT.709.

    ``frames`` are their places in the segment, from 0 and rising, and ``keys`` those of them at
    which decoding can begin; ``size`` is width and height. The file is a bare H.264 stream, which
    knows no times; in front of each picture stands `DELIMITER`.
    """
    pictures = ffmpeg.input(
        "pipe:", format="rawvideo", pix_fmt="yuv420p", s=f"{size[0]}x{size[1]}", framerate=fps
    )
    timed = pictures.filter("settb", f"1/{fps}").filter("setpts", _times(tuple(frames)))
    forced = ",".join(f"{key / fps:.6f}" for key in keys)
    segment = timed.output(
        str(out), format="h264", vsync="passthrough", force_key_frames=forced, **_X264, **EXACT
    )
    return compiled(segment)


def _times(frames: Sequence[int]) -> str:
    """Say in ffmpeg's words where the N-th picture lies."""
    shifts = [frame - number for number, frame in enumerate(frames)]
    runs = [(0, 0)] + [
        (number, after)
        for number, (before, after) in enumerate(pairwise(shifts), start=1)
        if after != before
    ]
    return _shifted(runs)


def _shifted(runs: list[tuple[int, int]]) -> str:
    """Say how far the N-th picture is shifted: each run has its first picture and its shift.

    It halves the runs, because ffmpeg refuses a sum of a thousand terms.
    """
    if len(runs) == 1:
        return f"N+{runs[0][1]}"
    middle = len(runs) // 2
    return f"if(lt(N,{runs[middle][0]}),{_shifted(runs[:middle])},{_shifted(runs[middle:])})"


def film_command(
    out: Path,
    *,
    fps: int,
    frames: Sequence[int],
    length: int,
    sound: Path,
    captions: Path | None,
    metadata: Path,
    language: str,
) -> Command:
    """Return what unites all parts of a film without encoding any of them again.

    The pictures of its segments come on the input, one after the other: ``frames`` are their places
    in the film, which has ``length`` frames. ``sound`` is a film of its own, ``captions`` is
    SubRip, ``metadata`` ffmpeg's own format with title and chapters, ``language`` three letters of
    ISO 639-2.
    """
    parts = [
        ffmpeg.input("pipe:", format="h264", framerate=fps, **_PROBED)["v"],
        ffmpeg.input(str(sound))["a"],
    ]
    last = len(frames) - 1, (length - frames[-1]) * _TICKS
    timed = (
        f"setts=time_base=1/{fps * _TICKS}:ts='({_times(frames)})*{_TICKS}'"
        f":duration='if(eq(N,{last[0]}),{last[1]},{_TICKS})'"
    )
    options: dict[str, str | int] = {
        "vcodec": "copy",
        "acodec": "copy",
        "bsf:v": f"{_BARE},{timed}",
        "metadata:s:v:0": f"language={language}",
        "metadata:s:a:0": f"language={language}",
    }
    if captions is not None:
        parts.append(ffmpeg.input(str(captions), format="srt")["s"])
        options |= {"scodec": "mov_text", "metadata:s:s:0": f"language={language}"}
    # "?" takes every stream there is, and metadata has none: it only makes the file an input
    parts.append(ffmpeg.input(str(metadata), format="ffmetadata")["?"])
    options |= {"map_metadata": len(parts) - 1, "map_chapters": len(parts) - 1}
    options |= {"fflags": "+bitexact", "movflags": "+faststart"}
    return compiled(ffmpeg.output(*parts, str(out), format="mp4", **options))


def compiled(stream: ffmpeg.nodes.OutputStream, level: str = "error") -> Command:
    """Return the command that a graph of ffmpeg-python stands for; ``level`` is what it tells."""
    program = ["ffmpeg", "-nostdin", "-xerror", "-hide_banner", "-y", "-loglevel", level]
    return tuple(ffmpeg.compile(stream, cmd=program))


@cache
def identity() -> str:
    """Return a name for the ffmpeg that is installed: another one where another is.

    To ask it takes as long as to draw ten frames. Raises ``FilmError`` where it is missing.
    """
    found = shutil.which("ffmpeg")
    if found is None:
        raise FilmError("ffmpeg is not installed.", "apt-get install ffmpeg")
    program = Path(found).resolve()
    if program.stem != "ffmpeg":  # what only starts the one that does the work
        return version()
    facts = program.stat()
    return f"{program} {facts.st_size} {facts.st_mtime_ns}"


@cache
def version() -> str:
    """Return the first line of ``ffmpeg -version``.

    Raises ``FilmError`` where ffmpeg is missing.
    """
    return run(("ffmpeg", "-version")).partition("\n")[0]

"""ffmpeg: the commands that make segments and film, and how they are run.

ffmpeg-python builds the commands and nothing else; it has no types, and none of it leaves here.
"""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterable, Sequence
from contextlib import ExitStack, suppress
from functools import cache
from itertools import pairwise
from pathlib import Path
from threading import Lock

import ffmpeg

from storycast.errors import FilmError

__all__ = [
    "DELIMITER",
    "EXACT",
    "Command",
    "compiled",
    "film_command",
    "run",
    "run_pipeline",
    "segment_command",
    "version",
]

Command = tuple[str, ...]
"""A program and its arguments."""


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
        ffmpeg.input("pipe:", format="h264", framerate=fps)["v"],
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


def run(command: Command, feed: Iterable[memoryview] = ()) -> str:
    """Run ``command`` with ``feed`` on its input and return what it said, on either output.

    Raises ``FilmError`` where ffmpeg is missing, the disk is full or ffmpeg fails.
    """
    with tempfile.TemporaryFile() as log:
        try:
            process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=log, stderr=log)
        except FileNotFoundError as error:
            raise FilmError("ffmpeg is not installed.", "apt-get install ffmpeg") from error
        with process:
            _feed(process, feed)
        log.seek(0)
        said = log.read().decode(errors="replace")
    if process.returncode:
        raise _failure(said, process.returncode)
    return said


def run_pipeline(commands: Sequence[Command]) -> tuple[str, ...]:
    """Run all ``commands`` at once, each on what the one before puts out, the first on nothing.

    Returns what each said on its standard error; the last may put out nothing. Raises
    ``FilmError`` as `run` does.
    """
    with ExitStack() as stack:
        logs = [stack.enter_context(tempfile.TemporaryFile()) for _ in commands]
        processes: list[subprocess.Popen[bytes]] = []
        try:
            for command, log in zip(commands, logs, strict=True):
                before = processes[-1].stdout if processes else subprocess.DEVNULL
                process = subprocess.Popen(
                    command, stdin=before, stdout=subprocess.PIPE, stderr=log
                )
                processes.append(stack.enter_context(process))
            for process in processes:
                assert process.stdout is not None  # noqa: S101 - it was asked for
                process.stdout.close()  # only the next one holds it, and learns when it ends
            for process in processes:
                process.wait()
        except FileNotFoundError as error:
            raise FilmError("ffmpeg is not installed.", "apt-get install ffmpeg") from error
        finally:
            for process in processes:
                process.kill()
        said = []
        for log in logs:
            log.seek(0)
            said.append(log.read().decode(errors="replace"))
    failed = [
        (text, process.returncode)
        for text, process in zip(said, processes, strict=True)
        if process.returncode
    ]
    if failed:  # what only lost its reader did not fail first
        raise _failure(*next((each for each in failed if "Broken pipe" not in each[0]), failed[0]))
    return tuple(said)


def _feed(process: subprocess.Popen[bytes], feed: Iterable[memoryview]) -> None:
    """Write all of ``feed``; where ffmpeg ends early, what it said tells why."""
    stream = process.stdin
    assert stream is not None  # noqa: S101 - it was asked for
    try:
        with suppress(BrokenPipeError):
            for piece in feed:
                stream.write(piece)
    except BaseException:
        process.kill()
        raise
    finally:
        with suppress(BrokenPipeError):
            stream.close()


_LINE_LENGTH = 200
"""So much of each of ffmpeg's lines is told: the reason stands last, after all that it repeats."""


def _failure(said: str, status: int) -> FilmError:
    if "No space left on device" in said:
        return FilmError("The disk is full.", "Free some space, then render again.")
    lines = [line.strip()[-_LINE_LENGTH:] for line in said.splitlines() if line.strip()]
    last = " / ".join(lines[-3:]) or "it gave no reason"
    return FilmError(f"ffmpeg failed with status {status}: {last}.")


def version() -> str:
    """Return the first line of ``ffmpeg -version``, which is asked once.

    Raises ``FilmError`` where ffmpeg is missing.
    """
    with _ASKING:
        return _ask_version()


_ASKING = Lock()


@cache
def _ask_version() -> str:
    return run(("ffmpeg", "-version")).partition("\n")[0]

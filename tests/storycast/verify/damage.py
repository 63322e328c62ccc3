"""Damage: films that are spoiled on purpose, each in one way."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

from tests.storycast.verify.edition import Made

__all__ = [
    "blur",
    "cut_off",
    "delay_frames",
    "drop_chapter",
    "drop_pictures",
    "hasten_captions",
    "spoil_pictures",
    "spoil_sound",
]

_PARTS = ("-map", "0:v", "-map", "0:a", "-map", "0:s")
_ENCODE = (
    "-vsync", "passthrough", "-c:v", "libx264", "-preset", "veryfast", "-crf", "12", "-bf", "0",
    "-pix_fmt", "yuv420p",
)  # fmt: skip


def spoil_sound(made: Made, filters: str) -> None:
    """Send the sound through ``filters``, and let the film be as long as it was."""
    _again(made, *_PARTS, "-c", "copy", "-c:a", "aac", "-b:a", "128k", "-af", f"{filters},apad",
           "-t", "12")  # fmt: skip


def spoil_pictures(made: Made, filters: str) -> None:
    """Send the pictures through ``filters``."""
    _again(made, *_PARTS, "-c", "copy", *_ENCODE, "-vf", filters)


def blur(made: Made) -> None:
    """Make the pictures as if they had been filmed with too few pixels."""
    spoil_pictures(made, "scale=640:-2,scale=960:540")


def delay_frames(made: Made, start_ms: int, end_ms: int, by_ms: int) -> None:
    """Show the frames between two times later than they should be."""
    clock = 30  # ticks of the film's clock to a millisecond
    inside = f"between(TS,{start_ms * clock},{end_ms * clock})"
    late = f"ts=TS+{inside}*{by_ms * clock}".replace(",", r"\,")
    _again(made, *_PARTS, "-c", "copy", "-bsf:v", f"setts={late}")


def drop_pictures(made: Made) -> None:
    """Keep the sound only."""
    _again(made, "-map", "0:a", "-c", "copy")


def drop_chapter(made: Made) -> None:
    """Make one chapter of all."""
    chapter = "[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=12000\ntitle=The list\n"
    metadata = made.folder / "metadata.txt"
    metadata.write_text(f";FFMETADATA1\n{chapter}", encoding="utf-8")
    _again(made, "-i", str(metadata), *_PARTS, "-c", "copy", "-map_chapters", "1")


def hasten_captions(made: Made) -> None:
    """Let the first caption stand for a second only, in the film and beside it."""
    text = made.captions.read_text(encoding="utf-8")
    text = re.sub(r"(00:00:00\.300 --> )\S+", r"\g<1>00:00:01.300", text)
    made.captions.write_text(text, encoding="utf-8")
    _again(made, "-i", str(made.captions), "-map", "0:v", "-map", "0:a", "-map", "1", "-c", "copy",
           "-c:s", "mov_text")  # fmt: skip


def cut_off(made: Made) -> None:
    """Take the last third of the file away."""
    content = made.film.read_bytes()
    made.film.write_bytes(content[: len(content) * 2 // 3])


def _again(made: Made, *options: str) -> None:
    spoiled = made.film.with_name("spoiled.mp4")
    program = shutil.which("ffmpeg")
    assert program is not None
    subprocess.run(
        (program, "-v", "error", "-y", "-i", str(made.film), *options, "-movflags", "+faststart",
         "-video_track_timescale", "30000", str(spoiled)),
        check=True,
    )  # fmt: skip
    Path(spoiled).replace(made.film)

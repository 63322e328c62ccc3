"""What a finished file holds, as ffprobe and ffmpeg see it."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = [
    "decode_picture",
    "decode_pictures",
    "decode_sound",
    "extract_captions",
    "frame_times_ms",
    "probe",
    "read_h264",
]


def probe(path: Path, *sections: str) -> dict[str, Any]:
    """Return ``sections`` (streams, format, chapters, packets) of ffprobe's answer."""
    wanted = [f"-show_{section}" for section in sections]
    answer: dict[str, Any] = json.loads(
        _run("ffprobe", "-v", "error", "-of", "json", *wanted, str(path))
    )
    return answer


def frame_times_ms(path: Path) -> list[float]:
    """Return when each picture in ``path`` is shown."""
    packets = probe(path, "packets")["packets"]
    return [float(packet["pts_time"]) * 1000 for packet in packets if _is_video(packet)]


def decode_picture(path: Path, at_ms: float, size: tuple[int, int]) -> NDArray[np.uint8]:
    """Return the picture that stands in ``path`` at ``at_ms``."""
    raw = _run(
        "ffmpeg", "-v", "error", "-i", str(path), "-vf", "fps=200", "-ss", f"{at_ms / 1000:.3f}",
        "-frames:v", "1", "-f", "rawvideo", "-pix_fmt", "rgb24", "-",
    )  # fmt: skip
    return np.frombuffer(raw, np.uint8).reshape(size[1], size[0], 3)


def decode_pictures(path: Path, size: tuple[int, int]) -> NDArray[np.uint8]:
    """Return all pictures in ``path``, one after the other."""
    raw = _run(
        "ffmpeg", "-v", "error", "-i", str(path), "-vsync", "passthrough", "-f", "rawvideo",
        "-pix_fmt", "rgb24", "-",
    )  # fmt: skip
    return np.frombuffer(raw, np.uint8).reshape(-1, size[1], size[0], 3)


def read_h264(path: Path) -> bytes:
    """Return the pictures of ``path`` as they are stored: ITU-T H.264, annex B."""
    copied = ("-c", "copy", "-bsf:v", "h264_mp4toannexb", "-f", "h264", "-")
    return _run("ffmpeg", "-v", "error", "-i", str(path), "-map", "0:v", *copied)


def decode_sound(path: Path) -> NDArray[np.float32]:
    """Return what is heard in ``path``, 48,000 samples a second."""
    raw = _run(
        "ffmpeg", "-v", "error", "-i", str(path), "-f", "f32le", "-ac", "1", "-ar", "48000", "-"
    )
    return np.frombuffer(raw, np.float32)


def extract_captions(path: Path) -> str:
    """Return the captions in ``path`` as SubRip text."""
    return _run("ffmpeg", "-v", "error", "-i", str(path), "-map", "0:s", "-f", "srt", "-").decode()


def _is_video(packet: dict[str, Any]) -> bool:
    return bool(packet["codec_type"] == "video")


def _run(program: str, *arguments: str) -> bytes:
    found = shutil.which(program)
    assert found is not None
    return subprocess.run((found, *arguments), check=True, capture_output=True).stdout

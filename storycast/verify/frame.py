"""Frames: a film's pictures, decoded, with the time for which each stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from storycast.verify.container import Container
from storycast.verify.program import piped

__all__ = ["Frame", "Luma", "Span", "decode"]

Luma = NDArray[np.uint8]
"""How bright each pixel is, as the film stores it (16 is black, 235 is white)."""

Span = tuple[float, float]
"""From when until when something is seen, in milliseconds."""


@dataclass(frozen=True, eq=False)
class Frame:
    """A picture of the film, seen from ``at_ms`` until ``until_ms``; it lasts until the next."""

    at_ms: float
    until_ms: float
    luma: Luma

    def stands_at(self, at_ms: float) -> bool:
        """Whether it is seen at ``at_ms``."""
        return self.at_ms <= at_ms < self.until_ms


def decode(film: Path, container: Container, first: int, count: int) -> Iterator[Frame]:
    """Yield ``count`` of the stored frames of ``film``, from the one numbered ``first`` on.

    Decoding begins there, so it is 0 or one that is a key frame. A frame's pixels are gone when the
    next is there. Fewer come where some cannot be decoded; raises ``VerifyError`` where none can.
    Only brightness is decoded, because all that is looked for shows in it.
    """
    video = container.video
    packets = video.packets[first : first + count]
    store = bytearray(video.width * video.height)
    pixels = np.frombuffer(store, np.uint8).reshape(video.height, video.width)
    # A moment later than it begins, so that it is not rounded to the key frame before.
    seek = ("-noaccurate_seek", "-ss", f"{packets[0].at_ms / 1000 + 0.001:.6f}") if first else ()
    command = (
        "ffmpeg", "-v", "error", "-threads", "1", *seek, "-i", str(film), "-map", "0:v:0",
        "-vsync", "passthrough", "-frames:v", str(count),
        "-vf", "format=yuv420p,extractplanes=y", "-f", "rawvideo", "-",
    )  # fmt: skip
    with piped(*command) as stream:
        for number, packet in enumerate(packets, first):
            if stream.readinto(store) < len(store):
                break
            yield Frame(packet.at_ms, video.until_ms(number), pixels)
        stream.read()

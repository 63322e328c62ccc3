"""Frames: every picture of a film, decoded once, with the time for which it stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from storycast.verify.container import Container
from storycast.verify.program import piped
from storycast.verify.report import Check

__all__ = ["Frame", "Luma", "Watch", "watch"]

Luma = NDArray[np.uint8]
"""How bright each pixel is, as the film stores it (16 is black, 235 is white)."""


@dataclass(frozen=True, eq=False)
class Frame:
    """A picture of the film, seen from ``at_ms`` until ``until_ms``; it lasts until the next."""

    at_ms: float
    until_ms: float
    luma: Luma

    def stands_at(self, at_ms: float) -> bool:
        """Whether it is seen at ``at_ms``."""
        return self.at_ms <= at_ms < self.until_ms


class Watch(Protocol):
    """Is shown every frame, and says what it has found."""

    def see(self, frame: Frame) -> None:
        """Look at a frame; its pixels are gone when the next one is shown."""

    def checks(self) -> Iterator[Check]:
        """Yield what was found in all frames."""


def watch(film: Path, container: Container, watches: tuple[Watch, ...]) -> int:
    """Show every frame of ``film`` to ``watches``; return how many there are.

    Raises ``VerifyError`` where ffmpeg cannot decode them.
    """
    number = 0
    for frame in _frames(film, container):
        number += 1
        for each in watches:
            each.see(frame)
    return number


def _frames(film: Path, container: Container) -> Iterator[Frame]:
    """Yield every frame; only brightness is decoded, because all that is looked for shows in it."""
    width, height = container.video.width, container.video.height
    times = [packet.at_ms for packet in container.video.packets]
    ends = [*times[1:], max(container.video.duration_ms, times[-1] + 1)]
    store = bytearray(width * height)
    pixels = np.frombuffer(store, np.uint8).reshape(height, width)
    command = (
        "ffmpeg", "-v", "error", "-i", str(film), "-map", "0:v:0", "-vsync", "passthrough",
        "-vf", "format=yuv420p,extractplanes=y", "-f", "rawvideo", "-",
    )  # fmt: skip
    with piped(*command) as stream:
        for at_ms, until_ms in zip(times, ends, strict=True):
            if stream.readinto(store) < len(store):
                break
            yield Frame(at_ms, until_ms, pixels)
        stream.read()

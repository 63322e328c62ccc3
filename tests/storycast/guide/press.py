"""What publishes the sample, for the tests of the guide's files."""

from __future__ import annotations

import subprocess
from pathlib import Path

from storycast.guide import publish_guide
from tests.storycast.sample import Sample

__all__ = ["make_film", "publish"]

_CAPTIONS = "WEBVTT\n\n00:00.300 --> 00:02.800\nOpen the task list in your browser.\n"
_CHAPTERS = "WEBVTT\n\n00:00.000 --> 00:05.000\nThe list\n\n00:05.000 --> 00:12.000\nA task\n"


def publish(sample: Sample, folder: Path, **options: object) -> tuple[Path, ...]:
    """Publish the guide of the sample."""
    return publish_guide(
        sample.take,
        sample.timeline,
        sample.track,
        take_folder=sample.take_folder,
        folder=folder,
        cache=folder.with_name(f"{folder.name}-cache"),
        captions_vtt=_CAPTIONS,
        chapters_vtt=_CHAPTERS,
        **options,  # type: ignore[arg-type]  # whatever the test asks for
    )


def make_film(path: Path) -> None:
    """Twelve seconds of a test card: as long as the sample's timeline."""
    card = ("-f", "lavfi", "-i", "testsrc=size=320x180:rate=5:duration=12")
    options = ("-loglevel", "error", "-pix_fmt", "yuv420p", "-g", "5")
    subprocess.run(["ffmpeg", *card, *options, str(path)], check=True)  # noqa: S607 - found on PATH

"""Measures how fast a voice makes a track, cold and cached, and whether it repeats itself."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from narration import Passage, Track, narrate, open_voice

__all__ = ["Pace", "count_sounds", "time_track"]

_TIMES = 5
_RUNS = 50
_TEXT = "Select the name of the assignment, then choose Log in at the top right of the screen."
_AGAIN = """
import hashlib, sys
from narration import open_voice
voice = open_voice(sys.argv[1], language="en")
for _ in range(int(sys.argv[3])):
    print(hashlib.sha256(voice.speak(sys.argv[2]).samples.tobytes()).hexdigest())
voice.close()
"""


@dataclass(frozen=True)
class Pace:
    """How long a track took in seconds, the first time and from the cache, and how long it is."""

    sentences: int
    heard_s: float
    cold_s: float
    cached_s: float


def time_track(voice: str, sentences: Sequence[str]) -> Pace:
    """Speak each of ``sentences`` several times, each time in other words."""
    passages = [
        Passage(key=str(number), markdown=f"In part {time + 1}: {sentence}")
        for time in range(_TIMES)
        for number, sentence in enumerate(sentences)
    ]
    with tempfile.TemporaryDirectory() as name:
        desk = Path(name)
        cold_s, track = _narrate(voice, passages, desk / "cold", desk / "cache")
        cached_s, again = _narrate(voice, passages, desk / "cached", desk / "cache")
        assert again == track  # noqa: S101 - or the figures are of two things
    heard_s = sum(cue.duration_ms for cue in track.cues) / 1000
    return Pace(len(track.cues), heard_s, cold_s, cached_s)


def _narrate(
    name: str, passages: Sequence[Passage], folder: Path, cache: Path
) -> tuple[float, Track]:
    began = time.perf_counter()
    voice = open_voice(name, language="en")
    track = narrate(passages, voice=voice, folder=folder, cache=cache, language="en")
    took_s = time.perf_counter() - began
    voice.close()
    return took_s, track


def count_sounds(voice: str) -> tuple[int, int]:
    """Speak one text a hundred times in two processes at once; return sounds and runs."""
    command = [sys.executable, "-c", _AGAIN, voice, _TEXT, str(_RUNS)]
    both = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    digests = [line for process in both for line in process.communicate()[0].split()]
    return len(set(digests)), len(digests)

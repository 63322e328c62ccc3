"""Voices: what speaks a text, behind one small interface, found by name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from typing import Protocol, cast

import numpy as np
import numpy.typing as npt

from narration.errors import UnknownVoiceError
from narration.near import name_near
from narration.word import WordTime

__all__ = ["GROUP", "RATE_WPM", "Samples", "Speech", "Voice", "VoiceMaker", "open_voice"]

GROUP = "storycast.voices"
# What listeners follow with ease while they also watch, pauses included: 150 to 180 words a minute.
RATE_WPM = 165

Samples = npt.NDArray[np.int16]


@dataclass(frozen=True)
class Speech:
    """A text spoken.

    ``samples`` are 16-bit mono, none for a silent voice; ``words`` are the words of the text as
    given to the voice, within ``duration_ms``.
    """

    samples: Samples
    words: tuple[WordTime, ...]
    duration_ms: int


class Voice(Protocol):
    """Something that speaks.

    Opening one must be cheap: an engine starts with the first `speak`, which may be called from as
    many threads at once as ``workers`` says.
    """

    @property
    def name(self) -> str:
        """What the user calls it, such as "pyttsx3:en-gb"."""

    @property
    def identity(self) -> str:
        """All that decides its sound (engine, version, voice, rate): part of a cue's name."""

    @property
    def sample_rate(self) -> int:
        """Samples a second, in hertz."""

    @property
    def workers(self) -> int:
        """How many calls of `speak` gain from running at once."""

    def speak(self, text: str) -> Speech:
        """Speak ``text``: the same text gives the same samples.

        Raises `UnknownVoiceError` where the engine has no such voice or language, and
        `VoiceFailedError` where it gives no sound or does not come to an end.
        """

    def close(self) -> None:
        """Stop the engine; the next `speak` starts it again."""


class VoiceMaker(Protocol):
    """What an entry point of the group `GROUP` names: a class or a function."""

    def __call__(self, variant: str, *, language: str, rate_wpm: int) -> Voice:
        """Make a voice; ``variant`` is a particular voice of the engine, or "" for its usual."""


def open_voice(spec: str | Sequence[str], *, language: str, rate_wpm: int = RATE_WPM) -> Voice:
    """Return the voice that ``spec`` names, without starting its engine.

    ``spec`` is an engine ("pyttsx3", "none"), or an engine and one of its voices
    ("pyttsx3:en-gb"); engines are entry points of the group "storycast.voices". A list is a command
    that writes a WAV file (see `narration.voice_command`). ``language`` is a BCP 47 tag, and picks
    a voice where ``spec`` names none. ``rate_wpm`` is words a minute, pauses included. Raises
    `UnknownVoiceError` for an engine that is not there, and `VoiceFailedError` for one that lacks a
    part of the system; an engine's unknown voice shows when it first speaks.
    """
    if not isinstance(spec, str):
        from narration.voice_command import CommandVoice  # noqa: PLC0415 - which imports this

        return CommandVoice(spec, language=language, rate_wpm=rate_wpm)
    engine, _, variant = spec.partition(":")
    make = cast("VoiceMaker", _find(engine).load())
    return make(variant, language=language, rate_wpm=rate_wpm)


def _find(engine: str) -> EntryPoint:
    found = {point.name: point for point in entry_points(group=GROUP)}
    if engine in found:
        return found[engine]
    raise UnknownVoiceError(
        f"There is no voice engine {engine!r}.", name_near(engine, sorted(found))
    )

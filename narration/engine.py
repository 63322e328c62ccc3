"""Engines: voices found by name, among all that are installed."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import EntryPoint, PackageNotFoundError, distribution, entry_points
from typing import Protocol, cast

from narration.errors import UnknownVoiceError
from narration.near import name_near
from narration.voice import Voice

__all__ = ["GROUP", "PITCH", "RATE_WPM", "VoiceMaker", "open_voice"]

GROUP = "storycast.voices"
# What listeners follow with ease while they also watch, pauses included: 150 to 180 words a minute.
RATE_WPM = 165
PITCH = 100
"""As high as a voice is by itself; 120 is a fifth higher."""


class VoiceMaker(Protocol):
    """What an entry point of the group `GROUP` names: a class or a function."""

    def __call__(self, variant: str, *, language: str, rate_wpm: int, pitch: int) -> Voice:
        """Make a voice; ``variant`` is a particular voice of the engine, or "" for its usual."""


def open_voice(
    spec: str | Sequence[str], *, language: str, rate_wpm: int = RATE_WPM, pitch: int = PITCH
) -> Voice:
    """Return the voice that ``spec`` names, without starting its engine.

    ``spec`` is an engine ("pyttsx3", "none"), or an engine and one of its voices
    ("pyttsx3:en-gb"); engines are entry points of the group "storycast.voices". A list is a command
    that writes a WAV file (see `narration.voice_command`). ``language`` is a BCP 47 tag, and picks
    a voice where ``spec`` names none. ``rate_wpm`` is words a minute, pauses included; ``pitch`` is
    in percent of the voice's own. Raises `UnknownVoiceError` for an engine that is not there, and
    `VoiceFailedError` for one that lacks a part of the system; an engine's unknown voice shows when
    it first speaks.
    """
    if not isinstance(spec, str):
        from narration.voice_command import CommandVoice  # noqa: PLC0415 - as other engines

        return CommandVoice(spec, language=language, rate_wpm=rate_wpm, pitch=pitch)
    engine, _, variant = spec.partition(":")
    make = cast("VoiceMaker", _find(engine).load())
    return make(variant, language=language, rate_wpm=rate_wpm, pitch=pitch)


def _find(engine: str) -> EntryPoint:
    found = _own()
    if engine not in found:  # to look into every package that is installed takes long
        found = {point.name: point for point in entry_points(group=GROUP)}
    if engine in found:
        return found[engine]
    raise UnknownVoiceError(
        f"There is no voice engine {engine!r}.", name_near(engine, sorted(found))
    )


def _own() -> dict[str, EntryPoint]:
    """The engines that come with Storycast."""
    try:
        points = distribution("storycast").entry_points.select(group=GROUP)
    except PackageNotFoundError:
        return {}
    return {point.name: point for point in points}

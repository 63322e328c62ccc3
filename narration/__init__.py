"""Speaks a take: script, voices, track, captions.

Names are imported when they are first asked for: a process that only speaks needs few of them.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from narration.captions import (
        Caption,
        TimedCue,
        as_srt,
        as_transcript,
        as_webvtt,
        segment_captions,
    )
    from narration.engine import open_voice
    from narration.errors import NarrationError, UnknownVoiceError, VoiceFailedError
    from narration.narrator import narrate, speak_passages
    from narration.prose import Sentence, Word, read_prose
    from narration.track import Cue, Hint, Name, Passage, SpokenWord, Track, cue_path, read_track
    from narration.voice import Speech, Voice
    from narration.word import WordTime

__all__ = [
    "Caption",
    "Cue",
    "Hint",
    "Name",
    "NarrationError",
    "Passage",
    "Sentence",
    "Speech",
    "SpokenWord",
    "TimedCue",
    "Track",
    "UnknownVoiceError",
    "Voice",
    "VoiceFailedError",
    "Word",
    "WordTime",
    "as_srt",
    "as_transcript",
    "as_webvtt",
    "cue_path",
    "narrate",
    "open_voice",
    "read_prose",
    "read_track",
    "segment_captions",
    "speak_passages",
]

_MODULES = ("captions", "engine", "errors", "narrator", "prose", "track", "voice", "word")


def __getattr__(name: str) -> object:
    if name in __all__:
        for module in _MODULES:
            found = import_module(f"narration.{module}")
            if name in found.__all__:
                return getattr(found, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

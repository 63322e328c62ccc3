"""Speaks a take: script, voices, track, captions."""

from narration.captions import (
    Caption,
    TimedCue,
    as_srt,
    as_transcript,
    as_webvtt,
    segment_captions,
)
from narration.errors import NarrationError, UnknownVoiceError, VoiceFailedError
from narration.narrate import narrate, speak_passages
from narration.prose import Sentence, Word, read_prose
from narration.track import Cue, Hint, Name, Passage, SpokenWord, Track, cue_path, read_track
from narration.voice import Speech, Voice, open_voice
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

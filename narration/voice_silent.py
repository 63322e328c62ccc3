"""The silent voice: as long as speech, without a sound; for drafts, and films that only show."""

from __future__ import annotations

import numpy as np

from narration.voice import Speech
from narration.word import split_words, time_words

__all__ = ["SilentVoice"]

# English how-to prose has about five letters a word.
_LETTERS_A_WORD = 5
_SHORTEST_MS = 300


class SilentVoice:
    """A `narration.voice.Voice` that gives times and no sound."""

    sample_rate = 22050
    workers = 1

    def __init__(
        self, variant: str = "", *, language: str, rate_wpm: int, pitch: int = 100
    ) -> None:
        del variant, language, pitch  # silence is the same in all of them
        self.name = "none"
        self.identity = f"none 1 rate={rate_wpm}"
        self._rate_wpm = rate_wpm

    def speak(self, text: str) -> Speech:
        """Return the times at which ``text`` would be heard: by letters, and a beat a word."""
        letters = sum(map(str.isalnum, text))
        beats = (letters / _LETTERS_A_WORD + len(split_words(text))) / 2
        duration_ms = max(_SHORTEST_MS, round(beats * 60_000 / self._rate_wpm))
        return Speech(np.empty(0, np.int16), time_words(text, (), duration_ms), duration_ms)

    def close(self) -> None:
        """Do nothing: there is no engine."""

"""Voices: what speaks a text, behind one small interface."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeAlias

from narration.word import WordTime

if TYPE_CHECKING:  # who finds everything spoken already needs no numpy
    import numpy as np
    import numpy.typing as npt

__all__ = ["Samples", "Speech", "Voice"]

Samples: TypeAlias = "npt.NDArray[np.int16]"


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

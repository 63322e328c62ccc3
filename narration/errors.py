"""What can go wrong while a text is narrated.

NarrationError
├── UnknownVoiceError   no engine, voice or language of that name
└── VoiceFailedError    an engine that is missing, crashed, hung or gave no sound

Only the leaves are raised; catch the root.
"""

from __future__ import annotations

__all__ = ["NarrationError", "UnknownVoiceError", "VoiceFailedError"]


class NarrationError(Exception):
    """The root of all errors of this package.

    ``message`` says in one sentence what failed and where, ``hint`` what to do about it.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class UnknownVoiceError(NarrationError):
    """There is no engine, voice or language of that name; the hint names the near ones."""


class VoiceFailedError(NarrationError):
    """An engine is missing, crashed, hung, or gave no sound for a sentence."""

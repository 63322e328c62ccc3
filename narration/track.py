"""The track: every cue of a take in one language and voice, as it stands on disk."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

__all__ = [
    "MANIFEST",
    "Cue",
    "Hint",
    "Name",
    "Passage",
    "SpokenWord",
    "Track",
    "cue_path",
    "read_track",
]

MANIFEST = "track.json"


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Passage(_Model):
    """A piece of Markdown to be spoken together; ``key`` is the caller's name for it."""

    key: str
    markdown: str


class Name(_Model):
    """A bold word or phrase: something that the prose names on the page.

    ``start`` and ``end`` are character positions in the cue's written text.
    """

    text: str
    start: int
    end: int


class Hint(_Model):
    """A comment in the prose: neither written nor spoken, but told to who lays out the film.

    ``start`` is the position in the cue's written text of what follows it.
    """

    text: str
    start: int


class SpokenWord(_Model):
    """A written word and when it is heard.

    ``start`` and ``end`` are character positions in the cue's written text (end exclusive);
    times are milliseconds from the cue's first sample.
    """

    start: int
    end: int
    start_ms: int
    end_ms: int


class Cue(_Model):
    """One sentence to be spoken.

    ``written`` is what captions show, ``spoken`` what the voice was given. ``audio`` is a name in
    the track's folder (see `cue_path`), or "" for a silent voice. ``pause_ms`` is the silence that
    belongs after the sentence (longer at the end of a paragraph).
    """

    passage: str
    written: str
    spoken: str
    audio: str
    duration_ms: int
    pause_ms: int
    words: tuple[SpokenWord, ...]
    names: tuple[Name, ...] = ()
    hints: tuple[Hint, ...] = ()


class Track(_Model):
    """Every cue of one take, in order, in one language and voice.

    ``sample_rate`` is in hertz and the same for every cue: 16-bit mono.
    """

    version: Literal[1] = 1
    language: str
    voice: str
    sample_rate: int
    cues: tuple[Cue, ...]


def read_track(folder: Path) -> Track:
    """Read the finished track in ``folder``.

    Raises ``FileNotFoundError`` where there is none, ``pydantic.ValidationError`` where it is of
    another version or damaged.
    """
    return Track.model_validate_json((folder / MANIFEST).read_bytes())


def cue_path(folder: Path, cue: Cue) -> Path:
    """Where the track in ``folder`` keeps the sound of ``cue``: a WAV file."""
    return folder / "cues" / f"{cue.audio}.wav"

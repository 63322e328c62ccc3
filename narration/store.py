"""The store: speech that was made once, in files named by all that made it."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from narration.voice import Speech
from narration.word import WordTime

__all__ = ["SpeechStore", "StoredSpeech", "link_file", "name_speech", "replace_file"]


class StoredSpeech(BaseModel):
    """What a store keeps of a `Speech` beside its sound."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    duration_ms: int
    is_silent: bool
    words: tuple[WordTime, ...]


class SpeechStore:
    """Speech in a folder, which any number of processes may share.

    A file appears whole or not at all, and the sound before the times, so that what can be read is
    complete. Whoever comes second writes the same bytes once more.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def find(self, name: str) -> StoredSpeech | None:
        """Return what is stored under ``name``, or None where nothing is, or nothing readable."""
        try:
            stored = StoredSpeech.model_validate_json(self._times(name).read_bytes())
        except (FileNotFoundError, ValidationError):
            return None
        return stored if stored.is_silent or self.sound(name).exists() else None

    def add(self, name: str, speech: Speech, sample_rate: int) -> StoredSpeech:
        """Store ``speech`` under ``name`` and return what `find` will."""
        from narration.sound import write_wav  # noqa: PLC0415 - only what is new needs numpy

        self._times(name).parent.mkdir(parents=True, exist_ok=True)
        if speech.samples.size:
            samples = speech.samples
            replace_file(self.sound(name), lambda path: write_wav(path, samples, sample_rate))
        stored = StoredSpeech(
            duration_ms=speech.duration_ms, is_silent=not speech.samples.size, words=speech.words
        )
        text = stored.model_dump_json()
        replace_file(self._times(name), lambda path: path.write_text(text, encoding="utf-8"))
        return stored

    def sound(self, name: str) -> Path:
        """Where the sound of ``name`` is: a WAV file, unless it is silent."""
        return self._folder / name[:2] / f"{name}.wav"

    def _times(self, name: str) -> Path:
        return self._folder / name[:2] / f"{name}.json"


def name_speech(identity: str, spoken: str) -> str:
    """Return the name of what the voice of ``identity`` makes of ``spoken``: 32 hex digits."""
    content = json.dumps([identity, spoken]).encode()
    return hashlib.sha256(content).hexdigest()[:32]


def replace_file(path: Path, write: Callable[[Path], object]) -> None:
    """Let ``write`` make a file beside ``path``, then move it there in one step."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    os.close(handle)
    part = Path(name)
    try:
        write(part)
        # mkstemp's own rights would keep the file from others who share the folder.
        part.chmod(0o644)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def link_file(source: Path, goal: Path) -> None:
    """Have ``source`` at ``goal`` too: linked where the file system can, or else copied."""
    try:
        # Another process may have put it there since the caller looked: the same bytes.
        with suppress(FileExistsError):
            os.link(source, goal)
    except OSError:
        replace_file(goal, lambda path: shutil.copyfile(source, path))

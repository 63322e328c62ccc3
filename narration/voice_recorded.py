"""The voice of a person: a file for each sentence, and another voice for what is not read yet."""

from __future__ import annotations

import hashlib
import re
import subprocess
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from narration.errors import VoiceFailedError
from narration.sound import convert_sound, measure_ms, trim_end, trim_start, write_wav
from narration.voice import Samples, Speech, Voice
from narration.word import time_words

__all__ = ["Reading", "RecordedVoice", "as_script", "compare_readings", "reading_name"]

_NAME = re.compile(r"(?:.*[-_ ])?([0-9a-f]{8})\.(?:wav|flac|mp3|m4a|ogg|opus|aiff?)", re.IGNORECASE)


class RecordedVoice:
    """A `narration.voice.Voice` of sound files in ``folder``.

    Their names end with what `reading_name` gives for the sentence. What has no file is spoken by
    ``otherwise``.
    """

    sample_rate = 48000
    workers = 2

    def __init__(self, folder: Path, otherwise: Voice) -> None:
        """Take a folder; raises `VoiceFailedError` where there is none, or two files for one."""
        self._files = _find_files(folder)
        self._otherwise = otherwise
        self.name = f"recorded:{folder.name}"

    @cached_property
    def identity(self) -> str:
        """The other voice, and all that the files hold."""
        digest = hashlib.sha256()
        for name, path in sorted(self._files.items()):
            digest.update(name.encode() + hashlib.sha256(path.read_bytes()).digest())
        return f"recorded 1 {digest.hexdigest()[:32]} or {self._otherwise.identity}"

    def speak(self, text: str) -> Speech:
        """Return what was read of ``text``, or else what the other voice makes of it."""
        path = self._files.get(reading_name(text))
        if path is None:
            return self._speak_otherwise(text)
        samples = self._read(path, text)
        samples = trim_start(trim_end(samples, self.sample_rate), self.sample_rate)[0]
        if not samples.size:
            raise VoiceFailedError(f"{path} is silent; it should have the sentence {text!r}.")
        duration_ms = measure_ms(samples, self.sample_rate)
        return Speech(samples, time_words(text, (), duration_ms), duration_ms)

    def close(self) -> None:
        """Stop the other voice."""
        self._otherwise.close()

    def _speak_otherwise(self, text: str) -> Speech:
        speech, rate = self._otherwise.speak(text), self._otherwise.sample_rate
        if rate == self.sample_rate or not speech.samples.size:
            return speech
        with tempfile.TemporaryDirectory(prefix="storycast-voice-") as folder:
            path = Path(folder) / "speech.wav"
            write_wav(path, speech.samples, rate)
            return Speech(self._read(path, text), speech.words, speech.duration_ms)

    def _read(self, path: Path, text: str) -> Samples:
        try:
            return convert_sound(path, self.sample_rate)
        except OSError as error:
            raise VoiceFailedError("ffmpeg is not installed.", "apt-get install ffmpeg") from error
        except subprocess.CalledProcessError as error:
            said = error.stderr.decode(errors="replace").strip().splitlines()
            raise VoiceFailedError(
                f"{path} cannot be read as sound; it should have the sentence {text!r}.",
                f"It said: {said[-1]}" if said else "",
            ) from error


@dataclass(frozen=True)
class Reading:
    """A sentence to be read aloud: what its file is called, and whether it is there."""

    name: str
    text: str
    is_there: bool


def reading_name(spoken: str) -> str:
    """Return what the name of a sentence's file ends with: eight hexadecimal digits."""
    return hashlib.sha256(spoken.encode()).hexdigest()[:8]


def compare_readings(
    folder: Path, sentences: Iterable[tuple[str, str]]
) -> tuple[tuple[Reading, ...], tuple[Path, ...]]:
    """Compare the files in ``folder`` with sentences, each as it is written and as it is spoken.

    Returns all sentences in order, each once, and the files that are of none of them any more.
    Raises `VoiceFailedError` where two files are of one sentence.
    """
    files: Mapping[str, Path] = _find_files(folder) if folder.is_dir() else {}
    written: dict[str, str] = {}
    for text, spoken in sentences:
        written.setdefault(reading_name(spoken), text)
    readings = tuple(Reading(name, text, name in files) for name, text in written.items())
    return readings, tuple(path for name, path in files.items() if name not in written)


def _find_files(folder: Path) -> dict[str, Path]:
    if not folder.is_dir():
        raise VoiceFailedError(
            f"There is no folder {folder} with what was read aloud.",
            "Write the script with 'storycast narrate --script', and read it.",
        )
    found: dict[str, Path] = {}
    for path in sorted(folder.iterdir()):
        match = _NAME.fullmatch(path.name)
        if match and match[1].lower() in found:
            raise VoiceFailedError(
                f"{found[match[1].lower()]} and {path} are of the same sentence.",
                "Keep the better one.",
            )
        if match:
            found[match[1].lower()] = path
    return found


def as_script(title: str, readings: Sequence[Reading]) -> str:
    """Return what a person reads from: each sentence, and what its file is to be called."""
    lines = [f"# {title}", ""]
    for number, reading in enumerate(readings, start=1):
        mark = " (is there)" if reading.is_there else ""
        lines += [f"{number:03}-{reading.name}.wav{mark}", "", f"> {reading.text}", ""]
    return "\n".join(lines)

"""The voice of any program that writes a WAV file."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import wave
from collections.abc import Sequence
from pathlib import Path

from narration.errors import VoiceFailedError
from narration.sound import convert_sound, measure_ms, trim_end, trim_start
from narration.voice import Samples, Speech
from narration.word import time_words

__all__ = ["CommandVoice"]

# What an utterance may take before it counts as hung: a model that is loaded, and slow speech.
PATIENCE_S = 60.0
PATIENCE_A_LETTER_S = 0.5
_SPACE = re.compile(r"\s+")


class CommandVoice:
    """A `narration.voice.Voice` by a command, which is run for every sentence and never by a shell.

    In ``command``, ``{text}``, ``{path}`` (where the WAV file goes), ``{language}``, ``{rate}``
    (words a minute) and ``{pitch}`` (percent) are filled in. Without ``{text}`` the text is on its
    standard input.
    """

    sample_rate = 48000
    workers = 1
    name = "command"

    def __init__(
        self, command: Sequence[str], *, language: str, rate_wpm: int, pitch: int = 100
    ) -> None:
        """Take a command; raises `VoiceFailedError` where it says nowhere what file to write."""
        self._command = tuple(command)
        if not any("{path}" in word for word in self._command):
            raise VoiceFailedError(
                "The voice's command does not say where its WAV file goes.",
                "Put {path} where it takes the file's name.",
            )
        self._facts = {"language": language, "rate": str(rate_wpm), "pitch": str(pitch)}
        self.identity = f"command 1 {json.dumps([self._command, self._facts])}"

    def speak(self, text: str) -> Speech:
        """Speak ``text``; raises `VoiceFailedError`, which names the sentence."""
        with tempfile.TemporaryDirectory(prefix="storycast-voice-") as folder:
            path = Path(folder) / "speech.wav"
            self._run(text, path)
            samples = self._read(path, text)
        samples = trim_start(trim_end(samples, self.sample_rate), self.sample_rate)[0]
        if not samples.size:
            raise self._failure("wrote only silence", text)
        duration_ms = measure_ms(samples, self.sample_rate)
        return Speech(samples, time_words(text, (), duration_ms), duration_ms)

    def close(self) -> None:
        """Do nothing: no program runs between two sentences."""

    def _run(self, text: str, path: Path) -> None:
        facts = {**self._facts, "text": text, "path": str(path)}
        command = [_filled(word, facts) for word in self._command]
        asks = any("{text}" in word for word in self._command)
        limit_s = PATIENCE_S + PATIENCE_A_LETTER_S * len(text)
        try:
            process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL if asks else subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                text=True,
                start_new_session=True,
            )
        except OSError as error:
            raise VoiceFailedError(
                f"The voice's command {command[0]!r} cannot be run: {error.strerror}.",
                "Install it, or name another voice.",
            ) from error
        with process:
            try:
                said = process.communicate(None if asks else text, timeout=limit_s)[1]
            except subprocess.TimeoutExpired:
                _kill(process)
                raise self._failure(f"took longer than {limit_s:g} s over", text) from None
            except BaseException:
                _kill(process)
                raise
        if process.returncode:
            lines = _SPACE.sub(" ", said).strip()[-200:]
            hint = f"It said: {lines}" if lines else ""
            raise self._failure(f"failed with status {process.returncode} at", text, hint)

    def _read(self, path: Path, text: str) -> Samples:
        """Read what was written, whatever its rate and channels."""
        if not path.exists() or not path.stat().st_size:
            raise self._failure("wrote no file for", text)
        try:
            with wave.open(str(path), "rb") as sound:
                size = sound.getnframes() * sound.getnchannels() * sound.getsampwidth()
                if len(sound.readframes(sound.getnframes())) < size:
                    raise self._failure("wrote half a file for", text)
        except (EOFError, wave.Error) as error:
            raise self._failure(f"wrote no WAV file ({error}) for", text) from error
        try:
            return convert_sound(path, self.sample_rate)
        except (OSError, subprocess.CalledProcessError) as error:
            raise self._failure(f"wrote a file that cannot be read ({error}) for", text) from error

    def _failure(self, what: str, text: str, hint: str = "") -> VoiceFailedError:
        return VoiceFailedError(
            f"The voice's command {self._command[0]!r} {what} the sentence {text!r}.", hint
        )


def _filled(word: str, facts: dict[str, str]) -> str:
    """Fill in at once, so that a text that looks like a placeholder is none."""
    return re.sub(r"\{(text|path|language|rate|pitch)\}", lambda match: facts[match[1]], word)


def _kill(process: subprocess.Popen[str]) -> None:
    if sys.platform == "win32":
        process.kill()
    else:  # and whatever it has started
        os.killpg(process.pid, signal.SIGKILL)

"""The voice of pyttsx3: espeak-ng with the time of every word, or else the system's own."""

from __future__ import annotations

import contextlib
import json
import os
import platform
import queue
import signal
import subprocess
import sys
import tempfile
import threading
import time
import wave
import weakref
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import IO, Any, cast

from narration import errors, pyttsx3_driver
from narration.errors import NarrationError, VoiceFailedError
from narration.pyttsx3_worker import Settings
from narration.voice import Samples, Speech
from narration.word import time_words

__all__ = ["Pyttsx3Voice"]

# What an utterance may take before it counts as hung: a start, and far more than any letter needs.
PATIENCE_S = 20.0
PATIENCE_A_LETTER_S = 0.05
# Measured over 20 how-to sentences, pauses included: told 150, espeak-ng gives 166 words a minute.
_ESPEAK_RATE = 0.91
_OWN_PITCH = 100
_INSTALL = (
    "Install it: `apt-get install libespeak-ng1` (Debian, Ubuntu), `brew install espeak-ng` "
    "(macOS), or `pip install espeakng-loader`."
)


class Pyttsx3Voice:
    """A `narration.voice.Voice` by pyttsx3, in worker processes that start when first needed."""

    sample_rate = 22050
    workers = min(2, os.cpu_count() or 1)

    def __init__(
        self, variant: str = "", *, language: str, rate_wpm: int, pitch: int = 100
    ) -> None:
        """Find the engine; raises `VoiceFailedError` where the system has none."""
        self.name = f"pyttsx3:{variant}" if variant else "pyttsx3"
        driver, self._engine = _find_engine()
        rate = round(rate_wpm * _ESPEAK_RATE) if driver else rate_wpm
        if pitch != _OWN_PITCH and not driver:
            raise VoiceFailedError(
                "The system's own voices have no other pitch.",
                f"Leave out the pitch, or install espeak-ng. {_INSTALL}",
            )
        self._settings = Settings(driver, variant, language, rate, _espeak_pitch(pitch))
        self._idle: queue.LifoQueue[_Worker] = queue.LifoQueue()

    @cached_property
    def identity(self) -> str:
        """pyttsx3, its engine and their versions, our reading of them, and the settings."""
        return f"pyttsx3 {version('pyttsx3')} {self._engine} 2 {self._settings.to_json()}"

    def speak(self, text: str) -> Speech:
        """Speak ``text``; raises `UnknownVoiceError` and `VoiceFailedError`."""
        worker = self._take_worker()
        from narration.sound import measure_ms, trim_end  # noqa: PLC0415 - see _Worker

        try:
            samples, onsets = worker.speak(text, self.sample_rate)
        except BaseException:
            worker.close()
            raise
        self._idle.put(worker)
        samples = trim_end(samples, self.sample_rate)
        if not samples.size:
            raise VoiceFailedError(
                f"The voice {self.name} gave no sound for the sentence {text!r}.",
                "Is it written in the language of the voice?",
            )
        duration_ms = measure_ms(samples, self.sample_rate)
        return Speech(samples, time_words(text, onsets, duration_ms), duration_ms)

    def close(self) -> None:
        """Stop the workers."""
        with contextlib.suppress(queue.Empty):
            while True:
                self._idle.get_nowait().close()

    def _take_worker(self) -> _Worker:
        try:
            return self._idle.get_nowait()
        except queue.Empty:
            return _Worker(self._settings)


def _espeak_pitch(pitch: int) -> int:
    """espeak-ng counts from 0 to 99, and speaks as it does by itself at 50."""
    return min(max(round(pitch - _OWN_PITCH / 2), 0), 99)


def _find_engine() -> tuple[str, str]:
    """Return pyttsx3's driver ("" is the system's own) and what to call the engine behind it."""
    try:
        return pyttsx3_driver.NAME, f"espeak-ng {pyttsx3_driver.espeak_version()}"
    except RuntimeError:
        if sys.platform in ("darwin", "win32"):
            return "", platform.platform()
        raise VoiceFailedError("The library espeak-ng is not installed.", _INSTALL) from None


class _Worker:
    """A process of `narration.pyttsx3_worker`, one request at a time."""

    def __init__(self, settings: Settings) -> None:
        self._driver = settings.driver
        folder = tempfile.TemporaryDirectory(prefix="storycast-voice-")
        self._sound = Path(folder.name) / "speech.wav"
        self._log = Path(folder.name) / "log.txt"
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                [
                    sys.executable,
                    "-P",
                    "-m",
                    "narration.pyttsx3_worker",
                    settings.to_json(),
                    folder.name,
                ],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                # numpy must not start threads in a process that forks.
                env=os.environ | {"OPENBLAS_NUM_THREADS": "1"},
                start_new_session=True,
            )
        self._stop = weakref.finalize(self, _stop, self._process, folder)
        import narration.sound  # noqa: F401, PLC0415 - it needs numpy, which the engine starts beside

        self._ask("", "its start", PATIENCE_S)

    def speak(self, text: str, sample_rate: int) -> tuple[Samples, list[tuple[int, int]]]:
        """Return the sound of ``text``, and the onsets of its words where the driver tells them."""
        from narration.sound import convert_sound, read_wav  # noqa: PLC0415 - see above

        self._sound.unlink(missing_ok=True)
        request = json.dumps({"text": text, "path": str(self._sound)}) + "\n"
        limit_s = PATIENCE_S + PATIENCE_A_LETTER_S * len(text)
        reply = self._ask(request, f"the sentence {text!r}", limit_s)
        try:
            if self._driver:
                samples = read_wav(self._sound)
            else:  # each system's engine writes a format of its own
                samples = convert_sound(self._sound, sample_rate)
        except (OSError, EOFError, wave.Error, subprocess.CalledProcessError) as error:
            raise VoiceFailedError(
                f"pyttsx3 left no sound that can be read for the sentence {text!r} ({error})."
            ) from error
        return samples, reply["onsets"]

    def close(self) -> None:
        """End the process, whatever it does."""
        self._stop()

    def _ask(self, request: str, what: str, limit_s: float) -> dict[str, Any]:
        """Send ``request`` and return the reply; a worker that takes longer is killed."""
        requests = cast("IO[str]", self._process.stdin)
        replies = cast("IO[str]", self._process.stdout)
        watch = threading.Timer(limit_s, _kill, [self._process])
        start_s = time.monotonic()
        watch.start()
        try:
            with contextlib.suppress(BrokenPipeError):  # what it died of shows below
                requests.write(request)
                requests.flush()
            line = replies.readline()
        finally:
            watch.cancel()
            watch.join()
        is_late = time.monotonic() - start_s >= limit_s
        if is_late or not line:
            outcome = f"took longer than {limit_s:g} s over" if is_late else "broke off at"
            raise VoiceFailedError(f"pyttsx3 {outcome} {what}.", self._last_words())
        reply: dict[str, Any] = json.loads(line)
        if "error" in reply:
            kind: type[NarrationError] = getattr(errors, reply["error"])
            raise kind(reply["message"], reply["hint"] or self._last_words())
        return reply

    def _last_words(self) -> str:
        lines = self._log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
        return f"It said: {lines[-1]}" if lines else ""


def _kill(process: subprocess.Popen[str]) -> None:
    with contextlib.suppress(ProcessLookupError):
        if sys.platform == "win32":
            process.kill()
        else:  # its fork as well
            os.killpg(process.pid, signal.SIGKILL)


def _stop(process: subprocess.Popen[str], folder: tempfile.TemporaryDirectory[str]) -> None:
    _kill(process)
    # What was not yet sent is flushed on closing, and nobody is there to take it.
    with contextlib.suppress(BrokenPipeError), process:
        pass
    folder.cleanup()

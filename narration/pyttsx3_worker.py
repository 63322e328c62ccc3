"""A process that speaks: pyttsx3 behind its standard input and output, a line of JSON each.

espeak-ng is not thread-safe, and only the first utterance of a process is the same to the byte
every time. So the engine starts once, in a process of its own with a single thread, and each
utterance is spoken by a fork of it.

The first line out says {"ready": the voice's id}. A line in asks {"text", "path"}; the line out
says {"onsets": [[character, ms], …]} when the sound is at ``path``. In place of either stands
{"error", "message", "hint"}.

Who asks may be killed: when its standard input ends, the process removes the folder it was given.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Sequence
from typing import Any, NamedTuple, TextIO

import pyttsx3

from narration import pyttsx3_driver
from narration.errors import NarrationError, UnknownVoiceError, VoiceFailedError
from narration.near import name_near

__all__ = ["Settings", "choose_voice", "main"]

# By scripts/speech, a recogniser mistakes 11% of its words, 14% of espeak-ng's general voice, and
# 19% of the British one.
_CLEAREST = {"en": "en-us"}


class Settings(NamedTuple):  # the process starts without what dataclasses import
    """How an engine is to speak; ``driver`` is pyttsx3's name for it, or "" for the system's own.

    ``rate`` is in the engine's own words a minute; ``pitch`` is espeak-ng's, 0 to 99.
    """

    driver: str
    variant: str
    language: str
    rate: int
    pitch: int = 50

    def to_json(self) -> str:
        """Return what `main` takes."""
        return json.dumps(self._asdict())


class _Engine:
    """pyttsx3's engine, with its errors raised instead of swallowed."""

    def __init__(self, settings: Settings) -> None:
        pyttsx3_driver.register()
        self._engine = pyttsx3.init(settings.driver or None)
        self._onsets: list[tuple[int, int]] = []
        self._errors: list[Exception] = []
        self._engine.connect("started-word", self._note_word)
        self._engine.connect("error", self._note_error)
        voices = self._engine.getProperty("voices")
        self.voice = choose_voice(voices, settings.variant, settings.language)
        self._engine.setProperty("voice", self.voice)
        self._engine.setProperty("rate", settings.rate)
        if settings.driver:
            self._engine.setProperty("pitch", settings.pitch)
        self._run()

    def speak(self, text: str, path: str) -> list[tuple[int, int]]:
        """Write ``text`` to ``path``; return the onsets that the driver tells (ours does)."""
        self._onsets.clear()
        self._engine.save_to_file(text, path)
        self._run()
        return self._onsets

    def _run(self) -> None:
        self._engine.runAndWait()
        if self._errors:
            raise VoiceFailedError(f"pyttsx3 failed: {self._errors[0]}.")

    def _note_word(self, location: int, start_ms: int | None = None, **_rest: object) -> None:
        if start_ms is not None:
            self._onsets.append((location, start_ms))

    def _note_error(self, exception: Exception, **_rest: object) -> None:
        self._errors.append(exception)


def choose_voice(voices: Sequence[Any], variant: str, language: str) -> str:
    """Return the id of the voice (pyttsx3's, with ``id``, ``name``, ``languages``) that is meant.

    ``variant`` may be an id or its last part, a name, or a language; without one the voice is
    chosen by ``language``, from the particular ("de-AT") to the general ("de"); for English that
    says no more, the one that is understood best. Raises `UnknownVoiceError`.
    """
    if variant:
        for voice in voices:
            names = (voice.id, voice.id.rpartition("/")[2], voice.name)
            if variant.casefold() in map(str.casefold, names):
                return str(voice.id)
    tag = _normal(variant or language)
    clearest = "" if variant else _CLEAREST.get(tag, "")
    chosen = _speaker(voices, clearest) or _speaker(voices, tag)
    while chosen is None and not variant and "-" in tag:
        tag = tag.rpartition("-")[0]
        chosen = _speaker(voices, tag)
    if chosen is None:
        raise _unknown(voices, variant, language)
    return chosen


def _speaker(voices: Sequence[Any], tag: str) -> str | None:
    """Return the voice that has ``tag`` foremost among its languages, or a region of it."""
    ranked: list[tuple[int, int, str]] = []
    for order, voice in enumerate(voices):
        languages = [_normal(language) for language in voice.languages]
        if tag in languages:
            ranked.append((languages.index(tag), order, voice.id))
        elif any(language.startswith(f"{tag}-") for language in languages):
            ranked.append((len(voices), order, voice.id))
    return min(ranked)[2] if ranked else None


def _normal(language: str) -> str:
    return str(language).replace("_", "-").lower()


def _unknown(voices: Sequence[Any], variant: str, language: str) -> UnknownVoiceError:
    languages = sorted({_normal(language) for voice in voices for language in voice.languages})
    if not variant:
        message = f"pyttsx3 has no voice for the language {language!r}."
        return UnknownVoiceError(message, name_near(_normal(language), languages))
    names = sorted({*languages, *(voice.name for voice in voices)})
    return UnknownVoiceError(f"pyttsx3 has no voice {variant!r}.", name_near(variant, names))


def main() -> None:
    """Serve until standard input ends; arguments are the settings, as JSON, and the folder."""
    # Whatever prints must not get between the replies.
    replies = os.fdopen(os.dup(sys.stdout.fileno()), "w")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    given, folder = sys.argv[1:]
    try:
        _serve_all(Settings(**json.loads(given)), replies)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _serve_all(settings: Settings, replies: TextIO) -> None:
    try:
        engine = _Engine(settings)
    except NarrationError as error:
        _reply(replies, _describe(error))
        return
    _reply(replies, {"ready": engine.voice})
    # A system's own engine talks to services that a fork would lose.
    can_fork = settings.driver == pyttsx3_driver.NAME and hasattr(os, "fork")
    for line in sys.stdin:
        (_serve_apart if can_fork else _serve)(engine, json.loads(line), replies)


def _serve(engine: _Engine, request: dict[str, str], replies: TextIO) -> None:
    try:
        _reply(replies, {"onsets": engine.speak(request["text"], request["path"])})
    except NarrationError as error:
        _reply(replies, _describe(error))


def _serve_apart(engine: _Engine, request: dict[str, str], replies: TextIO) -> None:
    child = os.fork()
    if child == 0:
        try:
            _serve(engine, request, replies)
        except BaseException:
            sys.excepthook(*sys.exc_info())
            os._exit(1)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if status:
        _reply(replies, _describe(VoiceFailedError("pyttsx3's process broke off.")))


def _describe(error: NarrationError) -> dict[str, str]:
    return {"error": type(error).__name__, "message": error.message, "hint": error.hint}


def _reply(replies: TextIO, reply: dict[str, Any]) -> None:
    replies.write(json.dumps(reply) + "\n")
    replies.flush()


if __name__ == "__main__":
    main()

"""The voice of hibari: natural English, its model inside its wheel, with the time of every word."""

from __future__ import annotations

import os
import threading
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import numpy as np

from narration.errors import UnknownVoiceError, VoiceFailedError
from narration.near import name_near
from narration.sound import measure_ms, trim_end, trim_start
from narration.voice import Samples, Speech
from narration.word import time_words

__all__ = ["HibariVoice"]

_USUAL = "heart"
_LANGUAGE = "en"
# Measured over tests/speech, pauses of 250 ms included: told 165, it says 180 words a minute. Its
# sounds last whole frames of 25 ms, so that from 160 on it would fall to 153 at once.
_OWN_WPM = 205.0
# What the model counts to a sound begins before it is heard: measured at the onsets after silences.
_EARLY_MS = -45.0
_MOST_PHONEMES = 400  # the model hears no more at once
_SEED = 0
_INSTALL = "Install it: `pip install 'storycast[hibari]'`."


@dataclass(frozen=True)
class _Sound:
    """What one word sounds like: ``phonemes``, and the character of the text where it stands."""

    start: int
    phonemes: str


class HibariVoice:
    """A `narration.voice.Voice` by hibari, whose model is loaded once and in this process."""

    sample_rate = 24000
    workers = min(2, os.cpu_count() or 1)

    def __init__(
        self, variant: str = "", *, language: str, rate_wpm: int, pitch: int = 100
    ) -> None:
        """Find the engine; raises `VoiceFailedError` or `UnknownVoiceError` where it is not there.

        ``variant`` is one of its voices. Those that are not in its wheel are never downloaded here.
        """
        self.name = f"hibari:{variant}" if variant else "hibari"
        try:
            self._version = f"{version('hibari-tts')} {version('onnxruntime')}"
            version("onnx")
        except PackageNotFoundError:
            raise VoiceFailedError("The voice hibari is not installed.", _INSTALL) from None
        if language.lower().replace("_", "-").partition("-")[0] != _LANGUAGE:
            raise UnknownVoiceError(
                f"The voice hibari speaks English only, not {language!r}.",
                'Use the voice "pyttsx3" for other languages.',
            )
        self._variant = variant or _USUAL
        self._path = _find_model(self._variant)
        self._pitch = pitch / 100
        self._speed = rate_wpm / _OWN_WPM / self._pitch
        manner = f"rate={rate_wpm}" + (f" pitch={pitch}" if pitch != 100 else "")
        self.identity = f"hibari {self._version} 1 {self._variant} {manner}"
        self._loading = threading.Lock()

    def speak(self, text: str) -> Speech:
        """Speak ``text``; raises `VoiceFailedError` where it gives no sound."""
        pieces: list[Samples] = []
        onsets: list[tuple[int, int]] = []
        begin_ms = 0.0
        for sounds in self._read(text):
            samples, starts_ms = self._synthesize(sounds)
            onsets += (
                (sound.start, round(begin_ms + start_ms))
                for sound, start_ms in zip(sounds, starts_ms, strict=True)
            )
            pieces.append(samples)
            begin_ms += len(samples) * 1000 / self.sample_rate
        whole = np.concatenate(pieces) if pieces else np.empty(0, np.int16)
        samples, silence_ms = trim_start(trim_end(whole, self.sample_rate), self.sample_rate)
        if not samples.size:
            raise VoiceFailedError(
                f"The voice {self.name} gave no sound for the sentence {text!r}.",
                "Is it written in English?",
            )
        duration_ms = measure_ms(samples, self.sample_rate)
        heard = [(start, max(0, at_ms - silence_ms)) for start, at_ms in onsets]
        return Speech(samples, time_words(text, heard, duration_ms), duration_ms)

    def close(self) -> None:
        """Forget the model; the next `speak` loads it again."""
        self.__dict__.pop("_engine", None)

    @cached_property
    def _engine(self) -> Any:  # noqa: ANN401 - hibari has no types
        from hibari import Hibari  # noqa: PLC0415 - it loads onnxruntime, for who speaks only

        engine = Hibari(voice=self._variant, model=self._path)
        engine.sess = _session_with_durations(self._path)
        return engine

    def _read(self, text: str) -> Iterator[list[_Sound]]:
        """Yield what is to be said, in pieces that the model can take at once."""
        from hibari.g2p.normalize import normalize  # noqa: PLC0415 - see above

        with self._loading:
            g2p = self._engine.g2p
        normal = normalize(text)
        places = _places(text, normal)
        piece: list[_Sound] = []
        length, at = 0, 0
        for token in g2p.phonemize_tokens(g2p.tokenize(normal)):
            at = max(at, normal.find(token.text, at))
            phonemes = (token.phonemes or "") + (" " if token.whitespace else "")
            if piece and length + len(phonemes) > _MOST_PHONEMES:
                yield piece
                piece, length = [], 0
            if phonemes:
                piece.append(_Sound(places[min(at, len(places) - 1)], phonemes))
                length += len(phonemes)
            at += len(token.text)
        if piece:
            yield piece

    def _synthesize(self, sounds: Sequence[_Sound]) -> tuple[Samples, list[float]]:
        """Return 16-bit samples, and when each of ``sounds`` begins, in milliseconds."""
        from hibari import dsp  # noqa: PLC0415 - see above

        engine, vocabulary = self._engine, self._engine.vocab
        ids, firsts = [0], []
        for sound in sounds:
            firsts.append(len(ids))
            ids += (vocabulary[letter] for letter in sound.phonemes if letter in vocabulary)
        ids.append(0)
        *parts, frames = engine.sess.run(
            None,
            {"ids": np.asarray([ids], np.int64), "speed": np.asarray([self._speed], np.float32)},
        )
        heard = dsp.synth(*(part[0] for part in parts), np.random.default_rng(_SEED))
        if self._pitch != 1:  # the model has one pitch: it speaks slower, and is played faster
            places = np.arange(0, len(heard) - 1, self._pitch)
            heard = np.interp(places, np.arange(len(heard)), heard)
        ends = np.cumsum(frames.reshape(-1))
        frame_ms = len(heard) * 1000 / self.sample_rate / max(int(ends[-1]), 1)
        begins = np.concatenate(([0], ends)) * frame_ms + _EARLY_MS
        samples = (np.clip(heard, -1.0, 1.0) * 32767).astype(np.int16)
        return samples, [float(begins[min(first, len(begins) - 1)]) for first in firsts]


def _find_model(variant: str) -> str:
    from hibari.voices import VOICES, voice_path  # noqa: PLC0415 - it may not be there

    if variant not in VOICES:
        raise UnknownVoiceError(
            f"hibari has no voice {variant!r}.", name_near(variant, sorted(VOICES))
        )
    try:
        return str(voice_path(variant, download_missing=False))
    except FileNotFoundError:
        raise UnknownVoiceError(
            f"The voice {variant!r} of hibari is not on this machine.",
            f"Download it once: `hibari Hello --voice {variant} -o hello.wav`.",
        ) from None


def _session_with_durations(path: str) -> Any:  # noqa: ANN401 - as above
    """Open the model with one more output: how many frames each of its phonemes lasts."""
    import onnx  # noqa: PLC0415 - for who speaks only
    import onnxruntime  # noqa: PLC0415

    model = onnx.load(path)
    sums = [node for node in model.graph.node if node.op_type == "CumSum"]
    if len(sums) != 1:
        raise VoiceFailedError(
            "This version of hibari does not tell how long its sounds last.", _INSTALL
        )
    model.graph.output.append(onnx.helper.make_empty_tensor_value_info(sums[0].input[0]))
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(
        model.SerializeToString(), options, providers=["CPUExecutionProvider"]
    )


def _places(text: str, normal: str) -> list[int]:
    """Where each character of the ``normal`` text comes from in ``text``."""
    blocks = SequenceMatcher(None, normal, text, autojunk=False).get_matching_blocks()
    starts = [block.a for block in blocks]
    places = []
    for at in range(len(normal) + 1):
        block = blocks[max(bisect_right(starts, at) - 1, 0)]
        inside = min(max(at - block.a, 0), max(block.size - 1, 0))
        places.append(min(block.b + inside, max(len(text) - 1, 0)))
    return places

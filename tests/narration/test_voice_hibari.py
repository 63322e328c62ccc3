from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import PackageNotFoundError

import numpy as np
import pytest

from narration import UnknownVoiceError, Voice, VoiceFailedError, open_voice
from tests.narration.pitch import measure_pitch

_TEXT = "Select New to open the menu, and wait until version 4.2 of the file has loaded."


@pytest.fixture(scope="module")
def voice() -> Iterator[Voice]:
    pytest.importorskip("hibari")
    opened = open_voice("hibari", language="en-GB")
    yield opened
    opened.close()


def _onsets(samples: np.ndarray, rate: int) -> list[int]:
    """When sound follows 80 ms of silence, in milliseconds."""
    step = rate // 100
    peaks = np.abs(samples[: len(samples) // step * step].astype(int)).reshape(-1, step).max(axis=1)
    loud = peaks > 300
    return [
        place * 10
        for place in range(8, len(loud))
        if loud[place] and not loud[place - 8 : place].any()
    ]


def test_every_word_has_a_time_within_the_sound(voice: Voice) -> None:
    speech = voice.speak(_TEXT)
    assert [_TEXT[word.start : word.end] for word in speech.words] == _TEXT.split()
    edges = [edge for word in speech.words for edge in (word.start_ms, word.end_ms)]
    assert edges == sorted(edges)
    assert edges[0] == 0
    assert edges[-1] == speech.duration_ms == len(speech.samples) * 1000 // voice.sample_rate
    assert all(word.end_ms > word.start_ms for word in speech.words)


def test_word_times_are_where_the_sound_begins(voice: Voice) -> None:
    text = "First, open the file; then, save it. After that, press OK: the list is sorted."
    speech = voice.speak(text)
    starts = np.array([word.start_ms for word in speech.words])
    onsets = _onsets(speech.samples, voice.sample_rate)
    assert len(onsets) >= 4
    assert max(np.abs(starts - onset).min() for onset in onsets) <= 60


def test_sound_begins_at_once_and_ends_soon(voice: Voice) -> None:
    heard = np.flatnonzero(np.abs(voice.speak(_TEXT).samples.astype(int)) > 32)
    rate = voice.sample_rate
    assert heard[0] <= rate * 32 // 1000
    assert len(voice.speak(_TEXT).samples) - heard[-1] <= rate * 32 // 1000


def test_same_text_gives_the_same_bytes(voice: Voice) -> None:
    other = open_voice("hibari", language="en")
    with ThreadPoolExecutor(2) as pool:
        sounds = list(pool.map(lambda _: voice.speak(_TEXT).samples.tobytes(), range(8)))
    assert {*sounds, other.speak(_TEXT).samples.tobytes()} == {sounds[0]}


def test_text_of_any_length_is_spoken(voice: Voice) -> None:
    text = "Here is a sentence that goes on and on, and which nobody would like to read. " * 12
    speech = voice.speak(text)
    assert len(speech.words) == len(text.split())
    starts = [word.start_ms for word in speech.words]
    assert starts == sorted(starts)
    assert 40_000 < speech.duration_ms < 90_000


def test_rate_changes_the_pace_and_the_name_of_the_sound() -> None:
    pytest.importorskip("hibari")
    slow, fast = (open_voice("hibari", language="en", rate_wpm=rate) for rate in (120, 220))
    assert slow.identity != fast.identity
    assert slow.speak(_TEXT).duration_ms > 1.4 * fast.speak(_TEXT).duration_ms


def test_pitch_is_kept_and_the_pace_with_it() -> None:
    pytest.importorskip("hibari")
    plain, high = (open_voice("hibari", language="en", pitch=pitch) for pitch in (100, 120))
    assert plain.identity != high.identity
    before, after = plain.speak(_TEXT), high.speak(_TEXT)
    ratio = measure_pitch(after.samples, 24000) / measure_pitch(before.samples, 24000)
    assert ratio == pytest.approx(1.2, abs=0.1)
    assert after.duration_ms == pytest.approx(before.duration_ms, rel=0.12)


@pytest.mark.parametrize("text", ["4.2", "2026-11-21", "e.g. this", "C++ & C#", "naïve “quotes”"])
def test_words_that_are_said_in_other_words_keep_their_places(voice: Voice, text: str) -> None:
    speech = voice.speak(text)
    assert [text[word.start : word.end] for word in speech.words] == text.split()
    assert speech.words[-1].end_ms == speech.duration_ms


def test_text_without_a_sound_is_an_error(voice: Voice) -> None:
    with pytest.raises(VoiceFailedError, match="gave no sound for the sentence ''"):
        voice.speak("")


def test_other_language_is_an_error() -> None:
    pytest.importorskip("hibari")
    with pytest.raises(UnknownVoiceError, match="English only, not 'de'"):
        open_voice("hibari", language="de")


@pytest.mark.parametrize(
    ("variant", "says"), [("hart", "Did you mean heart"), ("emma", "Download")]
)
def test_voice_that_is_not_there_is_an_error(variant: str, says: str) -> None:
    pytest.importorskip("hibari")
    with pytest.raises(UnknownVoiceError, match=says):
        open_voice(f"hibari:{variant}", language="en")


def test_missing_package_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> str:
        raise PackageNotFoundError(name)

    monkeypatch.setattr("narration.voice_hibari.version", missing)
    with pytest.raises(VoiceFailedError, match="not installed"):
        open_voice("hibari", language="en")

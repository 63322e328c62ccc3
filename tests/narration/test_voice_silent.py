from __future__ import annotations

from narration import open_voice


def test_silence_is_as_long_as_speech_would_be() -> None:
    words = 100
    speech = open_voice("none", language="en", rate_wpm=170).speak("words " * words)
    assert 150 < words * 60_000 / speech.duration_ms < 190


def test_silence_has_the_times_of_words_and_no_sound() -> None:
    speech = open_voice("none", language="en").speak("Save the file.")
    assert not speech.samples.size
    assert len(speech.words) == 3
    assert speech.words[-1].end_ms == speech.duration_ms


def test_shortest_sentence_still_takes_time() -> None:
    voice = open_voice("none", language="en")
    assert voice.speak("I.").duration_ms >= 300
    voice.close()

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import psutil
import pytest

from narration import (
    UnknownVoiceError,
    Voice,
    VoiceFailedError,
    open_voice,
    pyttsx3_driver,
    voice_pyttsx3,
)
from tests.narration.pitch import measure_pitch

_TEXT = "Select the name of the assignment, then choose Log in at the top right of the screen."
_SENTENCES = (
    "Open the course page in your browser.",
    "Select the person icon at the top right of the screen, then choose Log in.",
    "Type your user name and your password, and press Enter.",
    "The list of assignments appears on the left.",
    "Each assignment has a release date and a due date.",
    "Give it a short name without spaces, because the name becomes a folder.",
    "Mark every cell that students have to answer as an autograded answer.",
    "When you are ready, generate the student version.",
)


def _workers() -> list[psutil.Process]:
    children = psutil.Process().children()
    return [child for child in children if "narration.pyttsx3_worker" in child.cmdline()]


def test_speech_is_heard(voice: Voice) -> None:
    speech = voice.speak(_TEXT)
    loudness = np.sqrt(np.mean(np.square(speech.samples.astype(float))))
    assert loudness > 500
    assert speech.duration_ms == len(speech.samples) * 1000 // voice.sample_rate


def test_word_times_are_in_order_and_within_the_sound(voice: Voice) -> None:
    speech = voice.speak(_TEXT)
    assert [_TEXT[word.start : word.end] for word in speech.words] == _TEXT.split()
    edges = [edge for word in speech.words for edge in (word.start_ms, word.end_ms)]
    assert edges == sorted(edges)
    assert edges[0] == 0
    assert edges[-1] == speech.duration_ms
    assert all(word.end_ms > word.start_ms for word in speech.words)


def test_word_time_is_where_the_sound_begins(voice: Voice) -> None:
    speech = voice.speak("One. Two.")
    onset = speech.words[1].start_ms * voice.sample_rate // 1000
    pause = speech.samples[onset - 3000 : onset - 500].astype(float)
    sound = speech.samples[onset + 1000 : onset + 3500].astype(float)
    assert np.abs(sound).mean() > 20 * np.abs(pause).mean()


def test_same_text_gives_the_same_bytes(voice: Voice) -> None:
    with ThreadPoolExecutor(2) as pool:
        sounds = list(pool.map(lambda _: voice.speak(_TEXT).samples.tobytes(), range(20)))
    other = open_voice("pyttsx3", language="en")
    sounds.append(other.speak(_TEXT).samples.tobytes())
    other.close()
    assert len(set(sounds)) == 1


def test_killed_program_leaves_no_folder(tmp_path: Path) -> None:
    speaking = (
        "import os, signal; from narration import open_voice; "
        "voice = open_voice('pyttsx3', language='en'); voice.speak('Hello'); "
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    environment = os.environ | {"TMPDIR": str(tmp_path)}
    killed = subprocess.run([sys.executable, "-c", speaking], env=environment, check=False)
    assert killed.returncode == -signal.SIGKILL
    deadline = time.monotonic() + 20
    while any(tmp_path.iterdir()) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not list(tmp_path.iterdir())


def test_silence_at_the_end_is_trimmed(voice: Voice) -> None:
    samples = np.abs(voice.speak(_TEXT).samples.astype(int))
    assert samples[-voice.sample_rate // 20 :].max() > 32


def test_speech_runs_at_160_to_180_words_a_minute_with_its_pauses(voice: Voice) -> None:
    heard_ms = sum(voice.speak(sentence).duration_ms + 300 for sentence in _SENTENCES)
    words = sum(len(sentence.split()) for sentence in _SENTENCES)
    assert 160 <= words * 60_000 / heard_ms <= 180


def test_rate_is_kept() -> None:
    slow, fast = (open_voice("pyttsx3", language="en", rate_wpm=rate) for rate in (120, 200))
    assert slow.speak(_TEXT).duration_ms > 1.3 * fast.speak(_TEXT).duration_ms
    slow.close()
    fast.close()


def test_pitch_is_kept() -> None:
    heard = []
    for pitch in (70, 100, 140):
        voice = open_voice("pyttsx3", language="en", pitch=pitch)
        heard.append(measure_pitch(voice.speak(_TEXT).samples, voice.sample_rate))
        voice.close()
    assert heard[0] * 1.1 < heard[1] < heard[2] / 1.1


def test_system_voice_has_no_other_pitch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("narration.voice_pyttsx3._find_engine", lambda: ("", "a system"))
    assert open_voice("pyttsx3", language="en").name == "pyttsx3"
    with pytest.raises(VoiceFailedError, match="have no other pitch"):
        open_voice("pyttsx3", language="en", pitch=120)


def test_language_picks_the_voice(voice: Voice) -> None:
    german = open_voice("pyttsx3", language="de-AT")
    assert german.speak(_TEXT).samples.tobytes() != voice.speak(_TEXT).samples.tobytes()
    german.close()


@pytest.mark.parametrize(
    ("spec", "language", "message"),
    [
        ("pyttsx3:en-gp", "en", r"no voice 'en-gp'\. Did you mean .*en-gb"),
        ("pyttsx3", "xx", "no voice for the language 'xx'"),
    ],
)
def test_unknown_voice_is_an_error_of_its_first_sentence(
    spec: str, language: str, message: str
) -> None:
    with pytest.raises(UnknownVoiceError, match=message):
        open_voice(spec, language=language).speak("Hello")


def test_voice_that_gives_nothing_is_an_error_with_the_sentence(voice: Voice) -> None:
    with pytest.raises(VoiceFailedError, match=r"no sound for the sentence '\.\.\.'"):
        voice.speak("...")


def test_missing_library_is_answered_with_the_command_that_installs_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pyttsx3_driver, "espeak_version", _no_library)
    with pytest.raises(VoiceFailedError, match="apt-get install libespeak-ng1"):
        open_voice("pyttsx3", language="en")


def _no_library() -> str:
    raise RuntimeError("libespeak-ng is not installed")


def test_system_without_espeak_has_a_voice_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pyttsx3_driver, "espeak_version", _no_library)
    monkeypatch.setattr(sys, "platform", "darwin")
    assert '"driver": ""' in open_voice("pyttsx3", language="en").identity


@pytest.fixture
def system_voice(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Voice]:
    """A voice over a driver such as pyttsx3's own for macOS and Windows."""
    (tmp_path / "sitecustomize.py").write_text(textwrap.dedent(_SYSTEM_DRIVER), encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setattr(voice_pyttsx3, "_find_engine", lambda: ("", "test"))
    opened = open_voice("pyttsx3", language="en")
    yield opened
    opened.close()


def test_voice_of_the_system_has_word_times_by_letters(system_voice: Voice) -> None:
    speech = system_voice.speak("ab abcd")
    # What `_SYSTEM_DRIVER` writes: 600 ms.
    assert abs(speech.duration_ms - 600) <= 1
    assert abs(speech.words[1].start_ms - 200) <= 1


def test_error_of_a_driver_is_not_swallowed(system_voice: Voice) -> None:
    with pytest.raises(VoiceFailedError, match="pyttsx3 failed: out of order"):
        system_voice.speak("fail")


def test_file_that_was_not_written_is_an_error_with_the_sentence(system_voice: Voice) -> None:
    with pytest.raises(VoiceFailedError, match="no sound that can be read for the sentence 'skip'"):
        system_voice.speak("skip")


# Stands in for NSSpeechSynthesizer and SAPI5: a file of another rate, events without times.
_SYSTEM_DRIVER = """
    import sys, types, wave

    class Driver:
        def __init__(self, proxy): self.proxy = proxy
        def getProperty(self, name):
            from pyttsx3.voice import Voice
            return [Voice("anna", "Anna", ["en_US"])]
        def setProperty(self, name, value): pass
        def save_to_file(self, text, filename):
            print("noise on standard output")
            if text == "fail": raise RuntimeError("out of order")
            if text == "skip": return
            self.proxy.notify("started-word", name="", location=3, length=4)
            with wave.open(filename, "wb") as sound:
                sound.setparams((2, 2, 44100, 0, "NONE", ""))
                sound.writeframes(b"\\x00\\x20" * 2 * 26460)
        def startLoop(self): self.proxy.setBusy(False)
        def endLoop(self): pass
        def stop(self): pass
        def destroy(self): pass

    module = types.ModuleType("pyttsx3.drivers.espeak")
    module.buildDriver = Driver
    sys.modules["pyttsx3.drivers.espeak"] = module
"""


def test_hung_engine_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    hung = open_voice("pyttsx3", language="en")
    before = set(_workers())
    hung.speak("Hello")
    (worker,) = set(_workers()) - before
    os.kill(worker.pid, signal.SIGSTOP)
    monkeypatch.setattr(voice_pyttsx3, "PATIENCE_S", 0.1)
    with pytest.raises(VoiceFailedError, match=r"longer than \S+ s over the sentence 'Hello'"):
        hung.speak("Hello")
    assert not worker.is_running()
    monkeypatch.undo()
    assert hung.speak("Hello").samples.size
    hung.close()


def test_broken_engine_is_an_error_with_the_sentence() -> None:
    broken = open_voice("pyttsx3", language="en")
    before = set(_workers())
    broken.speak("Hello")
    (worker,) = set(_workers()) - before
    worker.kill()
    with pytest.raises(VoiceFailedError, match="broke off at the sentence 'Hello'"):
        broken.speak("Hello")


def test_nothing_is_printed(voice: Voice, capfd: pytest.CaptureFixture[str]) -> None:
    voice.speak("Hello")
    assert capfd.readouterr() == ("", "")


def test_closed_voice_leaves_no_process_and_speaks_again() -> None:
    closed = open_voice("pyttsx3", language="en")
    before = set(_workers())
    closed.speak("Hello")
    closed.close()
    assert set(_workers()) == before
    assert closed.speak("Hello").samples.size
    closed.close()


def test_forgotten_voice_leaves_no_process() -> None:
    before = set(_workers())
    open_voice("pyttsx3", language="en").speak("Hello")
    assert set(_workers()) == before


def test_no_thread_is_left_behind(voice: Voice) -> None:
    voice.speak("Hello")
    assert not [thread for thread in threading.enumerate() if isinstance(thread, threading.Timer)]

from __future__ import annotations

import sys
import time
from pathlib import Path

import numpy as np
import psutil
import pytest

from narration import Passage, Voice, VoiceFailedError, narrate, open_voice, voice_command

_TEXT = "Select {path} & wait; don't $HOME."

# Writes a tone: argv are path, rate, channels, seconds; then what else to do.
_PROGRAM = """
import math, struct, sys, time, wave
path, rate, channels, seconds, *more = sys.argv[1:]
text = more[1] if more[:1] == ["text"] else sys.stdin.read()
rate, channels, frames = int(rate), int(channels), int(int(rate) * float(seconds))
tone = [int(9000 * math.sin(number * 440 * 6.283 / rate)) for number in range(frames)]
with wave.open(path, "wb") as sound:
    sound.setnchannels(channels); sound.setsampwidth(2); sound.setframerate(rate)
    sound.writeframes(b"".join(struct.pack("<h", value) * channels for value in tone))
with open(path + ".txt", "w") as said:
    said.write(text)
"""


def _voice(*arguments: str, program: str = _PROGRAM) -> Voice:
    return open_voice([sys.executable, "-c", program, *arguments], language="en")


@pytest.mark.parametrize(("rate", "channels"), [("48000", "1"), ("8000", "2"), ("22050", "1")])
def test_any_wav_is_taken(rate: str, channels: str) -> None:
    voice = _voice("{path}", rate, channels, "2")
    speech = voice.speak(_TEXT)
    assert speech.duration_ms == pytest.approx(2000, abs=60)
    assert len(speech.samples) == pytest.approx(2 * voice.sample_rate, abs=3000)
    assert np.abs(speech.samples).max() > 5000
    assert [_TEXT[word.start : word.end] for word in speech.words] == _TEXT.split()


@pytest.mark.parametrize("way", [("text", "{text}"), ()])
def test_text_is_given_as_it_is(tmp_path: Path, way: tuple[str, ...]) -> None:
    kept = tmp_path / "kept.wav"
    copies = "import shutil; shutil.copy(path, sys.argv[-1]); shutil.copy(path + '.txt', "
    program = _PROGRAM + copies + "sys.argv[-1] + '.txt')\n"
    voice = _voice("{path}", "8000", "1", "1", *way, str(kept), program=program)
    voice.speak(_TEXT)
    assert kept.with_name("kept.wav.txt").read_text() == _TEXT


@pytest.mark.parametrize(
    ("program", "says"),
    [
        ("pass", "wrote no file for the sentence"),
        ("import sys; open(sys.argv[1], 'w').write('no')", "wrote no WAV file"),
        ("import sys; sys.exit('no such model')", "failed with status 1 at the sentence"),
        (
            _PROGRAM + "data = open(path, 'rb').read(); open(path, 'wb').write(data[:9000])",
            "wrote half a file",
        ),
        (_PROGRAM.replace("9000 *", "0 *"), "wrote only silence"),
    ],
)
def test_bad_output_is_told_with_the_sentence(program: str, says: str) -> None:
    with pytest.raises(VoiceFailedError, match=says) as caught:
        _voice("{path}", "8000", "1", "2", program=program).speak("Wait.")
    assert "'Wait.'" in str(caught.value)


def test_what_the_program_said_is_told() -> None:
    with pytest.raises(VoiceFailedError, match="It said: no such model"):
        _voice("{path}", program="import sys; sys.exit('no such model')").speak("Wait.")


def test_program_that_never_ends_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(voice_command, "PATIENCE_S", 1.0)
    program = "import subprocess, sys; subprocess.run(['sleep', '613'])"
    began = time.monotonic()
    with pytest.raises(VoiceFailedError, match="took longer than"):
        _voice("{path}", program=program).speak("Wait.")
    assert time.monotonic() - began < 30
    running = (each.info["cmdline"] or () for each in psutil.process_iter(["cmdline"]))
    assert ["sleep", "613"] not in list(running)


def test_missing_program_and_missing_place_are_told() -> None:
    with pytest.raises(VoiceFailedError, match="'no-such-tts' cannot be run: No such file"):
        open_voice(["no-such-tts", "{path}"], language="en").speak("Wait.")
    with pytest.raises(VoiceFailedError, match="where its WAV file goes"):
        open_voice(["say", "{text}"], language="en")


@pytest.mark.parametrize("seconds", ["0.05", "60"])
def test_sound_that_cannot_be_the_sentence_is_an_error(tmp_path: Path, seconds: str) -> None:
    with pytest.raises(VoiceFailedError, match=r"'Open the menu\.', which cannot be right"):
        narrate(
            [Passage(key="1", markdown="Open the menu.")],
            voice=_voice("{path}", "8000", "1", seconds),
            folder=tmp_path / "track",
            cache=tmp_path / "cache",
            language="en",
        )


def test_its_words_and_settings_name_the_sound() -> None:
    commands = (["a", "{path}"], ["b", "{path}"])
    names = {open_voice(command, language="en").identity for command in commands}
    names.add(open_voice(commands[0], language="fr").identity)
    assert len(names) == 3

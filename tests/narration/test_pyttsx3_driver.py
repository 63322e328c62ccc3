"""The driver shares its process, so that these tests start espeak-ng in one of their own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from narration import pyttsx3_driver

_START = """
import json, sys
import pyttsx3
from narration import pyttsx3_driver
engine = pyttsx3.init(pyttsx3_driver.register())
errors, words = [], []
engine.connect("error", lambda exception, name: errors.append(str(exception)))
engine.connect("started-word", lambda **word: words.append(word))
"""
_END = """
engine.runAndWait()
print(json.dumps({"errors": errors, "words": words, "result": result}))
"""


def _run(code: str, *arguments: object) -> dict[str, Any]:
    command = [sys.executable, "-c", _START + code + _END, *map(str, arguments)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    reply: dict[str, Any] = json.loads(done.stdout)
    return reply


def test_version_is_known_without_a_start() -> None:
    assert pyttsx3_driver.espeak_version().startswith("1.")


def test_every_queued_file_is_written_before_the_queue_returns(tmp_path: Path) -> None:
    reply = _run(
        "[engine.save_to_file('A rather long text. ' * n, f'{sys.argv[1]}/{n}.wav')"
        " for n in (1, 50)]\nresult = None",
        tmp_path,
    )
    assert not reply["errors"]
    short, long = ((tmp_path / f"{number}.wav").stat().st_size for number in (1, 50))
    assert long > 40 * short > 0


def test_words_are_told_with_their_place_and_time(tmp_path: Path) -> None:
    reply = _run("engine.save_to_file('Größe <b> zählt', sys.argv[1])\nresult = 0", tmp_path / "a")
    words = reply["words"]
    assert [(word["name"], word["location"]) for word in words][0::2] == [
        ("Größe", 0),
        ("zählt", 10),
    ]
    assert words[0]["start_ms"] < words[-1]["start_ms"]


def test_properties_hold() -> None:
    reply = _run(
        "engine.setProperty('voice', 'gmw/de')\n"
        "[engine.setProperty(*pair) for pair in (('rate', 120), ('volume', 0.5), ('pitch', 30))]\n"
        "engine.runAndWait()\n"
        "result = [engine.getProperty(name) for name in ('voice', 'rate', 'volume', 'pitch')]"
    )
    assert reply["result"] == ["gmw/de", 120, 0.5, 30]
    assert not reply["errors"]


def test_voices_tell_all_their_languages() -> None:
    reply = _run("result = {voice.id: voice.languages for voice in engine.getProperty('voices')}")
    assert reply["result"]["gmw/en-US"] == ["en-us", "en"]
    assert reply["result"]["roa/fr-BE"] == ["fr-be", "fr"]


@pytest.mark.parametrize(
    ("code", "error"),
    [
        ("engine.setProperty('voice', 'nobody')", "espeak-ng has no voice 'nobody'"),
        ("engine.setProperty('colour', 1)", "unknown property colour"),
        ("engine.say('aloud')", "this driver only writes files"),
    ],
)
def test_what_cannot_be_done_is_an_error(code: str, error: str) -> None:
    (message,) = _run(f"{code}\nresult = None")["errors"]
    assert error in message


def test_loop_may_be_the_callers_own(tmp_path: Path) -> None:
    _run(
        "engine.save_to_file('Hello', sys.argv[1])\n"
        "engine.startLoop(False)\nengine.iterate()\nengine.endLoop()\nresult = None",
        tmp_path / "a.wav",
    )
    assert (tmp_path / "a.wav").exists()


_WITHOUT_SYSTEM = """
import ctypes, sys, wave
own = ctypes.LibraryLoader.LoadLibrary
def hidden(self, name):
    if "espeak" not in name:
        return own(self, name)
    if "espeakng_loader" not in sys.modules:
        raise OSError(name)
    return ctypes.CDLL(sys.modules["espeakng_loader"].get_library_path())
ctypes.LibraryLoader.LoadLibrary = hidden
from narration.pyttsx3_driver import NAME, espeak_version
from narration.pyttsx3_worker import Settings, _Engine
onsets = _Engine(Settings(NAME, "", "en", 150)).speak("Open the file menu.", sys.argv[1])
with wave.open(sys.argv[1]) as sound:
    print(espeak_version(), len(onsets), sound.getnframes() > 10000)
"""


def test_library_from_a_wheel_speaks_where_the_system_has_none(tmp_path: Path) -> None:
    pytest.importorskip("espeakng_loader")
    told = subprocess.run(
        [sys.executable, "-c", _WITHOUT_SYSTEM, str(tmp_path / "speech.wav")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stderr
    _, words, is_long = told.stdout.split()
    assert (words, is_long) == ("4", "True")

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from narration import Voice, VoiceFailedError, open_voice
from narration.sound import write_wav
from narration.voice_recorded import RecordedVoice, as_script, compare_readings, reading_name

_TEXT = "Open the menu, and wait."


def _record(folder: Path, name: str, *, rate: int = 44100, seconds: float = 2.0) -> Path:
    """Half a second of silence, a tone, and as much silence again."""
    folder.mkdir(exist_ok=True)
    tone = np.sin(np.arange(int(rate * seconds)) * 440 * 6.283 / rate) * 9000
    still = np.zeros(rate // 2)
    path = folder / name
    write_wav(path, np.concatenate([still, tone, still]).astype(np.int16), rate)
    return path


@pytest.fixture
def otherwise() -> Voice:
    return open_voice("pyttsx3", language="en")


def test_what_was_read_is_heard_without_its_silences(tmp_path: Path, otherwise: Voice) -> None:
    _record(tmp_path / "takes", f"001-{reading_name(_TEXT)}.wav")
    voice = RecordedVoice(tmp_path / "takes", otherwise)
    speech = voice.speak(_TEXT)
    assert speech.duration_ms == pytest.approx(2000, abs=70)
    assert np.abs(speech.samples).max() > 8000
    assert [_TEXT[word.start : word.end] for word in speech.words] == _TEXT.split()


def test_rest_is_spoken_by_the_other_voice(tmp_path: Path, otherwise: Voice) -> None:
    _record(tmp_path / "takes", f"{reading_name(_TEXT)}.wav")
    spoken, own = RecordedVoice(tmp_path / "takes", otherwise).speak("Go on."), otherwise
    plain = own.speak("Go on.")
    assert spoken.duration_ms == plain.duration_ms
    assert spoken.words == plain.words
    assert len(spoken.samples) == pytest.approx(len(plain.samples) * 48000 / 22050, rel=0.01)


def test_other_content_is_another_voice(tmp_path: Path, otherwise: Voice) -> None:
    names = set()
    for seconds in (1.0, 2.0):
        _record(tmp_path / "takes", f"{reading_name(_TEXT)}.wav", seconds=seconds)
        names.add(RecordedVoice(tmp_path / "takes", otherwise).identity)
    assert len(names) == 2


def test_missing_and_outdated_readings_are_told(tmp_path: Path) -> None:
    there = _record(tmp_path / "takes", f"003-{reading_name('One.')}.wav")
    old = _record(tmp_path / "takes", f"004-{reading_name('Old.')}.flac.wav".replace(".flac", ""))
    (tmp_path / "takes" / "notes.txt").write_text("not a reading")
    sentences = [("One.", "One."), ("Two: PyPI.", "Two: pie P I."), ("One.", "One.")]
    readings, outdated = compare_readings(tmp_path / "takes", sentences)
    assert [(each.text, each.is_there) for each in readings] == [
        ("One.", True),
        ("Two: PyPI.", False),
    ]
    assert outdated == (old,)
    script = as_script("Title", readings)
    assert f"001-{reading_name('One.')}.wav (is there)\n\n> One.\n" in script
    assert f"002-{reading_name('Two: pie P I.')}.wav\n\n> Two: PyPI.\n" in script
    assert there.exists()


def test_folder_that_is_not_there_is_an_error(tmp_path: Path, otherwise: Voice) -> None:
    with pytest.raises(VoiceFailedError, match="There is no folder"):
        RecordedVoice(tmp_path / "none", otherwise)
    readings, outdated = compare_readings(tmp_path / "none", [("One.", "One.")])
    assert [each.is_there for each in readings] == [False]
    assert outdated == ()


def test_two_files_of_one_sentence_are_an_error(tmp_path: Path, otherwise: Voice) -> None:
    for number in ("1", "2"):
        _record(tmp_path / "takes", f"{number}-{reading_name(_TEXT)}.wav")
    with pytest.raises(VoiceFailedError, match="are of the same sentence"):
        RecordedVoice(tmp_path / "takes", otherwise)


@pytest.mark.parametrize(("content", "says"), [(b"", "cannot be read"), (b"no sound", "cannot be")])
def test_damaged_file_is_told_with_its_sentence(
    tmp_path: Path, otherwise: Voice, content: bytes, says: str
) -> None:
    _record(tmp_path / "takes", f"{reading_name(_TEXT)}.wav").write_bytes(content)
    with pytest.raises(VoiceFailedError, match=says) as caught:
        RecordedVoice(tmp_path / "takes", otherwise).speak(_TEXT)
    assert _TEXT in str(caught.value)


def test_silent_file_is_told(tmp_path: Path, otherwise: Voice) -> None:
    _record(tmp_path / "takes", f"{reading_name(_TEXT)}.wav", seconds=0)
    with pytest.raises(VoiceFailedError, match="is silent"):
        RecordedVoice(tmp_path / "takes", otherwise).speak(_TEXT)

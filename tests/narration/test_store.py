from __future__ import annotations

import errno
import os
from pathlib import Path

import numpy as np
import pytest

from narration.sound import read_wav
from narration.store import SpeechStore, link_file, name_speech, replace_file
from narration.voice import Speech
from narration.word import WordTime

_SPEECH = Speech(np.arange(2205, dtype=np.int16), (WordTime(0, 5, 0, 100),), 100)


def _files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def test_stored_speech_is_found_again(tmp_path: Path) -> None:
    store = SpeechStore(tmp_path)
    assert store.find("abcd") is None
    stored = store.add("abcd", _SPEECH, 22050)
    assert store.find("abcd") == stored
    assert (stored.duration_ms, stored.words, stored.is_silent) == (100, _SPEECH.words, False)
    assert read_wav(store.sound("abcd")).tolist() == _SPEECH.samples.tolist()


def test_silence_is_stored_without_a_sound(tmp_path: Path) -> None:
    store = SpeechStore(tmp_path)
    store.add("abcd", Speech(np.empty(0, np.int16), (), 300), 22050)
    found = store.find("abcd")
    assert found
    assert found.is_silent
    assert _files(tmp_path) == ["abcd.json"]


def test_damaged_or_halved_entry_is_not_found(tmp_path: Path) -> None:
    store = SpeechStore(tmp_path)
    store.add("abcd", _SPEECH, 22050)
    store.sound("abcd").unlink()
    assert store.find("abcd") is None
    store.add("abcd", _SPEECH, 22050)
    store.sound("abcd").with_suffix(".json").write_text("{", encoding="utf-8")
    assert store.find("abcd") is None


def test_name_follows_the_voice_and_the_text() -> None:
    names = {name_speech(voice, text) for voice in ("a", "b") for text in ("x", "y")}
    assert len(names) == 4
    assert name_speech("a", "x") == name_speech("a", "x")


def test_failed_write_leaves_what_was_there(tmp_path: Path) -> None:
    goal = tmp_path / "file"
    goal.write_text("old", encoding="utf-8")

    def fail(path: Path) -> None:
        path.write_text("half", encoding="utf-8")
        raise OSError(errno.ENOSPC, "full")

    with pytest.raises(OSError, match="full"):
        replace_file(goal, fail)
    assert goal.read_text(encoding="utf-8") == "old"
    assert _files(tmp_path) == ["file"]


def test_file_is_copied_where_it_cannot_be_linked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "source"
    source.write_text("sound", encoding="utf-8")
    link_file(source, tmp_path / "linked")
    link_file(source, tmp_path / "linked")

    def refuse(*_paths: Path) -> None:
        raise OSError(errno.EXDEV, "another device")

    monkeypatch.setattr(os, "link", refuse)
    link_file(source, tmp_path / "copied")
    assert (tmp_path / "linked").samefile(source)
    assert (tmp_path / "copied").read_text(encoding="utf-8") == "sound"

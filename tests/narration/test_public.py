from __future__ import annotations

import importlib
import pkgutil

import narration

_INNER = {
    "blas",
    "layout",
    "lexicon",
    "near",
    "phrase",
    "pyttsx3_driver",
    "pyttsx3_worker",
    "sentence",
    "sound",
    "store",
    "voice_command",
    "voice_hibari",
    "voice_pyttsx3",
    "voice_recorded",
    "voice_silent",
}
_KEPT_INSIDE = {
    "GROUP",
    "MANIFEST",
    "NO_TERMS",
    "PARAGRAPH_PAUSE_MS",
    "PITCH",
    "RATE_WPM",
    "SENTENCE_PAUSE_MS",
    "Samples",
    "VoiceMaker",
    "is_admonition",
    "parse_markdown",
    "read_kanji",
    "share_time",
    "split_words",
    "time_words",
}


def test_public_door_offers_what_every_public_module_offers() -> None:
    modules = {module.name for module in pkgutil.iter_modules(narration.__path__)}
    offered = {
        name
        for module in modules - _INNER
        for name in importlib.import_module(f"narration.{module}").__all__
    }
    assert set(narration.__all__) == offered - _KEPT_INSIDE


def test_every_name_of_the_public_door_is_there() -> None:
    assert all(hasattr(narration, name) for name in narration.__all__)


def test_names_of_the_public_door_are_sorted() -> None:
    assert narration.__all__ == sorted(narration.__all__)

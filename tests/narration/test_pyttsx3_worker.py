from __future__ import annotations

import pytest
from pyttsx3.voice import Voice

from narration.errors import UnknownVoiceError
from narration.pyttsx3_worker import choose_voice

_VOICES = [
    Voice("roa/fr-BE", "French (Belgium)", ["fr-be", "fr"]),
    Voice("roa/fr", "French (France)", ["fr", "fr-fr"]),
    Voice("gmw/en-US", "English (America)", ["en-us", "en"]),
    Voice("com.system.anna", "Anna", ["de_DE"]),
]


@pytest.mark.parametrize(
    ("variant", "language", "voice"),
    [
        ("", "fr", "roa/fr"),
        ("", "fr-BE", "roa/fr-BE"),
        ("", "fr-CH", "roa/fr"),
        ("", "en", "gmw/en-US"),
        ("", "de", "com.system.anna"),
        ("", "de-AT-1996", "com.system.anna"),
        ("en_US", "fr", "gmw/en-US"),
        ("anna", "fr", "com.system.anna"),
        ("gmw/en-us", "fr", "gmw/en-US"),
    ],
)
def test_voice_is_chosen_by_name_or_else_by_language(
    variant: str, language: str, voice: str
) -> None:
    assert choose_voice(_VOICES, variant, language) == voice


def test_english_alone_is_the_english_that_is_understood_best() -> None:
    voices = [Voice("gmw/en", "English", ["en"]), *_VOICES]
    assert choose_voice(voices, "", "en") == "gmw/en-US"
    assert choose_voice(voices, "en", "fr") == "gmw/en"
    assert choose_voice(voices[:1], "", "en") == "gmw/en"


def test_language_without_a_voice_is_answered_with_the_near_ones() -> None:
    with pytest.raises(UnknownVoiceError, match="no voice for the language 'fi'"):
        choose_voice(_VOICES, "", "fi")


def test_unknown_voice_is_answered_with_the_near_ones() -> None:
    with pytest.raises(UnknownVoiceError, match=r"no voice 'Ana'\. Did you mean Anna\?"):
        choose_voice(_VOICES, "Ana", "fr")


def test_particular_voice_is_never_replaced_by_a_general_one() -> None:
    with pytest.raises(UnknownVoiceError, match="en-gb"):
        choose_voice(_VOICES, "en-gb", "en")

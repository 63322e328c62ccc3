from __future__ import annotations

import pytest

from narration.engine import open_voice
from narration.errors import UnknownVoiceError
from narration.near import name_near


@pytest.mark.parametrize(
    ("spec", "name"), [("pyttsx3", "pyttsx3"), ("none", "none"), ("pyttsx3:en-gb", "pyttsx3:en-gb")]
)
def test_voice_is_opened_by_its_name(spec: str, name: str) -> None:
    assert open_voice(spec, language="en").name == name


def test_unknown_engine_is_answered_with_the_near_one() -> None:
    with pytest.raises(UnknownVoiceError, match=r"no voice engine 'pytsx'.*Did you mean pyttsx3\?"):
        open_voice("pytsx", language="en")


def test_strange_engine_is_answered_with_all() -> None:
    with pytest.raises(UnknownVoiceError, match=r"Known: hibari, none, pyttsx3\."):
        open_voice("qqqq", language="en")


def test_long_list_of_names_is_cut() -> None:
    assert name_near("", [f"x{number}" for number in range(20)]).endswith("x11, ….")


def test_all_that_decides_the_sound_is_in_the_identity() -> None:
    identities = {
        open_voice(spec, language=language, rate_wpm=rate).identity
        for spec in ("pyttsx3", "pyttsx3:en-us")
        for language in ("en", "de")
        for rate in (150, 165)
    }
    assert len(identities) == 8
    assert all("espeak-ng 1." in identity for identity in identities)

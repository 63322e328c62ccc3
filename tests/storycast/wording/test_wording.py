from __future__ import annotations

import pytest

from storycast.wording import ENGLISH, open_wording


@pytest.mark.parametrize(
    ("language", "told"),
    [("fr", "Sommaire"), ("de-AT", "Inhalt"), ("ar_EG", "المحتويات"), ("sv", "Contents")],
)
def test_language_is_found_or_what_it_is_a_kind_of_or_english(language: str, told: str) -> None:
    assert open_wording(language).gettext("Contents") == told


def test_text_is_told_as_it_is_meant_in_its_context() -> None:
    german = open_wording("de")
    assert german.gettext("Close") == "Schließen"
    assert german.pgettext("key", "Del") == "Entf"
    assert german.pgettext("nowhere", "Del") == "Del"


@pytest.mark.parametrize(
    ("language", "direction"), [("ar", "rtl"), ("he-IL", "rtl"), ("de", "ltr")]
)
def test_direction_is_the_scripts(language: str, direction: str) -> None:
    assert open_wording(language).direction == direction


def test_english_needs_no_catalogue() -> None:
    assert ENGLISH.ngettext("{count} step", "{count} steps", 2) == "{count} steps"


def test_name_that_runs_against_the_language_is_isolated() -> None:
    english, arabic = open_wording("en"), open_wording("ar")
    assert english.isolate("Rename…") == "Rename…"
    assert arabic.isolate("Rename…") == "\u2068Rename…\u2069"
    assert english.isolate("حفظ 2") == "\u2068حفظ 2\u2069"
    assert arabic.isolate("حفظ 2") == "حفظ 2"

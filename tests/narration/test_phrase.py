from __future__ import annotations

from itertools import pairwise

import pytest

from narration.phrase import count_columns, cut_word, is_abbreviation, rate_break, split_phrases


def _rates(*pairs: str, language: str = "en") -> list[int]:
    split = (pair.partition("|") for pair in pairs)
    return [rate_break(word, following, language) for word, _, following in split]


def test_breaks_are_better_the_more_they_part() -> None:
    rates = _rates("done.|Then", "done,|then", "done|and", "go|to", "new|row", "the|row")
    assert all(better < worse for better, worse in pairwise(rates))


@pytest.mark.parametrize(
    ("pair", "language"), [("des|Kurses", "de"), ("de|la", "fr"), ("los|cursos", "es")]
)
def test_articles_cling_in_their_own_language(pair: str, language: str) -> None:
    assert _rates(pair, language=f"{language}-XX") == [100]
    assert _rates(pair, language="fi") == [8]


def test_quoted_article_clings_too_and_one_before_a_comma_does_not() -> None:
    assert _rates("(The|row", "in,|then") == [100, 1]


@pytest.mark.parametrize("word", ["終わり。", "「はい？」", "؟نعم؟", "done…”"])
def test_sentences_end_in_many_scripts(word: str) -> None:
    assert _rates(f"{word}|x") == [0]


def test_han_is_twice_as_wide_and_marks_have_no_width() -> None:
    assert count_columns("abc") == 3
    assert count_columns("保存") == 4
    assert count_columns("e\u0301") == 1


def test_long_word_is_cut_after_its_marks() -> None:
    assert cut_word("short", 10) == ("short",)
    assert cut_word("https://example.org/page", 12) == ("https://", "example.org/", "page")


def test_cut_word_is_whole_again_when_joined() -> None:
    word = "e\u0301" * 50
    pieces = cut_word(word, 42)
    assert "".join(pieces) == word
    assert all(count_columns(piece) <= 42 for piece in pieces)
    assert not any(piece.startswith("\u0301") for piece in pieces)


def test_abbreviations_are_known() -> None:
    assert is_abbreviation("E.g")
    assert not is_abbreviation("end")


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("コードを実行します。", ("コードを", "実行します。")),
        ("JupyterLab はランチャーを開きます。", ("JupyterLab は", "ランチャーを", "開きます。")),
        ("今天天气晴朗。", ("今天", "天气", "晴朗。")),
        ("Open the menu.", ("Open the menu.",)),
        ("", ("",)),
    ],
)
def test_text_without_spaces_has_phrases(text: str, phrases: tuple[str, ...]) -> None:
    assert split_phrases(text) == phrases

from __future__ import annotations

import pytest

from narration.word import WordTime, split_words, time_words


def _words(text: str) -> list[str]:
    return [text[start:end] for start, end in split_words(text)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", []),
        ("Save the file.", ["Save", "the", "file."]),
        ("one — two", ["one —", "two"]),
        ("« Oui » : bien !", ["« Oui » :", "bien !"]),
        ("a & b → c", ["a", "&", "b", "→", "c"]),
        ("「開く」、次", ["「開", "く」、", "次"]),
        ("JupyterLabを開く", ["JupyterLab", "を", "開", "く"]),
        ("カー「x」", ["カー", "「x」"]),
        ("「", ["「"]),
    ],
)
def test_text_is_split_into_words_with_their_punctuation(text: str, words: list[str]) -> None:
    assert _words(text) == words


def test_words_without_any_onset_share_the_time_by_letters() -> None:
    assert time_words("ab abcd", (), 600) == (WordTime(0, 2, 0, 200), WordTime(3, 7, 200, 600))


def test_words_that_share_an_onset_are_parted_by_letters() -> None:
    times = time_words("name of the row", [(0, 0), (5, 400), (12, 900)], 1200)
    assert [(word.start_ms, word.end_ms) for word in times] == [
        (0, 400),
        (400, 600),
        (600, 900),
        (900, 1200),
    ]


def test_first_of_several_onsets_in_a_word_counts() -> None:
    times = time_words("in 2024 then", [(0, 0), (3, 300), (3, 700), (8, 1500)], 2000)
    assert [word.start_ms for word in times] == [0, 300, 1500]


def test_time_never_runs_backwards_or_past_the_end() -> None:
    times = time_words("a b c d", [(0, 0), (2, 500), (4, 300), (6, 9000)], 800)
    edges = [edge for word in times for edge in (word.start_ms, word.end_ms)]
    assert edges == sorted(edges)
    assert edges[-1] == 800


def test_no_text_has_no_words() -> None:
    assert time_words("", [(0, 0)], 100) == ()

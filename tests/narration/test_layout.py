from __future__ import annotations

from narration.layout import LINE_COLUMNS, Piece, arrange, cut_blocks, join_line
from narration.phrase import rate_break


def _pieces(text: str, *, word_ms: int = 300) -> list[Piece]:
    words = text.split()
    return [
        Piece(word, " ", rate_break(word, after, "en"), at * word_ms, (at + 1) * word_ms)
        for at, (word, after) in enumerate(zip(words, [*words[1:], ""], strict=True))
    ]


def _lines(text: str) -> tuple[str, ...] | None:
    arranged = arrange(tuple(_pieces(text)))
    return None if arranged is None else tuple(map(join_line, arranged))


def _blocks(text: str, *, word_ms: int = 300) -> list[str]:
    return [
        " ".join(piece.text for piece in block)
        for block in cut_blocks(_pieces(text, word_ms=word_ms))
    ]


def test_short_text_is_one_line() -> None:
    assert _lines("Save the file.") == ("Save the file.",)


def test_text_that_fills_a_line_to_the_last_column_is_one_line() -> None:
    assert _lines("x" * 20 + " " + "y" * 21) == ("x" * 20 + " " + "y" * 21,)


def test_line_ends_at_a_comma_rather_than_in_the_middle() -> None:
    assert _lines("When you are quite ready, generate the version for students.") == (
        "When you are quite ready,",
        "generate the version for students.",
    )


def test_line_never_ends_with_an_article_or_preposition() -> None:
    assert _lines("Choose the second assignment from the list at the right side.") == (
        "Choose the second assignment",
        "from the list at the right side.",
    )


def test_text_of_more_than_two_lines_cannot_be_arranged() -> None:
    assert _lines("word " * 20) is None


def test_blocks_end_where_a_sentence_or_clause_does() -> None:
    text = (
        "Open the page that lists all of the courses you teach in this term, "
        "then choose the one whose assignments you want to publish."
    )
    assert _blocks(text) == [text[:68].strip(), text[68:]]


def test_slow_speech_is_cut_by_time() -> None:
    blocks = cut_blocks(_pieces("one two three four five six", word_ms=3000))
    assert [len(block) for block in blocks] == [2, 2, 2]


def test_word_that_lasts_too_long_stands_alone() -> None:
    assert _blocks("one two", word_ms=9000) == ["one", "two"]


def test_nothing_gives_no_block() -> None:
    assert cut_blocks([]) == []


def test_blocks_are_all_arranged_and_lose_no_word() -> None:
    text = "in the of a to " * 40 + "x" * LINE_COLUMNS
    blocks = cut_blocks(_pieces(text))
    assert [piece.text for block in blocks for piece in block] == text.split()
    assert all(arrange(block) for block in blocks)

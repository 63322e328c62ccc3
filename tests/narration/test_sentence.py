from __future__ import annotations

import pytest

from narration.sentence import split_sentences


@pytest.mark.parametrize(
    "sentences",
    [
        ["Open the file.", "Save it."],
        ["Use a tool, e.g. the pencil, i.e. this one.", "Then stop."],
        ["Ask Dr. Who or J. Doe.", "They know."],
        ["It is version 4.6 of a.ipynb.", "Really?", "Yes!"],
        ["Wait… and go on…", "Then stop."],
        ["No full stop"],
        ['"Stop!"', "(It did.)", "Good."],
        ["Open it.", "nbgrader collects."],
        ["That was I.", "You know."],
        ["هل أنت جاهز؟", "نعم."],
        ["यह है।", "वह था।"],
    ],
)
def test_paragraph_is_split_where_sentences_end(sentences: list[str]) -> None:
    text = " ".join(sentences)
    assert [text[start:end] for start, end in split_sentences(text)] == sentences


@pytest.mark.parametrize(
    "sentences",
    [
        ["保存します。", "次へ！", "本当？", "はい"],
        ["「はい。」と答える。"],
        ["「はい。」", "次へ。"],
    ],
)
def test_han_marks_need_no_space(sentences: list[str]) -> None:
    text = "".join(sentences)
    assert [text[start:end] for start, end in split_sentences(text)] == sentences


def test_no_sentence_ends_inside_what_stays_whole() -> None:
    text = "Choose Are you sure? Yes. Then go."
    assert len(split_sentences(text)) == 3
    start = text.index("Are")
    end = text.index(" Then")
    assert split_sentences(text, [(start, end)]) == ((0, end), (end + 1, len(text)))


def test_sentence_may_begin_with_what_stays_whole_in_lower_case() -> None:
    text = "Type this. pip installs it."
    assert len(split_sentences(text)) == 1
    assert len(split_sentences(text, [(11, 14)])) == 2


def test_empty_text_has_no_sentence() -> None:
    assert split_sentences("  ") == ()

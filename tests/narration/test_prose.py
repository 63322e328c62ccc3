from __future__ import annotations

import pytest

from narration.prose import read_prose


def _written(markdown: str) -> list[str]:
    return [sentence.written for sentence in read_prose(markdown)]


@pytest.mark.parametrize(
    ("markdown", "written"),
    [
        ("One. Two.", ["One.", "Two."]),
        ("soft\nbreak  \nhard<br>line", ["soft break hard line"]),
        ("*a* __b__ ~~c~~ `d e`", ["a b d e"]),
        ("See [the docs](https://x.y) now ![no picture](a.png)", ["See the docs now"]),
        ("- one\n- two\n  - three\n", ["one", "two", "three"]),
        ("1. Open.\n2. Close.", ["Open.", "Close."]),
        ("> Quoted *text*.", ["Quoted text."]),
        ("| A | B |\n|---|---|\n| `x` | 1.5 |", ["A, B", "x, 1.5"]),
        ("x &amp; y &lt; z", ["x & y < z"]),
        ("a <b>bold</b> <!-- no --> word", ["a bold word"]),
        ("Before\n\n    code\n\nAfter", ["Before", "After"]),
    ],
)
def test_text_is_read(markdown: str, written: list[str]) -> None:
    assert _written(markdown) == written


@pytest.mark.parametrize(
    "markdown",
    [
        "",
        "# Heading",
        "Heading\n=======",
        "```python\nprint(1)\n```",
        "<!-- a comment -->",
        "<div>html</div>",
        "![picture](a.png)",
        "---",
        "…",
    ],
)
def test_what_has_no_sentence_is_not_read(markdown: str) -> None:
    assert read_prose(markdown) == ()


def test_bold_text_is_a_name_where_it_stands_in_the_sentence() -> None:
    first, second = read_prose("Go. Select **Add `new` task** and **Save as…** twice.")
    assert first.names == ()
    assert [name.text for name in second.names] == ["Add new task", "Save as…"]
    assert all(second.written[name.start : name.end] == name.text for name in second.names)


def test_question_in_a_name_ends_no_sentence() -> None:
    (sentence,) = read_prose("Answer **Are you sure? Really.** with **Yes**.")
    assert len(sentence.names) == 2


def test_bold_passage_longer_than_a_sentence_names_nothing() -> None:
    sentences = read_prose("**" + "This is a long warning about something. " * 3 + "End.**")
    assert len(sentences) == 4
    assert not any(sentence.names for sentence in sentences)


def test_only_the_last_sentence_ends_the_paragraph() -> None:
    ends = [sentence.ends_paragraph for sentence in read_prose("A b. C d. …\n\nE f.")]
    assert ends == [False, True, True]


def test_every_spoken_word_maps_back_to_what_is_written() -> None:
    (sentence,) = read_prose("Press Ctrl+S → open `demo.ipynb` & JupyterLab — e.g. now …")
    assert sentence.written == "Press Ctrl+S → open demo.ipynb & JupyterLab — e.g. now …"
    assert sentence.spoken == (
        "Press Control S then open demo dot I P Y N B and Jupyter Lab — for example now"
    )
    for word in sentence.words:
        assert sentence.spoken[word.spoken_start : word.spoken_end] == word.spoken
    pairs = {sentence.written[word.start : word.end]: word.spoken for word in sentence.words}
    assert pairs["Ctrl+S"] == "Control S"
    assert pairs["JupyterLab —"] == "Jupyter Lab —"


def test_han_text_is_spoken_without_spaces() -> None:
    (sentence,) = read_prose("JupyterLab打 开。", language="zh")
    assert sentence.spoken == "Jupyter Lab打 开。"
    assert len(sentence.words) == 3


def test_language_decides_how_signs_are_said() -> None:
    (sentence,) = read_prose("A & B", language="de")
    assert sentence.spoken == "A und B"


@pytest.mark.parametrize(
    ("markdown", "written"),
    [
        ("See it[^1].\n\n[^1]: Not this.", ["See it."]),
        ("Take $x$.\n\n$$\na=b\n$$\n\nGo.", ["Take x.", "Go."]),
        ("Pay $5 or $6.", ["Pay $5 or $6."]),
        (":::{note} Title\nBe careful.\n:::", ["Be careful."]),
        ("```{warning}\nIt is hot.\n```", ["It is hot."]),
        ("```{code-block} python\nx = 1\n```\n\nGo.", ["Go."]),
        ("> [!TIP]\n> Save often.", ["Save often."]),
        ("- [ ] Open it\n- [x] Close it", ["Open it", "Close it"]),
        ("Choose [x] or [ ].", ["Choose [x] or [ ]."]),
        ("~~Old~~ New.", ["New."]),
        ("See No. 5 and Fig. 2. Then go. 5 are left.",
         ["See No. 5 and Fig. 2.", "Then go.", "5 are left."]),
        ("", []),
        ("```python\nx = 1\n```", []),
    ],
)  # fmt: skip
def test_what_is_no_prose_is_not_read(markdown: str, written: list[str]) -> None:
    assert [sentence.written for sentence in read_prose(markdown)] == written


def test_math_is_read_in_words_and_shown_as_it_is_written() -> None:
    (sentence,) = read_prose("Let $E=mc^2$ be **it**.")
    assert sentence.written == "Let E=mc^2 be it."
    assert sentence.spoken == "Let E equals mc squared be it."
    assert [name.text for name in sentence.names] == ["it"]


def test_comment_in_an_admonition_is_a_hint() -> None:
    (sentence,) = read_prose(":::{note}\nBe careful. <!-- pause 1 -->\n:::")
    assert [hint.text for hint in sentence.hints] == ["pause 1"]


def test_five_thousand_words_are_read() -> None:
    sentences = read_prose("A sentence of six words follows. " * 850)
    assert len(sentences) == 850

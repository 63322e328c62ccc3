from __future__ import annotations

import pytest

from storycast.translation.unit import find_units, rewrite


def _texts(markdown: str) -> list[str]:
    return [unit.text for unit in find_units(markdown)]


@pytest.mark.parametrize(
    ("markdown", "texts"),
    [
        ("# Add *a* task", ["Add *a* task"]),
        ("Open it. Then go on.", ["Open it.", "Then go on."]),
        ("Press **Save as … now.** Then wait.", ["Press **Save as … now.** Then wait."]),
        ("Type `a. B` there. Go on.", ["Type `a. B` there.", "Go on."]),
        ("See [the docs. Now](x.html). Go on.", ["See [the docs. Now](x.html).", "Go on."]),
        ("one\ntwo. Three\nfour", ["one two.", "Three four"]),
        ("- one\n- two. Three", ["one", "two.", "Three"]),
        ("> quoted\n> text", ["quoted text"]),
        ("| A | b \\| c |\n|---|---|\n| d | 5 |", ["A", "b | c", "d"]),
        (":::{note}\nTake care. Really.\n:::", ["Take care.", "Really."]),
        ("- one\n\n  ```{tip}\n  Two.\n  ```", ["one", "Two."]),
        ("Text[^1].\n\n[^1]: A note.\n\nMore.", ["Text[^1].", "A note.", "More."]),
        ("```python\nprint('no')\n```", []),
        ("<!-- pause 1.5 -->\n\n![a picture](x.png) 12 %", []),
        ("Go on. <!-- pause 1 --> Stop. <!-- end -->", ["Go on.", "Stop."]),
        ("- [ ] Open it\n- [x] <!-- done --> Close it", ["Open it", "Close it"]),
        ("Press it <!-- action 2 --> now.", ["Press it <!-- action 2 --> now."]),
        ("", []),
    ],
)
def test_units_are_the_sentences_of_what_is_read(markdown: str, texts: list[str]) -> None:
    assert _texts(markdown) == texts


def test_units_know_their_lines() -> None:
    markdown = "# One\n\nTwo. Three.\n\n- Four\n"
    assert [unit.line for unit in find_units(markdown)] == [0, 2, 2, 4]


def test_rewritten_markdown_keeps_its_form() -> None:
    markdown = (
        "## Add\n\nOpen it. <!-- pause 1.5 --> Then *wait*\nfor it.\n\n1. one\n2. two\n   lines\n\n"
        "> [!NOTE]\n> Quoted.\n\n| A | B |\n|---|---|\n| c | d |\n\n:::{tip}\nBox.\n:::\n\n"
        "```\ncode stays\n```\n"
    )
    assert rewrite(markdown, str.upper) == (
        "## ADD\n\nOPEN IT. <!-- pause 1.5 --> THEN *WAIT* FOR IT.\n\n1. ONE\n2. TWO LINES\n\n"
        "> [!NOTE]\n> QUOTED.\n\n| A | B |\n|---|---|\n| C | D |\n\n:::{tip}\nBOX.\n:::\n\n"
        "```\ncode stays\n```\n"
    )


def test_markdown_that_is_said_in_the_same_words_is_read_the_same() -> None:
    markdown = "# One\n\n- Two. Three\n  four.\n\n| a | b \\| c |\n|---|---|\n| d | e |\n"
    assert _texts(rewrite(markdown, str)) == _texts(markdown)


def test_translation_breaks_neither_lines_nor_tables() -> None:
    said = rewrite("| A | B |\n|---|---|\n| c | d |", lambda text: f"{text}\n|{text}")
    assert _texts(said) == ["A |A", "B |B", "c |c", "d |d"]


def test_han_sentences_follow_each_other_without_a_space() -> None:
    told = {"Open it.": "開く。", "Then wait.": "待つ。"}
    assert rewrite("Open it. Then wait.", told.__getitem__) == "開く。待つ。"

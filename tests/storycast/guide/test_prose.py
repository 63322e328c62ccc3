from __future__ import annotations

import pytest

from storycast.guide.prose import render_prose, summarise_prose, tame_prose

HOSTILE = "<script>alert(1)</script> [x](javascript:alert(1)) ![p](http://a.example/p.png)"


def test_foreign_markup_is_shown_not_run() -> None:
    page = render_prose(HOSTILE)
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "<a " not in page


def test_picture_from_elsewhere_becomes_its_text() -> None:
    page = render_prose("See ![the *old* list](list.png) & go.")
    assert page == "<p>See the old list &amp; go.</p>\n"


def test_picture_inside_the_prose_stays() -> None:
    assert '<img src="data:image/png;base64,AAAA"' in render_prose(
        "![dot](data:image/png;base64,AAAA)"
    )


def test_table_needs_no_inline_style() -> None:
    page = render_prose("|a|b|\n|-|-:|\n|1|2|")
    assert '<td class="right">2</td>' in page
    assert "style" not in page


def test_heading_in_prose_does_not_disturb_the_outline() -> None:
    assert render_prose("- # A\n") == '<ul>\n<li>\n<p class="heading">A</p>\n</li>\n</ul>\n'


def test_tamed_markdown_holds_no_markup_and_no_script_link() -> None:
    tamed = tame_prose(HOSTILE)
    assert "<" not in tamed
    assert "http" not in tamed
    assert render_prose(tamed).count("<a ") == 0


@pytest.mark.parametrize(
    "markdown",
    [
        "Select **Save** & `<b>` or ``a ` <b>``.",
        "```html\n<p>\n\n\n# no heading\n```",
        "    <indented>\n\ntext",
        "[ok](https://example.org) <https://example.org> \\<",
        "![d](data:image/png;base64,AAAA)",
        "",
    ],
)
def test_harmless_markdown_stays_as_it_is(markdown: str) -> None:
    assert tame_prose(markdown) == markdown


@pytest.mark.parametrize(
    "markdown",
    [
        "[x](java&#115;cript:alert(1))",
        "[x]\n\n[x]: javascript:alert(1)",
        "a]:<script>alert(1)</script>",
        "![<script>](p.png)",
    ],
)
def test_disguised_script_is_tamed(markdown: str) -> None:
    tamed = tame_prose(markdown)
    assert "<script" not in tamed
    assert "](java" not in tamed.replace("\\](", "")
    assert "]: java" not in tamed.replace("\\]:", "")


def test_summary_is_the_first_sentence_in_plain_words() -> None:
    assert summarise_prose("Select **Add\ntask**. Then wait.") == "Select Add task"
    assert summarise_prose("- Version 2.5 is new\n") == "Version 2.5 is new"
    assert summarise_prose("") == ""


def test_long_summary_is_cut_between_words() -> None:
    summary = summarise_prose("word " * 30)
    assert len(summary) <= 65
    assert summary.endswith("word…")


def test_comments_are_nowhere_to_be_seen() -> None:
    markdown = "Open it. <!-- action --> Then **go**, not `<!-- this -->`."
    told = "Open it. Then <strong>go</strong>, not <code>&lt;!-- this --&gt;</code>."
    assert render_prose(markdown) == f"<p>{told}</p>\n"
    assert tame_prose(markdown) == "Open it. Then **go**, not `<!-- this -->`."
    assert summarise_prose("<!-- action -->Go there.") == "Go there"

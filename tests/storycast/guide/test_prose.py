from __future__ import annotations

from gettext import NullTranslations

import pytest
from markdown_it import MarkdownIt

from storycast.guide.prose import plain_prose, render_prose, tame_prose
from storycast.wording import Wording
from tests.storycast.guide.audit import Audit

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


def test_comments_are_nowhere_to_be_seen() -> None:
    markdown = "Open it. <!-- action --> Then **go**, not `<!-- this -->`."
    told = "Open it. Then <strong>go</strong>, not <code>&lt;!-- this --&gt;</code>."
    assert render_prose(markdown) == f"<p>{told}</p>\n"
    assert tame_prose(markdown) == "Open it. Then **go**, not `<!-- this -->`."


def test_boxes_of_text_are_boxes() -> None:
    shown = render_prose("> [!NOTE]\n> Save **first**.")
    assert shown.startswith('<div class="note" role="note">\n<p class="heading">Note</p>')
    assert "<strong>first</strong>" in shown
    titled = render_prose(":::{tip} A & B\nHold it.\n:::")
    assert '<p class="heading">A &amp; B</p>\n<p>Hold it.</p>' in titled
    assert '<p class="heading">Warning</p>' in render_prose("```{warning}\nStop.\n```")


def test_boxes_have_names_in_the_language_of_the_guide() -> None:
    class Shouting(NullTranslations):
        def gettext(self, message: str) -> str:
            return message.upper()

    wording = Wording("xx", Shouting())
    assert ">NOTE<" in render_prose("> [!NOTE]\n> Save.", wording=wording)


def test_tasks_are_shown_by_a_sign_and_not_by_a_box_that_does_nothing() -> None:
    shown = render_prose("- [x] **done**\n- [ ] open")
    assert "☑ <strong>done</strong>" in shown
    assert "☐ open" in shown
    assert "<input" not in shown


def test_footnotes_of_two_passages_have_names_of_their_own() -> None:
    one, two = (render_prose("A[^1]\n\n[^1]: B", name=name) for name in ("prose-1", "prose-2"))
    assert 'href="#fn-prose-1-1"' in one
    assert 'id="fn-prose-1-1"' in one
    assert 'id="fn-prose-2-1"' in two


def test_formulas_are_mathml() -> None:
    assert "<msup>" in render_prose("So $a^2$.")
    assert 'display="block"' in render_prose("$$\na^2\n$$")


def test_html_is_shown_as_text_unless_the_storyboard_allows_it() -> None:
    assert "&lt;b&gt;" in render_prose("<b>x</b>")
    assert render_prose("<b>x</b>", allows_html=True) == "<p><b>x</b></p>\n"


@pytest.mark.parametrize(
    "markdown",
    [
        "<script>alert(1)</script>",
        "<style>* { display: none }</style>",
        "<b onclick='alert(1)' style='color: red'>x</b>",
        "<a href='javascript:alert(1)'>x</a>",
        "<a href='data:text/html,x'>x</a>",
        "<iframe src='https://example.org'></iframe>",
        "<img src='https://example.org/p.png' onerror='alert(1)'>",
        "<form action='https://example.org'><input name='q'></form>",
        "<svg onload='alert(1)'></svg>",
        "<b id='guide' class='large'>x</b>",
        "[x](javascript:alert(1))",
    ],
)
def test_html_that_is_allowed_is_still_harmless(markdown: str) -> None:
    audit = Audit(render_prose(markdown, allows_html=True))
    assert {tag for tag, _ in audit.elements} <= {"a", "b", "img", "p"}
    assert {name for _, values in audit.elements for name in values} <= {"rel"}


def test_allowed_html_leaves_what_markdown_makes() -> None:
    markdown = "A[^1] $a^2$ <u>b</u>\n\n> [!TIP]\n> T\n\n|a|\n|-:|\n|1|\n\n[^1]: B"
    shown = render_prose(markdown, name="prose-1", allows_html=True)
    for part in ("<msup>", '<div class="note" role="note">', 'class="right"', 'id="fn-prose-1-1"'):
        assert part in shown


def test_plain_prose_is_all_that_is_read() -> None:
    boxes = "# A\n\n> [!NOTE]\n> **B**\n\n- c\n- d\n\n:::{tip}\nE $f$\n:::\n\n"
    markdown = f"{boxes}```\ncode\n```\n\ng[^1]\n\n[^1]: h"
    assert plain_prose(markdown) == "A B c d E f g"


def test_allowed_html_stays_in_markdown_as_far_as_it_is_harmless() -> None:
    markdown = (
        'Press <kbd onclick="x()">Tab</kbd>, not <script>run()</script>`<b>`.\n\n'
        "<details>\n<summary>More `<script>run()</script>`</summary>\n\n*Inside*\n\n</details>"
    )
    assert tame_prose(markdown, allows_html=True) == (
        "Press <kbd>Tab</kbd>, not `<b>`.\n\n"
        "<details>\n<summary>More ``</summary>\n\n*Inside*\n\n</details>"
    )


@pytest.mark.parametrize("allows_html", [False, True])
@pytest.mark.parametrize(
    "markdown",
    [
        "a ` b\n\n<script>run()</script>\n\nc ` d",
        "`x\n<script>run()</script>\ny`",
        "- `x\n- <script>run()</script>\n- y`",
        '<b title="\n\n<script>run()</script>">x',
        "<!-- a\nb\n-->\n\n```\ncode\n```\n\n<script>run()</script>",
        "<scr<script></script>ipt>run()</script>",
    ],
)
def test_tamed_markdown_has_no_script_wherever_code_seems_to_be(
    markdown: str, allows_html: bool
) -> None:
    tamed = tame_prose(markdown, allows_html=allows_html)
    assert "<script" not in MarkdownIt("commonmark", {"html": True}).render(tamed)

"""The prose of a step: Markdown made into safe HTML, safe Markdown, or one plain line."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from html import escape, unescape

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup
from mdit_py_plugins.colon_fence import colon_fence_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin

from narration.prose import is_admonition
from storycast.guide.formula import render_formula
from storycast.guide.sanitiser import sanitise, sanitise_tag
from storycast.guide.words import box_names
from storycast.key_name import split_keys
from storycast.wording import ENGLISH, Wording

__all__ = ["Passage", "plain_prose", "read_passages", "render_prose", "tame_prose"]

_OPTIONS = {"alerts": True, "tasklists": True, "xhtmlOut": False}


def _parser(*, html: bool) -> MarkdownIt:
    """What is spoken is also shown: the same Markdown as in `narration.prose`."""
    return (
        MarkdownIt("commonmark", {"html": html, **_OPTIONS})
        .enable(["table", "strikethrough"])
        .use(footnote_plugin)
        .use(dollarmath_plugin, allow_space=False, allow_digits=False)
        .use(colon_fence_plugin)
    )


_MARKDOWN, _WITH_HTML = _parser(html=False), _parser(html=True)
_TABLE = '<div class="table" tabindex="0"><table>'  # a wide one is scrolled, by keyboard too
_TICKS = {False: "\u2610 ", True: "\u2611 "}
_LINE_END = re.compile(r"\r\n?")
_COMMENT = re.compile(r"(?<!`)(?P<ticks>`+)(?!`).*?(?<!`)(?P=ticks)(?!`)|<!--.*?-->[ ]?", re.DOTALL)
# A code span ends with its paragraph, also where a block of HTML begins on one of its lines.
_RISKY_TEXT = (
    r"(?<!`)(?P<ticks>`+)(?!`)(?:(?!\n[\s>*+\-\d.)]*(?:\n|<)).)*?(?<!`)(?P=ticks)(?!`)"
    r"|\\."
    r"|<(?:https?|mailto):[^<>\s]*>"
    r"|!\[(?P<alt>[^\[\]]*)\]\((?!data:)[^()]*\)"
    r"|\](?:\(|:)\s*(?P<link>[^\s()<>]*)"
)
_TAG_TEXT = (
    r"(?P<silent><(?P<name>script|style)\b.*?</(?P=name)\s*>)"
    r"|(?P<tag></?[a-z](?:\"[^\"<>\n]*\"|'[^'<>\n]*'|[^<>\"'\n])*>)"
)
_NO_TAG_TEXT = r"(?P<silent>(?!))|(?P<tag>(?!))"
_FLAGS = re.DOTALL | re.IGNORECASE
_RISKY = re.compile(f"{_RISKY_TEXT}|{_NO_TAG_TEXT}|<", _FLAGS)
_RISKY_HTML = re.compile(f"{_RISKY_TEXT}|{_TAG_TEXT}|<", _FLAGS)
_TAGS = re.compile(f"{_TAG_TEXT}|<", _FLAGS)


@dataclass(frozen=True)
class Passage:
    """The running text of a block, plain and on one line, and what of it is bold."""

    text: str
    bold: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Manner:
    """How prose is rendered; ``pressed`` are names of keys (None: no key is shown as a cap)."""

    parser: MarkdownIt
    wording: Wording
    pressed: Collection[str] | None


def render_prose(
    markdown: str,
    *,
    name: str = "",
    allows_html: bool = False,
    wording: Wording = ENGLISH,
    pressed: Collection[str] | None = None,
) -> Markup:
    """The prose as HTML that holds no script, style or outside picture.

    Headings become paragraphs, for a step has one already. ``name`` sets the prose's footnotes
    apart from others of the same page. HTML in the prose is shown as text, or with
    ``allows_html`` is what of it is harmless. Keys in bold become key caps where it is known
    which names are ``pressed`` (`storycast.key_name`).
    """
    parser = _WITH_HTML if allows_html else _MARKDOWN
    html = _render(markdown, name, _Manner(parser, wording, pressed))
    return Markup(sanitise(html) if allows_html else html)  # noqa: S704 - escaped, or sanitised


def plain_prose(markdown: str) -> str:
    """The prose as plain text on one line, without code, footnotes and its boxes' kinds."""
    return " ".join(passage.text for passage in read_passages(markdown) if passage.text)


def read_passages(markdown: str) -> Iterator[Passage]:
    """The passages of the prose, without code, footnotes and the kinds of its boxes."""
    return _passages(_MARKDOWN.parse(_without_comments(markdown)))


def tame_prose(markdown: str, *, allows_html: bool = False) -> str:
    """The prose as Markdown in which no reader of Markdown finds a script to run.

    Code stays as it is; of pictures their text remains, for what they show is elsewhere. HTML is
    text, or with ``allows_html`` what of it is harmless.
    """
    told = _LINE_END.sub("\n", _without_comments(markdown)).removesuffix("\n")
    lines, tame = told.split("\n"), partial(_tame_lines, allows_html=allows_html)
    tamed: list[str] = []
    position = 0
    for token in (_WITH_HTML if allows_html else _MARKDOWN).parse(told):
        if token.type in ("fence", "code_block", "html_block") and token.map:
            tamed += tame(lines[position : token.map[0]])
            held = lines[slice(*token.map)]
            tamed += _tame_html("\n".join(held)) if token.type == "html_block" else held
            position = token.map[1]
    return "\n".join((*tamed, *tame(lines[position:])))


def _without_comments(markdown: str) -> str:
    """``markdown`` without what its author only notes, outside of code."""
    return _COMMENT.sub(lambda found: found[0] if found["ticks"] else "", markdown)


def _render(markdown: str, name: str, manner: _Manner) -> str:
    parser, wording = manner.parser, manner.wording
    tokens = parser.parse(_without_comments(markdown))
    for place, token in enumerate(tokens):
        if token.type == "alert_title_open":
            title = box_names(wording)[tokens[place - 1].meta["kind"].lower()]
            tokens[place + 1].children = parser.parseInline(title)[0].children
        elif token.type == "list_item_open" and "checked" in token.meta:
            _tick(tokens[place:], token)
        elif is_admonition(token):
            inner = _render(token.content, f"{name}-{place}", manner)
            token.type, token.content = "html_block", _box(token.info, inner, wording)
        _tame(token)
        if token.children and manner.pressed is not None:
            token.children = list(_with_caps(token.children, manner.pressed, wording))
    html = str(parser.renderer.render(tokens, parser.options, {"docId": name}))
    return html.replace("<table>", _TABLE).replace("</table>", "</table></div>")


def _box(info: str, content: str, wording: Wording) -> str:
    """A box of MyST's as HTML; ``info`` is its kind in braces, and the title that it may have."""
    kind, _, title = info.strip().removeprefix("{").partition("}")
    heading = title.strip() or box_names(wording).get(kind, "")
    shown = f'<p class="heading">{escape(heading)}</p>\n' if heading else ""
    return f'<div class="note" role="note">\n{shown}{content}</div>\n'


def _tick(tokens: Sequence[Token], item: Token) -> None:
    """Show whether a task is done by a sign: what is only shown must not look as if it worked."""
    text = next(token for token in tokens if token.type == "inline")
    if text.children:
        text.children[0].content = _TICKS[item.meta.pop("checked")] + text.children[0].content


def _with_caps(
    tokens: Sequence[Token], pressed: Collection[str], wording: Wording
) -> Iterator[Token]:
    """``tokens`` of a line, with keys in bold as key caps; links stay as they are."""
    links = 0
    ends_at = 0
    for place, token in enumerate(tokens):
        if place < ends_at:
            continue
        links += token.nesting * (token.type in ("link_open", "link_close"))
        bold = tokens[place : place + 3]
        if not links and [each.type for each in bold] == ["strong_open", "text", "strong_close"]:
            keys = split_keys(bold[1].content, pressed, wording)
            if keys:
                caps = "+".join(f"<kbd>{escape(key)}</kbd>" for key in keys)
                ends_at = place + 3
                yield Token("html_inline", "", 0, content=f'<span class="keys">{caps}</span>')
                continue
        yield token


def _passages(tokens: Iterable[Token]) -> Iterator[Passage]:
    """Those of blocks, and of the blocks in them."""
    is_note = False
    for token in tokens:
        if token.type.rpartition("_")[0] in ("footnote_block", "alert_title"):
            is_note = token.nesting == 1
        elif is_admonition(token):
            yield Passage(plain_prose(token.content))
        elif token.type == "inline" and not is_note:
            children = token.children or ()
            yield Passage(_on_one_line(_plain_text(children)), tuple(_bold_texts(children)))


def _bold_texts(tokens: Iterable[Token]) -> Iterator[str]:
    held: list[Token] | None = None
    for token in tokens:
        if token.type == "strong_open":
            held = []
        elif token.type == "strong_close":
            yield _on_one_line(_plain_text(held or ()))
            held = None
        elif held is not None:
            held.append(token)


def _on_one_line(text: str) -> str:
    return " ".join(text.split())


def _tame(token: Token) -> None:
    if token.type in ("heading_open", "heading_close"):
        token.tag = "p"
    if token.type in ("heading_open", "alert_title_open"):
        token.attrSet("class", "heading")
    if token.type == "alert_open":
        token.attrs = {"class": "note", "role": "note"}
    if token.type == "math_block":
        token.type, token.content = "html_block", render_formula(token.content, block=True)
    if style := token.attrs.pop("style", None):
        token.attrSet("class", str(style).removeprefix("text-align:"))
    for child in token.children or ():
        _tame_inline(child)


def _tame_inline(token: Token) -> None:
    """A picture from elsewhere would break a guide that must stand alone: its text remains."""
    if token.type == "link_open":
        token.attrSet("rel", "noreferrer")
    if token.type == "image" and not str(token.attrGet("src")).startswith("data:"):
        token.type, token.content = "text", _plain_text(token.children or ())
    if token.type == "math_inline":
        token.type, token.content = "html_inline", render_formula(token.content)


def _plain_text(tokens: Iterable[Token]) -> str:
    return "".join(token.content or " " * (token.type == "softbreak") for token in tokens)


def _tame_lines(lines: list[str], *, allows_html: bool) -> list[str]:
    """Code may run over line ends, so all lines are read as one."""
    if not lines:
        return []
    pattern = _RISKY_HTML if allows_html else _RISKY
    return pattern.sub(_tame_match, "\n".join(lines)).split("\n")


def _tame_html(html: str) -> list[str]:
    """Each tag by itself, for Markdown may stand between two; nothing in HTML is code."""
    return _TAGS.sub(_tame_match, html).split("\n")


def _tame_match(match: re.Match[str]) -> str:
    if match.group() == "<":
        return "&lt;"
    if tag := match["tag"]:
        return sanitise_tag(tag)
    if match["silent"]:
        return ""
    if match["alt"] is not None:
        return match["alt"].replace("<", "&lt;")
    link = match["link"]
    if link is None or _MARKDOWN.validateLink(_MARKDOWN.normalizeLink(unescape(link))):
        return match.group()
    return "\\" + match.group()

"""The prose of a step: Markdown made into safe HTML, safe Markdown, or one plain line."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt
from markupsafe import Markup

if TYPE_CHECKING:
    from markdown_it.token import Token

__all__ = ["render_prose", "summarise_prose", "tame_prose"]

_LONGEST_SUMMARY = 64
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
_SENTENCE = re.compile(r".+?[.!?:](?=\s|$)")
_COMMENT = re.compile(r"(?<!`)(?P<ticks>`+)(?!`).*?(?<!`)(?P=ticks)(?!`)|<!--.*?-->[ ]?", re.DOTALL)
_RISKY = re.compile(
    r"(?<!`)(?P<ticks>`+)(?!`).*?(?<!`)(?P=ticks)(?!`)"
    r"|\\."
    r"|<(?:https?|mailto):[^<>\s]*>"
    r"|!\[(?P<alt>[^\[\]]*)\]\((?!data:)[^()]*\)"
    r"|\](?:\(|:)\s*(?P<link>[^\s()<>]*)"
    r"|<",
    re.DOTALL,
)


def render_prose(markdown: str) -> Markup:
    """The prose as HTML that holds no foreign markup, script, style or outside picture.

    Headings become paragraphs, for a step has one already.
    """
    tokens = _MARKDOWN.parse(_without_comments(markdown))
    for token in tokens:
        _tame(token)
    return Markup(_MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {}))  # noqa: S704 - escaped by markdown-it


def summarise_prose(markdown: str) -> str:
    """The first sentence as plain text, shortened."""
    parsed = _MARKDOWN.parse(_without_comments(markdown))
    inline = next((token for token in parsed if token.type == "inline"), None)
    text = " ".join(_plain_text(inline.children or () if inline else ()).split())
    sentence = _SENTENCE.match(text)
    text = (sentence.group() if sentence else text).rstrip(".:")
    if len(text) <= _LONGEST_SUMMARY:
        return text
    return text[:_LONGEST_SUMMARY].rsplit(" ", 1)[0].rstrip(",;") + "…"


def tame_prose(markdown: str) -> str:
    """The prose as Markdown in which no reader of Markdown finds HTML or a script to run.

    Code stays as it is; of pictures their text remains, for what they show is elsewhere.
    """
    lines = _without_comments(markdown).splitlines()
    tamed: list[str] = []
    position = 0
    for token in _MARKDOWN.parse(markdown):
        if token.type in ("fence", "code_block") and token.map:
            tamed += _tame_lines(lines[position : token.map[0]])
            tamed += lines[slice(*token.map)]
            position = token.map[1]
    return "\n".join((*tamed, *_tame_lines(lines[position:])))


def _without_comments(markdown: str) -> str:
    """``markdown`` without what its author only notes, outside of code."""
    return _COMMENT.sub(lambda found: found[0] if found["ticks"] else "", markdown)


def _tame(token: Token) -> None:
    if token.type in ("heading_open", "heading_close"):
        token.tag = "p"
    if token.type == "heading_open":
        token.attrSet("class", "heading")
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


def _plain_text(tokens: Iterable[Token]) -> str:
    return "".join(token.content or " " * (token.type == "softbreak") for token in tokens)


def _tame_lines(lines: list[str]) -> list[str]:
    """Code may run over line ends, so all lines are read as one."""
    return _RISKY.sub(_tame_match, "\n".join(lines)).split("\n") if lines else []


def _tame_match(match: re.Match[str]) -> str:
    if match.group() == "<":
        return "&lt;"
    if match["alt"] is not None:
        return match["alt"].replace("<", "&lt;")
    link = match["link"]
    if link is None or _MARKDOWN.validateLink(_MARKDOWN.normalizeLink(unescape(link))):
        return match.group()
    return "\\" + match.group()

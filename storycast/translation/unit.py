"""Units: the sentences of Markdown as it is written, each of which is translated by itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from narration.prose import is_admonition, parse_markdown
from narration.sentence import split_sentences

if TYPE_CHECKING:
    from markdown_it.token import Token

__all__ = ["Unit", "find_units", "rewrite"]

# No sentence ends inside of these.
_WHOLE = re.compile(
    r"<!--.*?-->|(`+)(?:(?!\1).)+\1|\*\*(?:(?!\*\*).)+\*\*|__(?:(?!__).)+__"
    r"|\$[^$]+\$|!?\[[^\]]*\]\([^)]*\)|<[^<>]+>"
)
_ALERT = re.compile(r"\[!\w+\]")  # GitHub's boxes
_BEFORE = re.compile(r"(?:\[[ xX]\]\s)?(?:\s*<!--(?:(?!-->).)*-->)*\s*")
_BEHIND = re.compile(r"\s*(?:<!--(?:(?!-->).)*-->\s*)+$")
_HAN = ("。", "！", "？")  # noqa: RUF001 - no space follows these
_UNWRITTEN = re.compile(r"<!--.*?-->|!\[[^\]]*\]\([^)]*\)|<[^<>]*>")


@dataclass(frozen=True)
class Unit:
    """A sentence with its markup; ``line`` counts from 0."""

    text: str
    line: int


@dataclass(frozen=True)
class _Stretch:
    """Running text: from a line and column to another, in which it may be broken into lines."""

    first: int
    start: int
    last: int
    end: int
    text: str
    is_cell: bool


def find_units(markdown: str) -> tuple[Unit, ...]:
    """Return what is to be translated of ``markdown``, in order.

    Headings, paragraphs, entries of lists and cells of tables are, a sentence each; blocks of code
    and of math are not, nor are comments before and behind a sentence.
    """
    return tuple(
        Unit(text[start:end], stretch.first)
        for stretch in _stretches(markdown)
        for text in (stretch.text,)
        for start, end in _spans(text)
    )


def rewrite(markdown: str, translate: Callable[[str], str]) -> str:
    """Return ``markdown`` with each of its units as ``translate`` says it."""
    lines = markdown.split("\n")
    for stretch in reversed(_stretches(markdown)):
        said, behind = "", 0
        for start, end in _spans(stretch.text):
            told = " ".join(translate(stretch.text[start:end]).split())
            between = stretch.text[behind:start]
            said += between.lstrip() if said.endswith(_HAN) else between
            said += told
            behind = end
        said += stretch.text[behind:]
        if stretch.is_cell:
            said = re.sub(r"(?<!\\)\|", r"\\|", said)
        before = lines[stretch.first][: stretch.start]
        after = lines[stretch.last][stretch.end :]
        lines[stretch.first : stretch.last + 1] = [before + said + after]
    return "\n".join(lines)


def _stretches(markdown: str) -> list[_Stretch]:
    # Footnotes come last, wherever they stand.
    return sorted(_found(markdown), key=lambda stretch: (stretch.first, stretch.start))


def _found(markdown: str) -> Iterator[_Stretch]:
    lines = markdown.split("\n")
    is_cell = False
    line, column = 0, 0
    for token in parse_markdown(markdown):
        if token.type in ("th_open", "td_open"):
            is_cell = True
        elif token.type in ("th_close", "td_close"):
            is_cell = False
        elif is_admonition(token) and token.map:
            # What is in the box stands below its first line.
            yield from _inside(token, lines)
        elif token.type == "inline" and token.map and token.content.strip():
            if token.map[0] != line:
                line, column = token.map[0], 0
            found = _locate(token, lines, line, column, is_cell=is_cell)
            if found is not None:
                line, column = found.last, found.end
                yield found


def _inside(box: Token, lines: Sequence[str]) -> Iterator[_Stretch]:
    first = (box.map or [0])[0] + 1
    content = box.content.split("\n")
    indent = len(lines[first]) - len(lines[first].lstrip()) if first < len(lines) else 0
    own = len(content[0]) - len(content[0].lstrip())
    shift = max(indent - own, 0)
    for stretch in _found(box.content):
        yield replace(
            stretch,
            first=stretch.first + first,
            start=stretch.start + shift,
            last=stretch.last + first,
            end=stretch.end + shift,
        )


def _locate(
    token: Token, lines: Sequence[str], line: int, column: int, *, is_cell: bool
) -> _Stretch | None:
    """Find where the text of ``token`` stands; None where it is written in another way."""
    content = token.content.split("\n")
    if len(content) > 1 and _ALERT.fullmatch(content[0].strip()):
        content, line, column = content[1:], line + 1, 0
    written = [part.strip() for part in content]
    if is_cell:
        written = [part.replace("|", r"\|") for part in written]
    start = lines[line].find(written[0], column)
    last = line + len(written) - 1
    if start < 0 or last >= len(lines):
        return None
    begin = start if last == line else 0
    behind = lines[last].find(written[-1], begin)
    if behind < 0:
        return None
    text = " ".join(part.strip().removesuffix("\\") for part in content)
    return _Stretch(line, start, last, behind + len(written[-1]), text, is_cell)


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Where each sentence begins and ends, without the comments around it."""
    whole = [match.span() for match in _WHOLE.finditer(text)]
    for start, end in split_sentences(text, whole):
        sentence = text[start:end]
        before, behind = _BEFORE.match(sentence), _BEHIND.search(sentence)
        first = start + (before.end() if before else 0)
        last = start + behind.start() if behind else end
        if any(map(str.isalpha, _UNWRITTEN.sub("", text[first:last]))):
            yield first, last

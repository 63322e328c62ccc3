"""Prose: the sentences of a piece of Markdown, as they are written and as they are spoken."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt
from mdit_py_plugins.colon_fence import colon_fence_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin

from narration.kana import read_kanji
from narration.lexicon import Terms, respell, respell_math
from narration.sentence import split_sentences
from narration.track import Hint, Name
from narration.word import split_words

if TYPE_CHECKING:
    from markdown_it.token import Token

__all__ = ["NO_TERMS", "Sentence", "Word", "is_admonition", "parse_markdown", "read_prose"]

NO_TERMS: Mapping[str, str] = MappingProxyType({})

_MARKDOWN = (
    MarkdownIt("commonmark")
    .enable(["table", "strikethrough"])
    .use(footnote_plugin)
    .use(dollarmath_plugin, allow_space=False, allow_digits=False)
    .use(colon_fence_plugin)
)
_SPACE = re.compile(r"\s+")
_COMMENT = re.compile(r"<!--\s*(.*?)\s*-->", re.DOTALL)
# MyST's boxes of text, as fences; other fences are no prose.
_ADMONITION = re.compile(
    r"\{(admonition|attention|caution|danger|error|hint|important|note|seealso|tip|warning)\}"
)
# GitHub's boxes and the ticks of lists of tasks, at the start of a paragraph.
_MARK = re.compile(r"^(?:\[!\w+\]|\[[ xX]\](?=\s))\s*")
# Bold text that is longer is emphasis, not the name of a thing on a page.
_LONGEST_NAME = 80


@dataclass(frozen=True)
class Word:
    """A word that is heard.

    ``start`` and ``end`` are its characters in the sentence as written; ``spoken`` is what a voice
    is given for it, and ``spoken_start`` where that stands in the sentence as spoken.
    """

    start: int
    end: int
    spoken: str
    spoken_start: int

    @property
    def spoken_end(self) -> int:
        """The character of the spoken sentence behind it."""
        return self.spoken_start + len(self.spoken)


@dataclass(frozen=True)
class Sentence:
    """A sentence: ``written`` for captions, ``spoken`` for the voice, and what joins the two.

    ``names`` are its bold words, ``hints`` the comments in it, with character positions in
    ``written``.
    """

    written: str
    spoken: str
    words: tuple[Word, ...]
    names: tuple[Name, ...] = ()
    hints: tuple[Hint, ...] = ()
    ends_paragraph: bool = False


@dataclass
class _Paragraph:
    """Running text without its markup; ``bold``, ``code`` and ``math`` are stretches of it.

    ``hints`` are comments and where they stand.
    """

    text: str = ""
    hints: list[tuple[int, str]] = field(default_factory=list)
    bold: list[tuple[int, int]] = field(default_factory=list)
    code: list[tuple[int, int]] = field(default_factory=list)
    math: list[tuple[int, int]] = field(default_factory=list)

    def add(self, text: str) -> None:
        """Add text; white space of any kind and length is one space, and none at the start."""
        text = _SPACE.sub(" ", text)
        self.text += text.lstrip() if not self.text or self.text.endswith(" ") else text


def read_prose(
    markdown: str, *, language: str = "en", terms: Mapping[str, str] = NO_TERMS
) -> tuple[Sentence, ...]:
    """Return the sentences of ``markdown`` that are to be spoken, in order.

    Paragraphs, list items, quotes, admonitions and the rows of tables are read, with the text of
    links, inline code and inline math. Headings, pictures, blocks of code and of math, footnotes,
    what is struck out, HTML and comments are not. ``language`` is a
    BCP 47 tag and decides how keys, paths, file names and signs are said; ``terms`` are words and
    how they are said instead.
    """
    own = tuple(sorted(terms.items()))
    sentences: list[Sentence] = []
    for paragraph in _with_comments(parse_markdown(markdown)):
        found = [_sentence(paragraph, *span, language, own) for span in _split(paragraph)]
        found = [sentence for sentence in found if sentence.words]
        sentences += found[:-1]
        sentences += (replace(sentence, ends_paragraph=True) for sentence in found[-1:])
    return tuple(sentences)


def parse_markdown(markdown: str) -> list[Token]:
    """Return the tokens of Markdown as it is read here: CommonMark, tables, footnotes and math."""
    return _MARKDOWN.parse(markdown)


def is_admonition(token: Token) -> bool:
    """Whether a block is one of MyST's boxes, whose content is Markdown again."""
    is_fence = token.type in ("fence", "colon_fence")
    return is_fence and _ADMONITION.match(token.info.strip()) is not None


def _with_comments(tokens: Sequence[Token]) -> list[_Paragraph]:
    """All paragraphs; a comment between two of them belongs to the end of the first."""
    paragraphs: list[_Paragraph] = []
    begun: list[str] = []
    start = 0
    for place, token in enumerate([*tokens, None]):
        if token is None or token.type == "html_block":
            paragraphs += _paragraphs(tokens[start:place])
            start = place + 1
            comments = _COMMENT.findall(token.content) if token is not None else []
            if paragraphs:
                end = len(paragraphs[-1].text)
                paragraphs[-1].hints += [(end, comment) for comment in comments]
            else:
                begun += comments
    if paragraphs:
        paragraphs[0].hints[:0] = [(0, text) for text in begun]
    return paragraphs


def _paragraphs(tokens: Iterable[Token]) -> Iterator[_Paragraph]:
    """Walk Markdown's blocks; a row of a table is one paragraph, its cells set off by commas."""
    is_unread = False
    row: _Paragraph | None = None
    for token in tokens:
        if token.type.rpartition("_")[0] in ("heading", "footnote_block"):
            is_unread = token.nesting == 1
        elif is_admonition(token):
            yield from _with_comments(parse_markdown(token.content))
        elif token.type == "tr_open":
            row = _Paragraph()
        elif token.type == "tr_close" and row is not None:
            yield row
            row = None
        elif token.type == "inline" and not is_unread:
            paragraph = row or _Paragraph()
            paragraph.add(", " if paragraph.text and token.content else "")
            _add_inline(paragraph, token.children or ())
            if row is None:
                yield paragraph


def _add_inline(paragraph: _Paragraph, tokens: Iterable[Token]) -> None:
    """Add running text; a picture's own words stay out, as they are the tokens below it."""
    opened: list[int] = []
    struck = 0
    for token in tokens:
        start = len(paragraph.text)
        struck += token.nesting if token.type in ("s_open", "s_close") else 0
        if struck:
            continue
        if token.type == "text":
            paragraph.add(token.content if paragraph.text else _MARK.sub("", token.content))
        elif token.type in ("code_inline", "math_inline"):
            paragraph.add(token.content)
        elif token.type in ("softbreak", "hardbreak") or token.content.startswith("<br"):
            paragraph.add(" ")
        elif token.type == "html_inline" and (comment := _COMMENT.fullmatch(token.content)):
            paragraph.hints.append((start, comment[1]))
        elif token.type == "strong_open":
            opened.append(start)
        elif token.type == "strong_close":
            paragraph.bold.append((opened.pop(), start))
        if token.type == "code_inline":
            paragraph.code.append((start, len(paragraph.text)))
        elif token.type == "math_inline":
            paragraph.math.append((start, len(paragraph.text)))


def _split(paragraph: _Paragraph) -> tuple[tuple[int, int], ...]:
    """Split into sentences, none of which ends inside a name or a piece of code."""
    stretches = sorted(paragraph.bold + paragraph.code + paragraph.math)
    whole = [(start, end) for start, end in stretches if end - start <= _LONGEST_NAME]
    return split_sentences(paragraph.text, whole)


def _sentence(paragraph: _Paragraph, start: int, end: int, language: str, terms: Terms) -> Sentence:
    written = paragraph.text[start:end]
    names = tuple(
        Name(text=written[first - start : last - start], start=first - start, end=last - start)
        for first, last in (_trim(paragraph.text, *stretch) for stretch in paragraph.bold)
        if start <= first < last <= end
    )
    hints = tuple(
        Hint(text=text, start=min(max(0, place - start), end - start))
        for place, text in paragraph.hints
        if start <= place < end
        or (place < start and not paragraph.text[place:start].strip())
        or (place >= end == len(paragraph.text.rstrip()))
    )
    words: list[Word] = []
    spoken, behind = "", 0
    kanji = read_kanji(written) if language.lower().startswith("ja") else {}
    for first, last in _spoken_words(written, kanji):
        is_math = any(begin <= start + first < end_ for begin, end_ in paragraph.math)
        say = respell_math if is_math else respell
        text = kanji[first][1] + written[kanji[first][0] : last] if first in kanji else None
        said = say(text or written[first:last], language, terms)
        if said:
            # Han words follow each other without a space, and a voice must get them so.
            spoken += " " if spoken and " " in written[behind:first] else ""
            words.append(Word(first, last, said, len(spoken)))
            spoken += said
            behind = last
    return Sentence(written, spoken, tuple(words), names, hints)


def _spoken_words(written: str, kanji: Mapping[int, tuple[int, str]]) -> Iterator[tuple[int, int]]:
    """Yield the words of ``written``; those of several kanji are one, as they are read as one."""
    begun: int | None = None
    for first, last in split_words(written):
        start = first if begun is None else begun
        goes_on = start in kanji and kanji[start][0] > last
        begun = start if goes_on else None
        if not goes_on:
            yield start, last


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    part = text[start:end]
    return start + len(part) - len(part.lstrip()), start + len(part.rstrip())

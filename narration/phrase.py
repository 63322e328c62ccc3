"""Phrases: where running text may be broken in two, and how well it reads there."""

# ruff: noqa: RUF001 (the marks of many scripts are meant)

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import budoux

__all__ = ["count_columns", "cut_word", "is_abbreviation", "rate_break", "split_phrases"]

_KANA = re.compile("[\u3040-\u30ff]")
_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff]")
_THAI = re.compile("[\u0e00-\u0e7f]")

_SENTENCE_END = re.compile(r"[.!?…。！？؟۔।][\"'”’»)\]」』）]*$")
_CLAUSE_END = re.compile(r"[,;:،؛、，；：–—][\"'”’»)\]」』）]*$")
_CUT_AFTER = "/\\.-_?&=:,"


def count_columns(text: str) -> int:
    """Return how wide ``text`` is: Han and kana fill two columns, combining marks none."""
    return sum(map(_width, text))


def _width(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1


def rate_break(word: str, following: str, language: str) -> int:
    """Return how badly a break between two words reads: 0 is best, 100 is not to be done."""
    if _SENTENCE_END.search(word):
        return 0
    if _CLAUSE_END.search(word):
        return 1
    clinging, opening = _words(language.lower().partition("-")[0])
    if word.strip("\"'“‘«(").lower() in clinging:
        return 100
    if following.lower().rstrip(",") in opening:
        return 3
    return 5 if following.lower() in clinging else 8


def split_phrases(text: str) -> tuple[str, ...]:
    """Cut text without spaces (Japanese, Chinese, Thai) where a reader would pause.

    Joined the phrases are ``text``. Text of other scripts is one phrase: its spaces tell.
    """
    for letters, language in ((_KANA, "ja"), (_HAN, "zh"), (_THAI, "th")):
        if letters.search(text):
            return tuple(_parser(language).parse(text))
    return (text,)


@cache
def _parser(language: str) -> budoux.Parser:
    import budoux  # noqa: PLC0415 - most texts have spaces

    loaders = {
        "ja": budoux.load_default_japanese_parser,
        "zh": budoux.load_default_simplified_chinese_parser,
        "th": budoux.load_default_thai_parser,
    }
    return loaders[language]()


def cut_word(word: str, columns: int) -> tuple[str, ...]:
    """Cut a word into pieces of at most ``columns``, after its own marks where it has some."""
    pieces: list[str] = []
    while count_columns(word) > columns:
        widest = max(end for end in range(1, len(word)) if count_columns(word[:end]) <= columns)
        marks = [end for end in range(widest // 2, widest + 1) if word[end - 1] in _CUT_AFTER]
        end = max(marks, default=widest)
        pieces.append(word[:end])
        word = word[end:]
    return (*pieces, word)


def is_abbreviation(word: str) -> bool:
    """Say whether ``word``, without its last full stop, is an abbreviation ("e.g")."""
    return word.lower() in str(_tables()["abbreviations"]).split()


@cache
def _words(language: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the clinging and the opening words of ``language``."""
    own = _tables().get(language, {"clinging": "", "opening": ""})
    return frozenset(own["clinging"].split()), frozenset(own["opening"].split())


@cache
def _tables() -> dict[str, Any]:
    return tomllib.loads((files("narration") / "phrase.toml").read_text(encoding="utf-8"))

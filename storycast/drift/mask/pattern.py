"""Patterns: regular expressions of text that differs from take to take."""

from __future__ import annotations

import re
from collections.abc import Sequence

__all__ = ["find_pattern"]

_TOKEN = re.compile(r"\d+|[^\W\d_]+|.")
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sep(?:t(?:ember)?)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
)
_DAY = (
    r"(?:Mon(?:day)?|Tue(?:s(?:day)?)?|Wed(?:nesday)?|Thu(?:rs(?:day)?)?|Fri(?:day)?"
    r"|Sat(?:urday)?|Sun(?:day)?)"
)
_CALENDAR = (_MONTH, _DAY)
_HEX = re.compile(r"(?=.*\d)[0-9a-f]{6,}")
_GENERATED = re.compile(r"(?=.*\d)(?=.*[A-Za-z])[\w-]{5,}")
_DATE = re.compile(r"\d+([-/.])\d+\1\d+")


def find_pattern(before: str, after: str) -> str:
    """Return a pattern of what differs between two texts; empty where it would match too much.

    Numbers, dates and generated ids become what they have in common. The word beside them stays as
    it is, so that no other number is masked.
    """
    old, new = before.split(), after.split()
    places = [place for place, (one, two) in enumerate(zip(old, new, strict=False)) if one != two]
    if len(old) != len(new) or not places:
        return ""
    first, last = _widened(old, places[0], places[-1])
    words = [_common(one, two) for one, two in zip(old, new, strict=True)]
    core = words[first : last + 1]
    if not all(core):
        return ""
    pattern = r"\s+".join(core)
    if first > 0 and _is_plain(old[first - 1]):
        return rf"{re.escape(old[first - 1])}\s+{pattern}"
    if last + 1 < len(old) and _is_plain(old[last + 1]):
        return rf"{pattern}\s+{re.escape(old[last + 1])}"
    return pattern if _is_telling(old[first : last + 1]) else ""


def _widened(words: Sequence[str], first: int, last: int) -> tuple[int, int]:
    """All of a date of which a part differs."""
    start, end = first, last
    while start > 0 and _is_of_date(words[start - 1]):
        start -= 1
    while end + 1 < len(words) and _is_of_date(words[end + 1]):
        end += 1
    names = any(_in_calendar(token) for word in words[start : end + 1] for token in _tokens(word))
    return (start, end) if names else (first, last)


def _is_of_date(word: str) -> bool:
    tokens = [token for token in _tokens(word) if token.isalnum()]
    return bool(tokens) and all(token.isdecimal() or _in_calendar(token) for token in tokens)


def _in_calendar(token: str) -> str:
    """What matches all of its kind: months, or days of the week; empty for another word."""
    return next((names for names in _CALENDAR if re.fullmatch(names, token)), "")


def _common(one: str, other: str) -> str:
    """What matches both words, and others like them; empty where they have nothing in common."""
    if _HEX.fullmatch(one) and _HEX.fullmatch(other):
        return "[0-9a-f]{6,}"
    pairs = list(zip(_tokens(one), _tokens(other), strict=False))
    found = [_common_token(*pair) for pair in pairs]
    if len(_tokens(one)) == len(_tokens(other)) and all(found):
        return "".join(found)
    both = _GENERATED.fullmatch(one) and _GENERATED.fullmatch(other)
    return r"[\w-]{5,}" if both else ""


def _common_token(one: str, other: str) -> str:
    if one.isdecimal() and other.isdecimal():
        return r"\d+"
    named = _in_calendar(one)
    if named and named == _in_calendar(other):
        return named
    return re.escape(one) if one == other else ""


def _tokens(word: str) -> list[str]:
    return _TOKEN.findall(word)


def _is_plain(word: str) -> bool:
    """Whether a word tells what stands beside it."""
    return sum(letter.isalpha() for letter in word) > 1 and not _in_calendar(word.strip(",.:"))


def _is_telling(words: Sequence[str]) -> bool:
    """Whether a text is a date, an id or the like by its form alone."""
    text = " ".join(words)
    letters = any(letter.isalpha() for letter in text)
    return letters or bool(_DATE.search(text))

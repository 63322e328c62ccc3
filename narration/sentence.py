"""Sentences of a paragraph: where one ends and the next begins."""

# ruff: noqa: RUF001 (the marks of many scripts are meant)

from __future__ import annotations

import re
from collections.abc import Sequence

from narration.lexicon import is_name
from narration.phrase import is_abbreviation

__all__ = ["split_sentences"]

# A mark that ends a sentence, and what closes behind it. Han marks need no space after them.
_HAN = "。！？｡"
_END = re.compile(rf"[.!?…؟۔।]+[\"'”’»)\]]*(?=\s)|[{_HAN}]+[」』”’）)]*")
_LAST_WORD = re.compile(r"[^\s(\[\"'“‘«]*$")
# "No. 5", "Fig. 2", "Nr. 3": before a number these end no sentence.
_NUMBERED = re.compile(r"(?:^|[\s(])(?:Nos?|Nr|Figs?|Abb|Eqs?|Ch|Sec|Vol|pp?|S|Art)$")
_NEXT_WORD = re.compile(r"\S*")


def split_sentences(
    text: str, whole: Sequence[tuple[int, int]] = ()
) -> tuple[tuple[int, int], ...]:
    """Return where each sentence of the paragraph ``text`` starts and ends, spaces left out.

    ``whole`` are stretches (a bold name, a piece of code) inside of which no sentence ends. What is
    left after the last mark is a sentence too.
    """
    ends = [match.end() for match in _END.finditer(text) if _ends(text, match, whole)]
    spans: list[tuple[int, int]] = []
    start = 0
    for end in [*ends, len(text)]:
        part = text[start:end]
        if part.strip():
            spans.append((start + len(part) - len(part.lstrip()), start + len(part.rstrip())))
        start = end
    return tuple(spans)


def _ends(text: str, mark: re.Match[str], whole: Sequence[tuple[int, int]]) -> bool:
    if any(start <= mark.start() and mark.end() < end for start, end in whole):
        return False
    if mark[0][0] in _HAN:
        # Japanese goes on after what was said: 「…」と答える.
        return not (mark[0][-1] not in _HAN and text.startswith("と", mark.end()))
    following = mark.end() + 1
    if following >= len(text):
        return True
    if mark[0].startswith(".") and _is_short(text[: mark.start()]):
        return False
    if mark[0] == "." and text[following].isdigit() and _NUMBERED.search(text[: mark.start()]):
        return False
    word = _NEXT_WORD.match(text, following)
    is_special = any(start == following for start, _ in whole) or is_name(word[0] if word else "")
    return is_special or not text[following].islower()


def _is_short(text: str) -> bool:
    """Say whether the last word of ``text`` is an abbreviation, or an initial ("J. Doe")."""
    found = _LAST_WORD.search(text)
    word = found[0] if found else ""
    return is_abbreviation(word) or (len(word) == 1 and word.isupper() and word != "I")

"""Words of a text: where they stand, and when they are heard."""

# ruff: noqa: RUF001 (the marks of many scripts are meant)

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

__all__ = ["WordTime", "share_time", "split_words", "time_words"]

# Han and kana are written without spaces: each character is a word for us, so that long text can
# be timed and broken anywhere but where Japanese typesetting (kinsoku) forbids it.
_IDEOGRAPH = "\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_OPENING = "「『（【《〈〔"
_CLOSING = "、。，．！？：；…・」』）】》〉〕ーぁぃぅぇぉっゃゅょァィゥェォッャュョ"
# French sets its marks apart with spaces, and a dash stands between them: both belong to the
# word before, and « to the word behind.
_WORD = re.compile(
    rf"(?:[«‹]\s+)?"
    rf"(?:[{_OPENING}]*(?:[{_IDEOGRAPH}][{_CLOSING}]*|[^\s{_IDEOGRAPH}{_OPENING}]+)|\S)"
    rf"(?:\s+[-–—…:;!?»›]+(?!\S))*"
)


@dataclass(frozen=True)
class WordTime:
    """A word of a spoken text: character positions in it, and milliseconds from its start."""

    start: int
    end: int
    start_ms: int
    end_ms: int


def split_words(text: str) -> tuple[tuple[int, int], ...]:
    """Return where each word of ``text`` starts and ends, its punctuation included."""
    return tuple(match.span() for match in _WORD.finditer(text))


def time_words(
    text: str, onsets: Sequence[tuple[int, int]], duration_ms: int
) -> tuple[WordTime, ...]:
    """Say when each word of ``text`` is heard.

    ``onsets`` are what an engine told, in order: a character position and the millisecond at which
    the sound of what stands there begins. Words that an engine runs together ("of the" is one
    event) share their time by letters; of several events in one word the first counts. Without
    any onset the whole duration is shared by letters.
    """
    spans = split_words(text)
    known = _first_onsets(spans, onsets, duration_ms)
    words: list[WordTime] = []
    for (first, start_ms), (last, end_ms) in pairwise([*known.items(), (len(spans), duration_ms)]):
        group = spans[first:last]
        times = share_time([text[start:end] for start, end in group], start_ms, end_ms)
        words += (WordTime(*span, *time) for span, time in zip(group, times, strict=True))
    return tuple(words)


def _first_onsets(
    spans: Sequence[tuple[int, int]], onsets: Sequence[tuple[int, int]], duration_ms: int
) -> dict[int, int]:
    """Return the first onset of each word that has one; time never runs backwards."""
    if not spans:
        return {}
    starts = [start for start, _ in spans]
    known = {0: 0}
    for position, at_ms in onsets:
        word, latest = next(reversed(known.items()))
        index = bisect_right(starts, position) - 1
        if index > word:
            known[index] = min(max(at_ms, latest), duration_ms)
    return known


def share_time(texts: Sequence[str], start_ms: int, end_ms: int) -> list[tuple[int, int]]:
    """Share a stretch of time among ``texts`` by their letters."""
    weights = [max(1, sum(map(str.isalnum, text))) for text in texts]
    total = sum(weights) or 1
    edges = [
        start_ms + (end_ms - start_ms) * weight // total
        for weight in accumulate(weights, initial=0)
    ]
    return list(pairwise(edges))

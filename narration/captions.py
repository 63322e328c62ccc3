"""Captions: what is said, cut into pieces that can be read while it is heard.

The rules are those of Netflix's English Timed Text Style Guide: 42 characters a line, two lines, 20
characters a second, five sixths of a second to seven seconds, two frames between captions, lines
broken where the language breaks. Han and kana count as two characters.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import accumulate, groupby, zip_longest

from narration.layout import (
    COLUMNS_A_SECOND,
    LINE_COLUMNS,
    LONGEST_MS,
    SHORTEST_MS,
    Block,
    Piece,
    arrange,
    cut_blocks,
    join_line,
)
from narration.phrase import count_columns, cut_word, rate_break, split_phrases
from narration.track import Cue
from narration.word import share_time, split_words

__all__ = ["Caption", "TimedCue", "as_srt", "as_transcript", "as_webvtt", "segment_captions"]

# Two frames of a film of 25 a second.
GAP_MS = 80
# Where speech is faster than can be read, captions may lag behind it as far as this.
_LATEST_MS = 600
# A gap that is shorter flickers, so the caption before it stays.
_FLICKER_MS = 500
# Breaks that read badly, against `rate_break`: in a long word, and in the name of a thing.
_INSIDE_WORD = 20
_INSIDE_NAME = 40
_INSIDE_PHRASE = 50


@dataclass(frozen=True)
class TimedCue:
    """A cue, and the millisecond of the film at which its sound begins."""

    cue: Cue
    start_ms: int


@dataclass(frozen=True)
class Caption:
    """What stands on the screen from ``start_ms`` to ``end_ms`` of the film.

    ``times`` are, for each line, characters at which a word begins and the milliseconds of the film
    at which it is heard.
    """

    start_ms: int
    end_ms: int
    lines: tuple[str, ...]
    times: tuple[tuple[tuple[int, int], ...], ...] = ()


def segment_captions(cues: Sequence[TimedCue], *, language: str = "en") -> tuple[Caption, ...]:
    """Return the captions of ``cues``, which are in the order of their time.

    A long sentence is divided by the times of its words, and short ones in a row share a caption.
    ``language`` (BCP 47) decides where a line must not end. A word longer than a line is cut.
    Captions never overlap; each begins with its first word, or as soon as the one before lets it.
    """
    blocks = [block for cue in cues for block in cut_blocks(list(_pieces(cue, language)))]
    return tuple(_time(_join_short(blocks)))


def _pieces(timed: TimedCue, language: str) -> Iterator[Piece]:
    cue = timed.cue
    spans = split_words(cue.written)
    phrases = split_phrases(cue.written)
    starts = frozenset(accumulate(map(len, phrases), initial=0)) if len(phrases) > 1 else None
    neighbours = zip_longest(spans, spans[1:])
    for ((start, end), following), (start_ms, end_ms) in zip(
        neighbours, _word_times(cue, spans), strict=True
    ):
        text = cue.written[start:end]
        gap = " " if cue.written[:start].endswith(" ") or not (start or _is_wide(text)) else ""
        times = (timed.start_ms + start_ms, timed.start_ms + end_ms)
        cost = _rate_break(cue, text, start, following, language)
        if starts is not None and following and following[0] not in starts:
            cost = max(cost, _INSIDE_PHRASE)
        yield from _cut(text, gap, times, cost)


def _word_times(cue: Cue, spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield when each written word is heard; what is not spoken falls where the last word ends."""
    if not cue.words:
        texts = [cue.written[start:end] for start, end in spans]
        yield from share_time(texts, 0, cue.duration_ms)
        return
    starts = [word.start for word in cue.words]
    latest_ms = 0
    for start, _ in spans:
        word = cue.words[max(0, bisect_right(starts, start) - 1)]
        is_heard = word.start <= start < word.end
        yield (word.start_ms, word.end_ms) if is_heard else (latest_ms, latest_ms)
        latest_ms = word.end_ms if is_heard else latest_ms


def _rate_break(
    cue: Cue, text: str, start: int, following: tuple[int, int] | None, language: str
) -> int:
    if following is None:
        return 0
    cost = rate_break(text, cue.written[slice(*following)], language)
    in_name = any(name.start <= start and following[0] < name.end for name in cue.names)
    return max(cost, _INSIDE_NAME) if in_name else cost


def _cut(text: str, gap: str, times: tuple[int, int], break_cost: int) -> Iterator[Piece]:
    """Yield a word as one piece, or as many as its length needs."""
    texts = cut_word(text, LINE_COLUMNS)
    shares = share_time(texts, *times)
    for part, share in zip(texts[:-1], shares[:-1], strict=True):
        yield Piece(part, gap, _INSIDE_WORD, *share)
        gap = ""
    yield Piece(texts[-1], gap, break_cost, *shares[-1])


def _is_wide(text: str) -> bool:
    return count_columns(text[0]) > 1


def _join_short(blocks: Sequence[Block]) -> list[Block]:
    """Let blocks that would be gone too soon share a caption with a neighbour, where both fit."""
    joined: list[Block] = []
    for block in blocks:
        if joined and block[0].start_ms - GAP_MS - joined[-1][0].start_ms < SHORTEST_MS:
            if _fit(joined[-1] + block):
                joined[-1] += block
                continue
            if len(joined) > 1 and _fit(joined[-2] + joined[-1]):
                joined[-2:] = [joined[-2] + joined[-1]]
        joined.append(block)
    return joined


def _fit(block: Block) -> bool:
    return block[-1].end_ms - block[0].start_ms <= LONGEST_MS and arrange(block) is not None


def _time(blocks: Sequence[Block]) -> Iterator[Caption]:
    earliest_ms = 0
    for block, following in zip_longest(blocks, blocks[1:]):
        start_ms = max(block[0].start_ms, earliest_ms)
        arranged = arrange(block) or ()
        lines = tuple(join_line(line) for line in arranged)
        read_ms = -(-sum(map(count_columns, lines)) * 1000 // COLUMNS_A_SECOND)
        end_ms = max(block[-1].end_ms, start_ms + max(SHORTEST_MS, read_ms))
        if following:
            latest_ms = following[0].start_ms - GAP_MS
            latest_ms = max(latest_ms, min(start_ms + read_ms, latest_ms + _LATEST_MS))
            end_ms = latest_ms if latest_ms - end_ms < _FLICKER_MS else end_ms
        # Two words at one moment leave no room: then the next begins two frames late.
        end_ms = max(start_ms + GAP_MS, min(end_ms, start_ms + LONGEST_MS))
        yield Caption(start_ms, end_ms, lines, tuple(_word_starts(line) for line in arranged))
        earliest_ms = end_ms + GAP_MS


def _word_starts(line: Block) -> tuple[tuple[int, int], ...]:
    """Where each word of a line begins, and when it is heard."""
    starts: list[tuple[int, int]] = []
    place = -len(line[0].gap)
    for piece in line:
        place += len(piece.gap)
        starts.append((place, piece.start_ms))
        place += len(piece.text)
    return tuple(starts)


def as_webvtt(captions: Sequence[Caption], language: str) -> str:
    """Return ``captions`` as a WebVTT file in ``language`` (BCP 47), with a time for each word.

    A word that begins with its caption has none, nor one that is heard before it can be seen.
    """
    header = f"WEBVTT\nKind: captions\nLanguage: {language}\n"
    cues = (
        f"{_stamp(caption.start_ms, '.')} --> {_stamp(caption.end_ms, '.')}\n"
        + "".join(f"{line}\n" for line in _timed_lines(caption))
        for caption in captions
    )
    return "\n".join([header, *cues])


def _timed_lines(caption: Caption) -> Iterator[str]:
    latest_ms = caption.start_ms
    for number, line in enumerate(caption.lines):
        told, behind = "", 0
        for place, at_ms in caption.times[number] if caption.times else ():
            if latest_ms < at_ms < caption.end_ms:
                told += escape(line[behind:place], quote=False) + f"<{_stamp(at_ms, '.')}>"
                behind, latest_ms = place, at_ms
        yield told + escape(line[behind:], quote=False)


def as_srt(captions: Sequence[Caption]) -> str:
    """Return ``captions`` as a SubRip file; the format has no way to escape a sign."""
    return "\n".join(
        f"{number}\n{_stamp(caption.start_ms, ',')} --> {_stamp(caption.end_ms, ',')}\n"
        + "".join(f"{line}\n" for line in caption.lines)
        for number, caption in enumerate(captions, 1)
    )


def as_transcript(cues: Sequence[Cue]) -> str:
    """Return what is said as plain text, with a blank line between passages."""
    passages = groupby(cues, key=lambda cue: cue.passage)
    return "\n".join(" ".join(cue.written for cue in group) + "\n" for _, group in passages)


def _stamp(at_ms: int, mark: str) -> str:
    seconds, milliseconds = divmod(at_ms, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}{mark}{milliseconds:03}"

"""Searches text for canaries and for what looks like a secret, and tells in which line it is."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from storycast.sweep.canary import Canary, Needle
from storycast.sweep.decoding import decodings
from storycast.sweep.model import hint_of
from storycast.sweep.shape import find_shapes, is_allowed

__all__ = ["Hit", "find_raw", "find_written"]

_OVER_LINES = "over several lines"
_GLUED = 8  # letters and digits: of fewer, what stands between them is not left out
_SPACE = re.compile(r"\s+")
_NOT_WORD = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Hit:
    """What was found in line ``line`` (from 0) of a text; ``written`` is how it stands there."""

    kind: str
    hint: str
    line: int
    form: str = ""
    written: str = field(default="", repr=False)


def find_written(text: str, canaries: Sequence[Canary], allow: Sequence[str]) -> list[Hit]:
    """Find canaries in all their forms, and usual shapes, in what somebody wrote."""
    found: dict[tuple[str, str, int], Hit] = {}
    for form, told in decodings(text):
        for hit in (*_canaries(told, canaries, form), *_shapes(told, allow, form)):
            found.setdefault((hit.kind, hit.hint, hit.line), hit)
    known = {hit.kind for hit in found.values()}
    for hit in _over_lines(text, [each for each in canaries if each.name not in known]):
        found.setdefault((hit.kind, hit.hint, hit.line), hit)
    return sorted(found.values(), key=lambda hit: (hit.line, hit.kind, hit.hint))


def find_raw(content: bytes, canaries: Sequence[Canary]) -> list[Hit]:
    """Find canaries in bytes of whatever kind."""
    return [
        Hit(canary.name, hint_of(canary.value), 0, "in its bytes")
        for canary in canaries
        if any(raw in content for raw in canary.raw)
    ]


def _canaries(text: str, canaries: Sequence[Canary], form: str) -> Iterator[Hit]:
    folded = text.casefold()
    for canary in canaries:
        for needle in canary.needles:
            where = text if needle.has_case else folded
            for start in _places(where, needle):
                end = start + len(needle.text)
                yield Hit(
                    kind=canary.name,
                    hint=hint_of(canary.value),
                    line=where.count("\n", 0, start),
                    form=needle.form or form,
                    written=where[start:end],
                )


def _places(text: str, needle: Needle) -> Iterator[int]:
    start = text.find(needle.text)
    while start >= 0:
        end = start + len(needle.text)
        around = text[start - 1 : start] + text[end : end + 1]
        if not needle.stands_alone or not any(letter.isalpha() for letter in around):
            yield start
        start = text.find(needle.text, end)


def _shapes(text: str, allow: Sequence[str], form: str) -> Iterator[Hit]:
    for match in find_shapes(text):
        if not is_allowed(match.value, allow):
            line = text.count("\n", 0, match.start)
            yield Hit(match.kind, hint_of(match.value), line, form, match.value)


def _over_lines(text: str, canaries: Sequence[Canary]) -> Iterator[Hit]:
    """Find values that go on in the next line, with or without what joins such lines."""
    if "\n" not in text:
        return
    for has_case, shown in ((True, text), (False, text.casefold())):
        for leave_out, least in ((_SPACE, 1), (_NOT_WORD, _GLUED)):
            joined = leave_out.sub("", shown)
            for canary in canaries:
                for needle in canary.needles:
                    wanted = leave_out.sub("", needle.text)
                    if needle.has_case is has_case and least <= len(wanted) and wanted in joined:
                        form = ", ".join(each for each in (needle.form, _OVER_LINES) if each)
                        lines = [leave_out.sub("", line) for line in shown.split("\n")]
                        for line in _crossings(lines, wanted):
                            yield Hit(canary.name, hint_of(canary.value), line, form)


def _crossings(lines: Sequence[str], wanted: str) -> Iterator[int]:
    """Yield the lines in which ``wanted`` begins that ends in a later one."""
    joined = "".join(lines)
    start = joined.find(wanted)
    ends = list(accumulate(len(line) for line in lines))
    while start >= 0:
        first = bisect_right(ends, start)
        if bisect_right(ends, start + len(wanted) - 1) > first:
            yield first
        start = joined.find(wanted, start + 1)

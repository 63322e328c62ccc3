"""Finds canaries and usual shapes in what was read off a picture, where letters may be misread."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz import fuzz
from rapidfuzz.distance import Editop, Levenshtein

from storycast.sweep.canary import LEAST, Canary
from storycast.sweep.model import hint_of
from storycast.sweep.search import Hit
from storycast.sweep.shape import find_shapes, is_allowed

__all__ = ["find_read"]

_PAIRS = (("rn", "m"), ("vv", "w"), ("ii", "u"))
_ALIKE = str.maketrans(
    {
        **dict.fromkeys("oq°", "0"),
        **dict.fromkeys("ijl\u0131|!\u00a1", "1"),
        "s": "5",
        "§": "5",
        "$": "5",
    }
    | {"z": "2", "b": "8", "ß": "8", "g": "9", "©": "@", "®": "@", "€": "e", "¢": "c"}
)
_LETTERS_PER_ERROR = 10
_TOLERANT = 8  # letters: a shorter one is found only as it is
_LONG = 20  # letters: so many are not alike by chance, even without a digit
_MIXED = 4  # changes from letters to digits or back
_NEAR = 2  # letters that an alignment may be off by
_GAPS = re.compile(r" *([@._-]) *")
_SIGNS = str.maketrans({"©": "@", "®": "@", "—": "-", "\u2013": "-", "\u2018": "", "\u2019": ""})


@dataclass(frozen=True)
class _Folded:
    """A text in which letters of a like look are one; ``origins`` are their places in ``text``."""

    text: str
    letters: str
    origins: tuple[int, ...]


def find_read(text: str, canaries: Sequence[Canary], allow: Sequence[str]) -> list[Hit]:
    """Find canaries and usual shapes in what was read off a picture."""
    hits = list(_shapes(text, allow))
    bare, signed = _fold(text, signs=False), _fold(text, signs=True)
    for canary in canaries:
        wanted = _fold(canary.plain, signs=False)
        read = bare
        if len(wanted.letters) < LEAST:
            wanted, read = _fold(canary.plain, signs=True), signed
        span = _find(wanted, read, canary)
        if span:
            line = text.count("\n", 0, span[0])
            hits.append(Hit(canary.name, hint_of(canary.value), line, "in the picture"))
    return hits


def _shapes(text: str, allow: Sequence[str]) -> Iterator[Hit]:
    seen = set()
    for read in (text, _GAPS.sub(r"\1", text.translate(_SIGNS))):
        for match in find_shapes(read):
            line = read.count("\n", 0, match.start)
            hit = Hit(match.kind, hint_of(match.value), line, "in the picture", match.value)
            if not is_allowed(match.value, allow) and (hit.kind, hit.line) not in seen:
                seen.add((hit.kind, hit.line))
                yield hit


def _fold(text: str, *, signs: bool) -> _Folded:
    letters, origins = [], []
    plain = text.casefold()
    plain = plain if len(plain) == len(text) else text.lower()[: len(text)]
    at = 0
    while at < len(plain):
        pair = next((one for two, one in _PAIRS if plain.startswith(two, at)), "")
        letter = (pair or plain[at]).translate(_ALIKE)
        if letter.isalnum() or (signs and not letter.isspace()):
            letters.append(letter)
            origins.append(at)
        at += 2 if pair else 1
    return _Folded(text, "".join(letters), tuple(origins))


def _find(wanted: _Folded, read: _Folded, canary: Canary) -> tuple[int, int] | None:
    """Where a canary begins and ends in what was read."""
    start = read.letters.find(wanted.letters)
    while start >= 0:
        span = read.origins[start], read.origins[start + len(wanted.letters) - 1] + 1
        if not canary.is_word or _is_alone(read.text, span):
            return span
        start = read.letters.find(wanted.letters, start + 1)
    errors = max(len(wanted.letters) // _LETTERS_PER_ERROR, 1)
    varied = any(letter.isdigit() for letter in canary.plain) and not canary.plain.isdigit()
    if len(wanted.letters) < _TOLERANT or not (varied or len(wanted.letters) >= _LONG):
        return None
    return None if canary.is_word else _find_near(wanted, read, errors)


def _is_alone(text: str, span: tuple[int, int]) -> bool:
    around = text[max(span[0] - 1, 0) : span[0]] + text[span[1] : span[1] + 1]
    return not any(letter.isalpha() for letter in around)


def _find_near(wanted: _Folded, read: _Folded, errors: int) -> tuple[int, int] | None:
    """Find it with so many errors; none may change a number that stands by itself."""
    least = 100 * (1 - (errors + 1) / len(wanted.letters))
    near = fuzz.partial_ratio_alignment(wanted.letters, read.letters, score_cutoff=least)
    if near is None or not near.dest_end or len(read.letters) < len(wanted.letters):
        return None
    spans = (
        (max(near.dest_start + before, 0), min(near.dest_end + after, len(read.letters)))
        for before in range(-_NEAR, _NEAR + 1)
        for after in range(-_NEAR, _NEAR + 1)
    )
    best = min(
        spans, key=lambda span: Levenshtein.distance(wanted.letters, read.letters[slice(*span)])
    )
    part = slice(*best)
    edits = Levenshtein.editops(wanted.letters, read.letters[part])
    if len(edits) > errors:
        return None
    if not _is_mixed(wanted.text) and _changes_number(edits, wanted, read, best):
        return None
    return read.origins[best[0]], read.origins[best[1] - 1] + 1


def _is_mixed(value: str) -> bool:
    """Whether digits stand among letters as in no number of a lesson, a year, a version."""
    kinds = [letter.isdigit() for letter in value if letter.isalnum()]
    return sum(one is not other for one, other in pairwise(kinds)) >= _MIXED


def _changes_number(
    edits: Iterable[Editop], wanted: _Folded, read: _Folded, span: tuple[int, int]
) -> bool:
    """Whether a digit is lost, or has come: "Week 12" is not "Week 13" misread."""
    for edit in edits:
        if edit.tag != "insert" and wanted.text[wanted.origins[edit.src_pos]].isdigit():
            return True
        came_at = span[0] + edit.dest_pos
        if edit.tag != "delete" and read.text[read.origins[came_at]].isdigit():
            return True
    return False

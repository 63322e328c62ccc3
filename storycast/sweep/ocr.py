"""Reads the words in pictures with tesseract, and keeps what was read by the picture's content."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import subprocess
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np

from recorder.replacement import write_whole
from storycast.cache import content_name
from storycast.errors import StorycastError
from storycast.sweep.model import Luma

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Line", "Reader"]

# Two ways to find the lines of a page: as columns and paragraphs (3), and as one block (6). What
# one of them takes for a picture, or cuts in two, the other one reads.
_WAYS = ("3", "6")
_VERSION = "1"
_SMALL = 1400  # pixels across: text of such a picture is too small to be read well
_TIMEOUT_S = 300
_LEAST = 8  # pixels across or down: nothing is written in less
_KEPT = 12  # pictures that the next ones are held against
_LOSSY = 16  # levels by which encoding may change a pixel, and no more than that is seen
_MARGIN = 24  # pixels around what has changed
_MOSTLY = 0.7  # of a picture: it is read whole
_HINT = "apt-get install tesseract-ocr, or leave the words in pictures unread with --no-ocr"


@dataclass(frozen=True)
class Line:
    """A line of text in a picture; ``way`` is how its page was cut into lines."""

    text: str
    top: int
    bottom: int
    way: str

    def moved(self, down: int) -> Line:
        """The same line, so many pixels farther down."""
        return Line(self.text, self.top + down, self.bottom + down, self.way)


@dataclass(frozen=True, eq=False)
class _Known:
    luma: Luma
    lines: tuple[Line, ...]


class Reader:
    """Reads pictures; of one that is like another read before, only what differs."""

    def __init__(self, cache: Path | None) -> None:
        self._cache = cache
        self._known: OrderedDict[bytes, _Known] = OrderedDict()
        self._pool = ThreadPoolExecutor(len(_WAYS))

    def read(self, luma: Luma, *, lossy: bool = False) -> tuple[Line, ...]:
        """Return the lines that are written in ``luma``; of (height, width).

        Raises ``StorycastError`` where tesseract is missing or fails.
        """
        if min(luma.shape) < _LEAST:
            return ()
        digest = hashlib.sha256(luma.tobytes()).digest()
        if digest in self._known:
            self._known.move_to_end(digest)
            return self._known[digest].lines
        base, rows = self._nearest(luma, _LOSSY if lossy else 0)
        lines = self._read_rows(luma, base, rows) if base else self._read_part(luma, 0)
        self._known[digest] = _Known(luma, lines)
        while len(self._known) > _KEPT:
            self._known.popitem(last=False)
        return lines

    def _nearest(self, luma: Luma, apart: int) -> tuple[_Known | None, NDArray[np.bool_]]:
        """The known picture that has most rows in common, and which rows differ from it."""
        best: _Known | None = None
        rows = np.ones(luma.shape[0], bool)
        for known in self._known.values():
            if known.luma.shape == luma.shape:
                differs = cv2.absdiff(known.luma, luma).max(axis=1) > apart
                if differs.sum() < rows.sum():
                    best, rows = known, differs
        return best, rows

    def _read_rows(self, luma: Luma, base: _Known, rows: NDArray[np.bool_]) -> tuple[Line, ...]:
        bands = _bands(rows, base.lines)
        if sum(bottom - top for top, bottom in bands) > _MOSTLY * len(rows):
            return self._read_part(luma, 0)
        kept = [
            line
            for line in base.lines
            if not any(line.top < bottom and top < line.bottom for top, bottom in bands)
        ]
        new = [line for top, bottom in bands for line in self._read_part(luma[top:bottom], top)]
        return tuple(sorted((*kept, *new), key=lambda line: (line.way, line.top)))

    def _read_part(self, luma: Luma, top: int) -> tuple[Line, ...]:
        if int(luma.max()) - int(luma.min()) <= _LOSSY:
            return ()
        name = content_name(
            _VERSION, _version(), repr(luma.shape), hashlib.sha256(luma.tobytes()).hexdigest()
        )
        path = self._cache / f"{name}.json" if self._cache else None
        lines = _kept(path)
        if lines is None:
            packed = _packed(luma)
            scale = packed.shape[0] / luma.shape[0]
            told = self._pool.map(lambda way: _lines(packed, way, scale), _WAYS)
            lines = tuple(line for each in told for line in each)
            if path:
                facts = [[line.text, line.top, line.bottom, line.way] for line in lines]
                write_whole(path, json.dumps(facts).encode())
        return tuple(line.moved(top) for line in lines)


def _bands(rows: NDArray[np.bool_], lines: Sequence[Line]) -> list[tuple[int, int]]:
    """Join rows that differ into bands which cut no line in two."""
    wanted = np.flatnonzero(rows)
    if not len(wanted):
        return []
    cuts = np.flatnonzero(np.diff(wanted) > 2 * _MARGIN)
    starts = [int(wanted[0]), *(int(wanted[cut + 1]) for cut in cuts)]
    ends = [*(int(wanted[cut]) for cut in cuts), int(wanted[-1])]
    bands: list[tuple[int, int]] = []
    for start, end in zip(starts, ends, strict=True):
        top, bottom = max(start - _MARGIN, 0), min(end + 1 + _MARGIN, len(rows))
        while crossed := [
            line
            for line in lines
            if line.top < bottom
            and top < line.bottom
            and not top <= line.top < line.bottom <= bottom
        ]:
            top = min(top, *(line.top for line in crossed))
            bottom = max(bottom, *(line.bottom for line in crossed))
        if bands and top <= bands[-1][1]:
            bands[-1] = min(top, bands[-1][0]), max(bottom, bands[-1][1])
        else:
            bands.append((top, bottom))
    return bands


def _packed(luma: Luma) -> Luma:
    if luma.shape[1] > _SMALL:
        return luma
    return np.asarray(cv2.resize(luma, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC), np.uint8)


def _kept(path: Path | None) -> tuple[Line, ...] | None:
    try:
        return (
            None if path is None else tuple(Line(*each) for each in json.loads(path.read_bytes()))
        )
    except (OSError, ValueError, TypeError):
        return None


def _lines(luma: Luma, way: str, scale: float) -> Iterator[Line]:
    told = _tesseract(cv2.imencode(".bmp", luma)[1].tobytes(), way)
    words = csv.DictReader(told.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    seen = [word for word in words if (word["text"] or "").strip()]
    for _, group in groupby(
        seen, lambda word: [word[n] for n in ("block_num", "par_num", "line_num")]
    ):
        own = list(group)
        top = min(int(word["top"]) for word in own)
        bottom = max(int(word["top"]) + int(word["height"]) for word in own)
        text = " ".join(word["text"].strip() for word in own)
        yield Line(text, int(top / scale), int(bottom / scale) + 1, way)


def _tesseract(picture: bytes, way: str) -> str:
    command = ("tesseract", "-", "-", "--psm", way, "--dpi", "150", "tsv")
    try:
        done = subprocess.run(
            command,
            input=picture,
            capture_output=True,
            check=False,
            timeout=_TIMEOUT_S,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
    except subprocess.TimeoutExpired:
        raise StorycastError("tesseract does not come to an end with a picture.", _HINT) from None
    if done.returncode:
        raise StorycastError("tesseract is installed and cannot read.", _HINT)
    return done.stdout.decode(errors="replace")


@cache
def _version() -> str:
    try:
        command = ("tesseract", "--version")
        told = subprocess.run(command, capture_output=True, check=False).stdout
    except FileNotFoundError:
        raise StorycastError(
            "tesseract is not installed, so words in pictures cannot be read.", _HINT
        ) from None
    return told.decode(errors="replace").partition("\n")[0]

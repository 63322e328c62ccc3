"""Measures whether a film or a guide can be read: tesseract reads it, the page says what is there.

Every line of text on the page is cut out of the film where nothing moves, or of the guide's
pictures as a browser shows them, and out of the shot that was filmed. What tesseract cannot read in
the shot either (icons, what something else covers) tells nothing of the film and is left out.
"""

from __future__ import annotations

import argparse
import csv
import subprocess
import sys
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from distance import edit_distance
from legibility_film import film_lines
from legibility_guide import guide_lines
from legibility_line import LETTER_PX, Line

from storycast.verify.frame import Luma

_GAP_PX = 24
_VISIBLE = 0.8  # of its letters read in the shot: what is covered is not read at all
_ALIKE = str.maketrans("\u2018\u2019\u201c\u201d\u2013\u2014", "''\"\"--") | {0x2026: "..."}


@dataclass
class Score:
    """How many letters there are on the page, and how many of them were read wrongly."""

    lines: int = 0
    letters: int = 0
    wrong_in_shot: int = 0
    wrong_in_film: int = 0
    left_out: int = 0


def main() -> int:
    """Read the films in the folders that the command line names, and print what came of it."""
    parser = argparse.ArgumentParser(prog="scripts/legibility", description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path, help="as published, such as output/board")
    parser.add_argument("--guide", action="store_true", help="read the guide instead of the film")
    parser.add_argument("--width", type=int, default=1280, help="the guide's, in CSS pixels")
    parser.add_argument("--density", type=int, default=1, help="device pixels to a CSS pixel")
    parser.add_argument("--show", action="store_true", help="print each line that is read wrongly")
    options = parser.parse_args()
    for folder in options.folders:
        score = Score()
        pages = guide_lines(folder, options.width, options.density) if options.guide else None
        for lines in pages or film_lines(folder):
            _read_all(lines, score, show=options.show)
        if not score.letters:
            sys.exit(f"error: nothing that is written in {folder} could be compared")
        film, shot = (
            100 * (1 - wrong / score.letters)
            for wrong in (score.wrong_in_film, score.wrong_in_shot)
        )
        sys.stdout.write(
            f"{folder.name}: {film:.2f}% of {score.letters} letters in {score.lines} lines are read"
            f" in the {'guide' if options.guide else 'film'}, {shot:.2f}% in the shots; "
            f"{score.left_out} lines are read in neither\n"
        )
    return 0


def _read_all(lines: Sequence[Line], score: Score, *, show: bool) -> None:
    read_shots = _read([line.shot for line in lines])
    read_films = _read([line.film for line in lines])
    for line, in_shot, in_film in zip(lines, read_shots, read_films, strict=True):
        text = _plain(line.text)
        wrong_in_shot, wrong_in_film = (
            edit_distance(text, _plain(read)) for read in (in_shot, in_film)
        )
        if min(wrong_in_shot, wrong_in_film) > (1 - _VISIBLE) * len(text):
            score.left_out += 1
            continue
        score.lines += 1
        score.letters += len(text)
        score.wrong_in_shot += wrong_in_shot
        score.wrong_in_film += wrong_in_film
        if show and wrong_in_film:
            sys.stdout.write(f"{line.text!r}: film {in_film!r}, shot {in_shot!r}\n")


def _read(pictures: Sequence[Luma]) -> list[str]:
    """What tesseract reads in each line: all stand below each other on one sheet."""
    if not pictures:
        return []
    step = LETTER_PX + 2 * _GAP_PX
    width = max(picture.shape[1] for picture in pictures) + 2 * _GAP_PX
    sheet = np.full((step * len(pictures), width), 255, np.uint8)
    for number, picture in enumerate(pictures):
        top = number * step + _GAP_PX
        sheet[top : top + LETTER_PX, _GAP_PX : _GAP_PX + picture.shape[1]] = picture
    packed = cv2.imencode(".png", sheet)[1].tobytes()
    command = ("tesseract", "-", "-", "--psm", "6", "--dpi", "300", "tsv")
    told = subprocess.run(
        command, input=packed, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ).stdout.decode()
    words: dict[int, list[str]] = defaultdict(list)
    for row in csv.DictReader(told.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE):
        if row["text"] and row["text"].strip():
            middle = int(row["top"]) + int(row["height"]) // 2
            words[middle // step].append(row["text"])
    return [" ".join(words[number]) for number in range(len(pictures))]


def _plain(text: str) -> str:
    """Its letters without spaces, and without differences that fonts do not show."""
    return "".join(text.translate(_ALIKE).split())


if __name__ == "__main__":
    sys.exit(main())

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
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from distance import edit_distance

from recorder.secrecy import DOTS, HIDDEN
from recorder.snapshot import Node, read_snapshot
from recorder.take import Box, Moment, read_take
from storycast.timeline import read_timeline
from storycast.verify.camera import Camera
from storycast.verify.container import read_container
from storycast.verify.frame import Luma, decode
from storycast.verify.hold import Hold, find_holds

_LETTER_PX = 44  # how high a line is made before it is read: tesseract reads 30 to 50 best
_GAP_PX = 24
_MARGIN = 0.5  # CSS pixels around a line
_LEAST_LETTERS = 2
_ONE_LINE = 2.2  # a box that is higher, in parts of its font's size, holds several lines
_SPACE = 0.4  # of its height: texts that are not farther apart are read as one
_VISIBLE = 0.8  # of its letters read in the shot: what is covered is not read at all
_ALIKE = str.maketrans("\u2018\u2019\u201c\u201d\u2013\u2014", "''\"\"--") | {0x2026: "..."}
_POINTER = 44.0  # CSS pixels that a pointer takes after its point


@dataclass(frozen=True, eq=False)
class Line:
    """A line of text on the page, as the shot and as the film show it."""

    text: str
    shot: Luma
    film: Luma


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
    from legibility_guide import guide_lines  # noqa: PLC0415 - which needs what stands below

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
        for lines in pages or _holds(folder):
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


def _holds(folder: Path) -> Iterator[list[Line]]:
    """Yield the lines of every hold of the film in ``folder`` that shows a moment of its take."""
    film = folder / "film.mp4"
    timeline, take = read_timeline(folder / "timeline.json"), read_take(folder / "take")
    moments = {moment.shot: moment for moment in take.moments}
    container = read_container(film)
    camera = Camera(timeline.viewport, (container.video.width, container.video.height))
    due = deque(
        (clip.start_ms + hold.at_ms, hold, moments[hold.pictures[0].shot])
        for clip in timeline.clips
        for hold in find_holds(clip)
        if len(hold.pictures) == 1 and hold.pictures[0].shot in moments
    )
    for frame in decode(film, container, 0, len(container.video.packets)):
        while due and due[0][0] < frame.until_ms:
            _, hold, moment = due.popleft()
            yield list(_lines(folder / "take", hold, moment, frame.luma, camera))


def _lines(take: Path, hold: Hold, moment: Moment, film: Luma, camera: Camera) -> Iterator[Line]:
    shot = cv2.imread(str(take / "shots" / f"{moment.shot}.png"), cv2.IMREAD_GRAYSCALE)
    if shot is None:
        sys.exit(f"error: the shot {moment.shot} is missing or damaged")
    width, height = camera.viewport
    seen = hold.framing or Box(x=0, y=0, width=width, height=height)
    page = camera.page
    zoom = (page.right - page.left) / seen.width
    corner = (page.left - seen.x * zoom, page.top - seen.y * zoom)
    nodes = read_snapshot(take / "snapshots" / f"{moment.snapshot}.json.gz").nodes
    for text, whole in joined_lines(node for node in nodes if is_line(node)):
        box = padded(whole)
        if holds_all(seen, box) and not _is_pointed_at(hold, box):
            yield Line(
                text=text,
                shot=cut_line(shot, box, shot.shape[1] / width, (0.0, 0.0)),
                film=cut_line(film, box, zoom, corner),
            )


def joined_lines(nodes: Iterable[Node]) -> Iterator[tuple[str, Box]]:
    """Join texts that follow each other on one line, such as the words of a line of code."""
    text, box = "", Box(x=0, y=0, width=0, height=0)
    for node in nodes:
        gap = node.box.x - (box.x + box.width)
        if text and node.box.y == box.y and abs(gap) <= _SPACE * node.box.height:
            width = node.box.x + node.box.width - box.x
            height = max(box.height, node.box.height)
            text, box = text + node.name, Box(x=box.x, y=box.y, width=width, height=height)
            continue
        if len("".join(text.split())) >= _LEAST_LETTERS:
            yield text, box
        text, box = node.name, node.box
    if len("".join(text.split())) >= _LEAST_LETTERS:
        yield text, box


def is_line(node: Node) -> bool:
    """Whether a node is a text on a single line."""
    if HIDDEN in node.name or DOTS in node.name:  # nobody may see it
        return False
    if node.role != "StaticText" or len(node.styles) < 3:
        return False
    return 0 < node.box.height <= _ONE_LINE * float(node.styles[2].removesuffix("px"))


def _is_pointed_at(hold: Hold, box: Box) -> bool:
    if hold.pointer is None:
        return False
    across = box.x - _POINTER < hold.pointer.x < box.x + box.width + _MARGIN
    return across and box.y - _POINTER < hold.pointer.y < box.y + box.height + _MARGIN


def padded(box: Box) -> Box:
    """A line with what its letters may reach beyond it."""
    return Box(x=box.x - _MARGIN, y=box.y, width=box.width + 2 * _MARGIN, height=box.height)


def holds_all(outer: Box, box: Box) -> bool:
    """Whether all of ``box`` lies in ``outer``."""
    return (
        outer.x <= box.x
        and outer.y <= box.y
        and box.x + box.width <= outer.x + outer.width
        and box.y + box.height <= outer.y + outer.height
    )


def cut_line(picture: Luma, box: Box, scale: float, origin: tuple[float, float]) -> Luma:
    """A line out of a picture, as high as all others and dark on white, whatever its colours."""
    left, top = round(box.x * scale + origin[0]), round(box.y * scale + origin[1])
    right = round((box.x + box.width) * scale + origin[0])
    bottom = round((box.y + box.height) * scale + origin[1])
    part = picture[max(top, 0) : bottom, max(left, 0) : right]
    factor = _LETTER_PX / part.shape[0]
    size = (max(round(part.shape[1] * factor), 1), _LETTER_PX)
    larger = cv2.resize(part, size, interpolation=cv2.INTER_CUBIC)
    ground = float(np.median(larger))
    away = np.abs(larger.astype(np.float32) - ground)
    return np.asarray(255 - 255 * away / max(float(away.max()), 1.0), np.uint8)


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
    step = _LETTER_PX + 2 * _GAP_PX
    width = max(picture.shape[1] for picture in pictures) + 2 * _GAP_PX
    sheet = np.full((step * len(pictures), width), 255, np.uint8)
    for number, picture in enumerate(pictures):
        top = number * step + _GAP_PX
        sheet[top : top + _LETTER_PX, _GAP_PX : _GAP_PX + picture.shape[1]] = picture
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

from __future__ import annotations

import subprocess
from pathlib import Path

import numpy as np
import pytest

from storycast.sweep.film import INTERVAL_MS, FrameChooser
from storycast.sweep.model import Data, Luma, Seen, Text, Unread
from storycast.sweep.reading import open_all


def _page(*marks: int) -> Luma:
    page = np.full((96, 128), 255, np.uint8)
    for mark in marks:
        page[20:30, mark : mark + 8] = 0
    return page


def _chosen(frames: list[Luma]) -> list[int]:
    """The numbers of the frames that are read."""
    chooser = FrameChooser()
    found = [
        int(chosen.at_ms)
        for number, frame in enumerate(frames)
        for chosen in chooser.see(number * INTERVAL_MS, frame)
    ]
    found += [int(chosen.at_ms) for chosen in chooser.end()]
    return [at_ms // INTERVAL_MS for at_ms in found]


def test_still_page_is_read_once() -> None:
    assert _chosen([_page()] * 40) == [0]


def test_what_stands_for_half_a_second_is_read() -> None:
    frames = [*[_page()] * 5, *[_page(40)] * 2, *[_page()] * 5]
    assert 6 in _chosen(frames)


def test_what_stands_while_something_else_moves_is_read() -> None:
    moving = [_page(8 * number) for number in range(12)]
    for frame in moving[4:6]:
        frame[60:70, 40:60] = 0
    assert 5 in _chosen(moving)


def test_what_keeps_moving_is_read_all_the_same() -> None:
    gaps = np.diff(_chosen([_page(8 * number) for number in range(14)]))
    assert max(gaps) * INTERVAL_MS <= 750


def test_noise_of_encoding_is_no_change() -> None:
    noise = np.random.default_rng(1).integers(-6, 7, (30, 96, 128))
    assert _chosen([np.clip(_page(40) + each, 0, 255).astype(np.uint8) for each in noise]) == [0]


def test_last_picture_is_read_however_short() -> None:
    assert _chosen([*[_page()] * 3, _page(40)]) == [0, 3]


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two seconds; half a second of it is black. Title, chapter and caption say what they are."""
    folder = tmp_path_factory.mktemp("film")
    (folder / "a.srt").write_text("1\n00:00:00,000 --> 00:00:01,000\nthe caption\n")
    (folder / "a.txt").write_text(
        ";FFMETADATA1\ntitle=the title\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=900\n"
        "title=the chapter\n"
    )
    drawn = "color=white:size=320x240:rate=20:duration=2"
    black = "drawbox=color=black:t=fill:enable='between(t,1,1.49)'"
    command = (
        "ffmpeg", "-v", "error", "-f", "lavfi", "-i", f"{drawn},{black}", "-i", folder / "a.srt",
        "-i", folder / "a.txt", "-map", "0:v", "-map", "1:s", "-map_metadata", "2",
        "-map_chapters", "2", "-c:s", "mov_text", "-pix_fmt", "yuv420p", folder / "film.mp4",
    )  # fmt: skip
    subprocess.run(command, check=True)
    return folder / "film.mp4"


def test_film_is_read_with_all_it_says(film: Path) -> None:
    items = list(open_all(Data(film.read_bytes(), (), film)))
    said = "\n".join(item.content for item in items if isinstance(item, Text))
    assert all(f"the {word}" in said for word in ("title", "chapter", "caption"))
    seen = [item for item in items if isinstance(item, Seen)]
    assert [int(item.luma.mean()) > 127 for item in seen] == [True, False, True]
    assert 1000 <= (seen[1].at_ms or 0) < 1500
    assert not [item for item in items if isinstance(item, Unread)]


def test_film_in_an_archive_is_read_too(film: Path) -> None:
    items = open_all(Data(film.read_bytes(), ("guide.zip", "film.mp4")))
    assert sum(isinstance(item, Seen) for item in items) == 3


def test_damaged_film_is_told(film: Path) -> None:
    content = film.read_bytes()
    [told] = [item for item in open_all(Data(content[:900], ())) if isinstance(item, Unread)]
    assert told.reason == "it is damaged, ffprobe says"


def test_without_reading_pictures_films_say_so(film: Path) -> None:
    items = list(open_all(Data(film.read_bytes(), ()), reads_pictures=False))
    assert [item.chosen for item in items if isinstance(item, Unread)] == [True]
    assert not [item for item in items if isinstance(item, Seen)]

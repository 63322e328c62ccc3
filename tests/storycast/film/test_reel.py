from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from recorder.take import Box, Point
from storycast.errors import FilmError
from storycast.film.excerpt import excerpt
from storycast.film.ffmpeg import DELIMITER
from storycast.film.form import Format
from storycast.film.reel import Splice, cut_up, read_pictures, splice
from storycast.timeline import Clip, Glide, Mark, Picture, Press

_FORM = Format(viewport=(1280, 720))
_FAR = Point(x=100, y=50)
_STILL = Clip(step=1, start_ms=0, duration_ms=4000, pictures=(Picture(at_ms=0, shot="a"),))


def _gliding(start_ms: int, **others: Any) -> Clip:
    glide = Glide(start_ms=start_ms, end_ms=start_ms + 500, origin=Point(x=0, y=0), goal=_FAR)
    return _STILL.model_copy(update={"pointer": glide.origin, "glides": (glide,), **others})


def _places(clip: Clip, form: Format = _FORM) -> list[tuple[int, ...]]:
    """The frames of ``clip`` that each of its pieces has."""
    pieces = cut_up(clip, form)
    files = {piece.shown: Path("segment") for piece in pieces}
    return [part.places for part in splice(pieces, files, form)]


def test_clip_in_which_nothing_moves_is_one_rest() -> None:
    (piece,) = cut_up(_STILL, _FORM)
    assert piece.shown == excerpt(_STILL, 0, 0)
    assert _places(_STILL) == [(0, 30, 60, 90, 119)]


def test_long_rest_is_taken_several_times() -> None:
    clip = _STILL.model_copy(update={"duration_ms": 12000})
    assert [piece.count for piece in cut_up(clip, _FORM)] == [150, 150, 60]
    assert [places[0] for places in _places(clip)] == [0, 150, 300]
    assert len({piece.shown for piece in cut_up(clip, _FORM)}) == 1


@pytest.mark.parametrize("start_ms", [0, 1, 33, 34, 500, 934, 999])
def test_movement_waits_less_than_a_second_with_its_own_first_picture(start_ms: int) -> None:
    (places,) = _places(_gliding(start_ms))
    assert places[0] == 0
    begins = max(start_ms - 1, 0) * 30 // 1000
    assert places[1:16] == tuple(range(begins + 1, begins + 16))


def test_rest_of_a_second_or_more_is_apart() -> None:
    rest, moving = _places(_gliding(2000))
    assert rest == (0, 30)
    assert moving[:16] == tuple(range(59, 75))


def test_movement_is_the_same_whenever_it_comes() -> None:
    shown = {cut_up(_gliding(start_ms), _FORM)[-1].shown for start_ms in (1, 500, 777, 1600, 2345)}
    assert len(shown) == 1


@pytest.mark.parametrize("fps", [5, 15, 25, 30, 60])
@pytest.mark.parametrize("constant", [False, True])
def test_pieces_fill_a_clip(fps: int, constant: bool) -> None:
    form = Format(viewport=(1280, 720), fps=fps, constant=constant)
    marks = (Mark(start_ms=3000, end_ms=19000, box=Box(x=0, y=0, width=9, height=9)),)
    clip = _gliding(700, marks=marks, duration_ms=21400)
    frames = [place for places in _places(clip, form) for place in places]
    assert frames == sorted(set(frames))
    gaps = [after - before for before, after in zip(frames, [*frames[1:], 21.4 * fps], strict=True)]
    assert frames[0] == 0
    assert frames[-1] == 21.4 * fps - 1
    assert max(gaps) <= (1 if constant else fps)


def test_what_moves_as_the_clip_ends_is_cut_off() -> None:
    pieces = cut_up(_gliding(3900), _FORM)
    assert sum(piece.count for piece in pieces) == 120
    assert _places(_gliding(3900))[-1][-1] == 119


@pytest.mark.parametrize("at_ms", range(1600, 1700, 7))
def test_press_is_seen_within_a_frame_of_its_time(at_ms: int) -> None:
    clip = _gliding(1100, presses=(Press(at_ms=at_ms, point=_FAR),))
    rest, moving = cut_up(clip, _FORM)
    start_ms = 1099
    seen = next(n for n in range(60) if start_ms + n * 1000 / 30 >= at_ms)
    assert abs((rest.count + seen) * 1000 / 30 - at_ms) <= 1000 / 30
    assert moving.waits == 0


def test_pictures_are_read_from_where_they_begin(tmp_path: Path) -> None:
    file = tmp_path / "segment.h264"
    file.write_bytes(b"".join(DELIMITER + name for name in (b"key", b"one", b"two")))
    parts = [Splice(file, 3, (0, 1)), Splice(file, 3, (2,))]
    assert [bytes(picture) for picture in read_pictures(parts)] == [
        DELIMITER + b"key",
        DELIMITER + b"one",
        DELIMITER + b"key",
    ]


def test_damaged_segment_is_named(tmp_path: Path) -> None:
    file = tmp_path / "segment.h264"
    file.write_bytes(DELIMITER + b"key")
    with pytest.raises(FilmError, match=r"segment\.h264 is damaged"):
        list(read_pictures([Splice(file, 2, (0,))]))

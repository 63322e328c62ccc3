from __future__ import annotations

from recorder.take import Box, Point
from storycast.timeline import (
    CameraMove,
    Clip,
    Glide,
    Mark,
    Picture,
    Roll,
)
from storycast.verify.camera import Area, Camera, framing_at
from storycast.verify.hold import find_holds, pictures_at, pointer_at

_A, _B = Picture(at_ms=0, shot="a"), Picture(at_ms=2000, shot="b", fade_ms=200)
_CLIP = Clip(step=1, start_ms=0, duration_ms=8000, pictures=(_A, _B))
_BOX = Box(x=0, y=0, width=10, height=10)
_NEAR = Box(x=100, y=50, width=640, height=360)
_WHOLE = Box(x=0, y=0, width=1280, height=720)


def _holds(clip: Clip) -> list[tuple[float, str]]:
    return [(hold.at_ms, hold.pictures[-1].shot) for hold in find_holds(clip)]


def test_each_picture_has_a_hold_between_its_fades() -> None:
    assert _holds(_CLIP) == [(540, "a"), (2740, "b")]


def test_short_hold_is_looked_at_in_its_middle() -> None:
    early = _B.model_copy(update={"at_ms": 640})
    assert _holds(_CLIP.model_copy(update={"pictures": (_A, early)}))[0] == (320, "a")


def test_longer_hold_is_looked_at_where_it_was() -> None:
    longer = _CLIP.model_copy(update={"duration_ms": 11000})
    assert _holds(longer) == _holds(_CLIP)


def test_nothing_is_drawn_over_a_hold() -> None:
    mark = Mark(start_ms=100, end_ms=1000, box=_BOX)
    glide = Glide(start_ms=2300, end_ms=2900, origin=Point(x=0, y=0), goal=Point(x=9, y=9))
    clip = _CLIP.model_copy(update={"marks": (mark,), "glides": (glide,)})
    assert _holds(clip) == [(1500, "a"), (3440, "b")]


def test_what_rolls_is_no_hold_until_a_whole_picture_follows() -> None:
    roll = Roll(start_ms=500, end_ms=900, box=_BOX, shots=())
    assert _holds(_CLIP.model_copy(update={"rolls": (roll,)})) == [(250, "a"), (2740, "b")]


def test_patches_lie_over_the_last_whole_picture() -> None:
    patch = Picture(at_ms=1000, shot="p", box=_BOX)
    clip = _CLIP.model_copy(update={"pictures": (_A, patch, _B)})
    assert [picture.shot for picture in pictures_at(clip, 500)] == ["a"]
    assert [picture.shot for picture in pictures_at(clip, 1500)] == ["a", "p"]
    assert [picture.shot for picture in pictures_at(clip, 3000)] == ["b"]


def test_long_film_has_a_hold_for_four_seconds_at_most() -> None:
    pictures = tuple(Picture(at_ms=number * 500, shot=str(number)) for number in range(80))
    clip = _CLIP.model_copy(update={"pictures": pictures, "duration_ms": 40000})
    assert len(_holds(clip)) == 10


def test_pointer_rests_where_its_last_glide_ended() -> None:
    start, goal = Point(x=1, y=1), Point(x=9, y=9)
    glide = Glide(start_ms=500, end_ms=900, origin=start, goal=goal)
    clip = _CLIP.model_copy(update={"pointer": start, "glides": (glide,)})
    assert pointer_at(clip, 400) == start
    assert pointer_at(clip, 900) == goal


def test_camera_frames_what_its_last_move_went_to() -> None:
    move = CameraMove(start_ms=500, end_ms=900, origin=_WHOLE, goal=_NEAR)
    clip = _CLIP.model_copy(update={"moves": (move,)})
    assert framing_at(clip, 400) is None
    assert framing_at(clip, 900) == _NEAR
    assert framing_at(clip.model_copy(update={"framed": _NEAR}), 400) == _NEAR


def test_place_of_the_page_is_found_in_the_letterbox() -> None:
    camera = Camera((1000, 1000), (1920, 1080))
    assert camera.page == Area(420, 0, 1500, 1080)
    assert camera.around(Point(x=500, y=500), (0, 0)) == Area(960, 540, 961, 541)


def test_place_of_the_page_is_found_under_the_camera() -> None:
    camera = Camera((1280, 720), (1920, 1080))
    assert camera.around(Point(x=420, y=230), (10, 20), _NEAR) == Area(930, 510, 1021, 601)
    assert camera.around(Point(x=0, y=0), (10, 20), _NEAR).is_empty

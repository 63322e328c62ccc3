from __future__ import annotations

import pytest

from recorder.take import Box, Point
from storycast.film.frame import PRESS_MS, frames_to_encode, view_at
from storycast.timeline import Clip, CursorShape, Glide, Mark, Picture, Press

_START, _GOAL = Point(x=0, y=0), Point(x=100, y=50)
_STILL = Clip(step=1, start_ms=0, duration_ms=4000, pictures=(Picture(at_ms=0, shot="a"),))
_GLIDING = _STILL.model_copy(
    update={
        "pointer": _START,
        "glides": (
            Glide(start_ms=1000, end_ms=2000, origin=_START, goal=_GOAL, shape=CursorShape.HAND),
        ),
    }
)


def _shots(clip: Clip, at_ms: float) -> tuple[tuple[str, float], ...]:
    return tuple((layer.shot, layer.cover) for layer in view_at(clip, at_ms).layers)


def _marks(clip: Clip, at_ms: float) -> tuple[tuple[Box, float], ...]:
    return tuple((mark.box, mark.strength) for mark in view_at(clip, at_ms).marks)


def test_cut_changes_the_picture_at_once() -> None:
    pictures = (Picture(at_ms=0, shot="a"), Picture(at_ms=1000, shot="b"))
    clip = _STILL.model_copy(update={"pictures": pictures})
    assert _shots(clip, 999) == (("a", 1.0),)
    assert _shots(clip, 1000) == (("b", 1.0),)


def test_fade_mixes_two_pictures() -> None:
    pictures = (Picture(at_ms=0, shot="a"), Picture(at_ms=1000, shot="b", fade_ms=200))
    clip = _STILL.model_copy(update={"pictures": pictures})
    assert _shots(clip, 1050) == (("a", 1.0), ("b", 0.25))
    assert _shots(clip, 1200) == (("b", 1.0),)


def test_fade_that_begins_within_a_fade_mixes_three_pictures() -> None:
    pictures = (
        Picture(at_ms=0, shot="a"),
        Picture(at_ms=1000, shot="b", fade_ms=200),
        Picture(at_ms=1100, shot="c", fade_ms=200),
    )
    clip = _STILL.model_copy(update={"pictures": pictures})
    assert _shots(clip, 1150) == (("a", 1.0), ("b", 0.75), ("c", 0.25))


def test_first_picture_that_fades_in_is_there_from_the_start() -> None:
    clip = _STILL.model_copy(update={"pictures": (Picture(at_ms=0, shot="a", fade_ms=200),)})
    assert _shots(clip, 0) == (("a", 1.0),)


def test_pointer_rests_glides_and_rests() -> None:
    assert view_at(_GLIDING, 500).pointer == _START
    assert view_at(_GLIDING, 1500).pointer == Point(x=50, y=25)
    assert view_at(_GLIDING, 3000).pointer == _GOAL


def test_pointer_starts_and_stops_slowly() -> None:
    places = [view_at(_GLIDING, at_ms).pointer for at_ms in (1000, 1100, 1500, 1600)]
    xs = [place.x for place in places if place is not None]
    assert xs[1] - xs[0] < xs[3] - xs[2]


def test_pointer_changes_its_shape_where_it_arrives() -> None:
    assert view_at(_GLIDING, 1999).shape is CursorShape.ARROW
    assert view_at(_GLIDING, 2000).shape is CursorShape.HAND


def test_glide_without_length_puts_the_pointer_there() -> None:
    jump = Glide(start_ms=1000, end_ms=1000, origin=_START, goal=_GOAL)
    clip = _STILL.model_copy(update={"pointer": _START, "glides": (jump,)})
    assert view_at(clip, 1000).pointer == _GOAL


def test_ring_fades_in_and_out() -> None:
    box = Box(x=1, y=2, width=3, height=4)
    clip = _STILL.model_copy(update={"marks": (Mark(start_ms=1000, end_ms=3000, box=box),)})
    assert _marks(clip, 1000) == ()
    assert _marks(clip, 1075) == ((box, 0.5),)
    assert _marks(clip, 2000) == ((box, 1.0),)
    assert _marks(clip, 2925) == ((box, 0.5),)
    assert _marks(clip, 3000) == ()


def test_ripple_runs_from_the_press_on() -> None:
    clip = _STILL.model_copy(update={"presses": (Press(at_ms=1000, point=_GOAL),)})
    assert view_at(clip, 999).presses == ()
    assert view_at(clip, 1000 + PRESS_MS / 2).presses[0][2] == 0.5
    assert view_at(clip, 1000 + PRESS_MS).presses == ()


_MOVING = _GLIDING.model_copy(update={"duration_ms": 2000})
_MOMENT = _STILL.model_copy(update={"duration_ms": 0})


@pytest.mark.parametrize("fps", [10, 25, 30, 60])
def test_rest_has_one_frame_a_second(fps: int) -> None:
    assert frames_to_encode(_MOMENT, fps, rest=3 * fps) == (0, fps, 2 * fps)


def test_every_frame_of_a_movement_is_encoded_with_the_one_that_ends_it() -> None:
    frames = frames_to_encode(_MOVING, 30, rest=60)
    assert set(range(31, 61)) <= set(frames)
    assert frames[:2] == (0, 30)
    assert frames[-1] == 90


def test_cut_between_two_frames_is_seen_on_the_next() -> None:
    pictures = (Picture(at_ms=0, shot="a"), Picture(at_ms=510, shot="b"))
    clip = _STILL.model_copy(update={"pictures": pictures, "duration_ms": 510})
    assert frames_to_encode(clip, 30, rest=60) == (0, 16, 46)


def test_at_a_constant_rate_all_frames_are_encoded() -> None:
    assert frames_to_encode(_MOVING, 30, rest=5, constant=True) == tuple(range(65))

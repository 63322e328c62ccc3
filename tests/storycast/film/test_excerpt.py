from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from recorder.front_matter import HighlightStyle
from recorder.take import Box, Point
from storycast.film.composite import Composer
from storycast.film.excerpt import excerpt, find_movements
from storycast.film.frame import view_at
from storycast.look import DEFAULT_LOOK
from storycast.timeline import (
    BurntCaption,
    CameraMove,
    Card,
    CardKind,
    Clip,
    CursorShape,
    Drag,
    Glide,
    KeyCaps,
    Mark,
    Menu,
    Neighbour,
    Person,
    Picture,
    Press,
    Prompt,
    PromptKind,
    Roll,
    Seat,
)
from tests.storycast.sample import write_sample

_HERE, _THERE, _AWAY = Point(x=100, y=100), Point(x=500, y=180), Point(x=900, y=600)
_BOX, _NEAR = Box(x=460, y=160, width=140, height=44), Box(x=320, y=0, width=640, height=360)
_WHOLE = Box(x=0, y=0, width=1280, height=720)
_A, _B, _C = ("a" * 16, "b" * 16, "c" * 16)
_ANN, _BEN = Person(name="Ann", colour="#3355aa"), Person(name="Ben", colour="#aa5533")
_STILL = Clip(step=1, start_ms=0, duration_ms=20000, pictures=(Picture(at_ms=0, shot=_A),))
_SIZE = (320, 180)

_PARTS: dict[str, dict[str, Any]] = {
    "pictures": {
        "pictures": (
            Picture(at_ms=0, shot=_A),
            Picture(at_ms=2010, shot=_B, fade_ms=120),
            Picture(at_ms=2050, shot=_C, box=_BOX),
            Picture(at_ms=7333, shot=_C),
        )
    },
    "pointer": {
        "pointer": _HERE,
        "glides": (
            Glide(start_ms=1111, end_ms=1777, origin=_HERE, goal=_THERE, shape=CursorShape.HAND),
            Glide(start_ms=6000, end_ms=6000, origin=_THERE, goal=_AWAY),
            Glide(start_ms=9000, end_ms=9500, origin=_AWAY, goal=_HERE, bend=0.1, hidden=True),
        ),
        "presses": (Press(at_ms=1901, point=_THERE), Press(at_ms=12001, point=_THERE)),
    },
    "drag": {
        "pointer": _HERE,
        "glides": (Glide(start_ms=3000, end_ms=4000, origin=_HERE, goal=_AWAY),),
        "drags": (Drag(start_ms=2500, end_ms=7000, box=_BOX, origin=_HERE),),
    },
    "marks": {
        "marks": (
            Mark(start_ms=1500, end_ms=5750, box=_BOX),
            Mark(start_ms=1490, end_ms=9000, box=_BOX, style=HighlightStyle.NUMBER, number="2"),
            Mark(start_ms=12000, end_ms=12100, box=_BOX),
        )
    },
    "roll": {
        "rolls": (
            Roll(
                start_ms=3003,
                end_ms=3700,
                box=_WHOLE,
                shots=((Point(x=0, y=0), _A), (Point(x=0, y=300), _B)),
            ),
        ),
        "pictures": (Picture(at_ms=0, shot=_A), Picture(at_ms=3700, shot=_B)),
    },
    "caps": {"caps": (KeyCaps(start_ms=2000, end_ms=4500, keys=("Ctrl", "S")),)},
    "menu": {
        "menus": (
            Menu(
                start_ms=2222,
                end_ms=5000,
                box=_BOX,
                options=("One", "Two", "Three"),
                places=((2222, 0), (3500, 2)),
            ),
        )
    },
    "prompt": {
        "prompts": (
            Prompt(
                start_ms=-4000,
                end_ms=14000,
                kind=PromptKind.PROMPT,
                text="Name?",
                buttons=("Cancel", "OK"),
                answers=((-500, "A"), (4000, "An"), (8000, "Ann")),
                pressed_ms=12000,
            ),
        )
    },
    "cards": {
        "cards": (
            Card(start_ms=0, end_ms=2600, kind=CardKind.TITLE, heading="Title", fade_out_ms=300),
            Card(
                start_ms=9000,
                end_ms=12000,
                kind=CardKind.SCENE,
                heading="Scene",
                fade_in_ms=200,
                fade_out_ms=200,
            ),
        ),
        "pictures": (Picture(at_ms=0, shot=_A), Picture(at_ms=10000, shot=_B, fade_ms=300)),
    },
    "captions": {
        "captions": (
            BurntCaption(start_ms=500, end_ms=4000, lines=("One",)),
            BurntCaption(start_ms=4000, end_ms=30000, lines=("Two",)),
        )
    },
    "camera": {
        "framed": _NEAR,
        "moves": (
            CameraMove(start_ms=2050, end_ms=2950, origin=_NEAR, goal=_WHOLE),
            CameraMove(start_ms=9000, end_ms=9900, origin=_WHOLE, goal=_NEAR),
        ),
    },
    "seats": {
        "seats": (
            Seat(at_ms=0, person=_ANN),
            Seat(at_ms=3000, person=_BEN, called_ms=3000),
            Seat(at_ms=8000, person=_BEN, beside=Neighbour(person=_ANN, shot=_A)),
            Seat(at_ms=12000, person=_BEN, beside=Neighbour(person=_ANN, shot=_B)),
        )
    },
}


@pytest.fixture(scope="module")
def composer(tmp_path_factory: pytest.TempPathFactory) -> Composer:
    """What draws small frames of three pictures."""
    folder = write_sample(tmp_path_factory.mktemp("sample")).take_folder / "shots"
    return Composer(folder, (1280, 720), _SIZE, DEFAULT_LOOK)


def _clip(*names: str) -> Clip:
    return _STILL.model_copy(
        update={key: value for name in names for key, value in _PARTS[name].items()}
    )


def _looks_the_same(composer: Composer, one: Clip, at_ms: float, other: Clip, then: float) -> bool:
    first, second = composer.blank(), composer.blank()
    composer.draw(view_at(one, at_ms), first)
    composer.draw(view_at(other, then), second)
    return bool(np.array_equal(first, second))


@pytest.mark.parametrize("name", _PARTS)
def test_excerpt_looks_like_the_clip_all_the_time(composer: Composer, name: str) -> None:
    clip = _clip(name)
    movements = find_movements(clip)
    assert movements
    for start_ms, end_ms in movements:
        part = excerpt(clip, start_ms, end_ms)
        for at_ms in (start_ms, *range(start_ms + 17, end_ms, 37), end_ms, end_ms + 33):
            assert _looks_the_same(composer, part, at_ms - start_ms, clip, at_ms), at_ms


@pytest.mark.parametrize("name", _PARTS)
def test_nothing_changes_between_movements(composer: Composer, name: str) -> None:
    clip = _clip(name)
    movements = find_movements(clip)
    begins = [0, *(end_ms for _, end_ms in movements)]
    ends = [*(start_ms for start_ms, _ in movements), clip.duration_ms - 1]
    for begin, end in zip(begins, ends, strict=True):
        rest = excerpt(clip, begin, begin)
        for at_ms in {begin, (begin + end) // 2, end}:
            if at_ms >= begin:
                assert _looks_the_same(composer, rest, 5000, clip, at_ms), at_ms


def _later(value: Any, by_ms: int) -> Any:
    """The same model, or tuple of them, with every time ``by_ms`` later."""
    if isinstance(value, tuple):
        return tuple(_later(each, by_ms) for each in value)
    if not hasattr(value, "model_fields_set") or isinstance(value, (Point, Box, Person)):
        return value
    times = {
        name: getattr(value, name) + by_ms
        for name in ("at_ms", "start_ms", "end_ms", "called_ms", "pressed_ms")
        if getattr(value, name, None) is not None
    }
    for name in ("places", "answers"):
        if hasattr(value, name):
            times[name] = tuple((at_ms + by_ms, what) for at_ms, what in getattr(value, name))
    return value.model_copy(update=times)


@pytest.mark.parametrize("name", _PARTS)
def test_movement_is_the_same_wherever_it_happens(name: str) -> None:
    clip = _clip(name)
    parts = {key: _later(value, 444) for key, value in _PARTS[name].items()}
    if "pictures" in parts:
        parts["pictures"] = (clip.pictures[0], *parts["pictures"][1:])
    later = _STILL.model_copy(update=parts)
    own = [excerpt(clip, *span) for span in find_movements(clip)]
    if name in ("cards", "seats"):  # what is there from the start on comes later, too
        own = own[1:]
    moved = [excerpt(later, *span) for span in find_movements(later)]
    assert own
    assert moved[-len(own) :] == own


def test_rests_that_look_the_same_are_equal() -> None:
    clip = _clip("marks", "captions")
    assert excerpt(clip, 3000, 3000) == excerpt(clip, 3500, 3500)
    assert excerpt(clip, 3000, 3000) != excerpt(clip, 6500, 6500)


def test_short_rest_belongs_to_the_movement() -> None:
    marks = (
        Mark(start_ms=1000, end_ms=3000, box=_BOX),
        Mark(start_ms=9000, end_ms=19000, box=_BOX),
    )
    clip = _STILL.model_copy(update={"marks": marks, "presses": (Press(at_ms=2000, point=_HERE),)})
    assert find_movements(clip) == ((999, 3000), (8999, 9150), (18849, 19000))


def test_what_a_card_covers_is_no_movement() -> None:
    card = Card(start_ms=0, end_ms=9000, kind=CardKind.TITLE, heading="T", fade_out_ms=300)
    pictures = (Picture(at_ms=0, shot=_A), Picture(at_ms=4000, shot=_B))
    clip = _STILL.model_copy(update={"cards": (card,), "pictures": pictures})
    assert find_movements(clip) == ((8699, 9000),)


def test_movement_at_the_start_begins_there() -> None:
    mark = Mark(start_ms=0, end_ms=60000, box=_BOX)
    assert find_movements(_STILL.model_copy(update={"marks": (mark,)})) == ((0, 150),)

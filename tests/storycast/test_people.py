from __future__ import annotations

from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest

from recorder.front_matter import ActorSettings, FrontMatter
from recorder.storyboard import Storyboard
from recorder.take import Actor, Browser, Take
from storycast.errors import StorycastError
from storycast.look import DEFAULT_LOOK, load_look
from storycast.people import dress, find_people, ink_on, name_actors, require_actors

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from storycast.look import Colour

# How red, green and blue are seen without one kind of cones (Machado et al., 2009, severity 1).
_EYES = {
    "all": np.eye(3),
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deuteranopia": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "tritanopia": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}


def _light(colour: Colour) -> NDArray[np.float64]:
    """Red, green and blue as amounts of light."""
    share = np.array(colour) / 255
    return np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)


def _luminance(colour: Colour) -> float:
    return float(_light(colour) @ np.array([0.2126, 0.7152, 0.0722]))


def _contrast(one: Colour, other: Colour) -> float:
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _seen(colour: Colour, eyes: NDArray[np.float64]) -> NDArray[np.float64]:
    """A colour in CIELAB, as these eyes see it."""
    light = np.clip(eyes @ _light(colour), 0, 1).astype(np.float32)
    written = np.where(light <= 0.0031308, light * 12.92, 1.055 * light ** (1 / 2.4) - 0.055)
    lab = cv2.cvtColor(written.astype(np.float32).reshape(1, 1, 3), cv2.COLOR_RGB2LAB)
    return np.asarray(lab[0, 0], np.float64)


def _take(*actors: Actor) -> Take:
    return Take(
        storyboard="s", title="", language="en", viewport=(800, 600), scale=1,
        browser=Browser(name="", version=""), actors=actors, steps=(),
    )  # fmt: skip


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("eyes", list(_EYES))
def test_first_four_colours_are_told_apart_by_all_eyes(theme: str, eyes: str) -> None:
    colours = load_look(theme, Path()).actor_colours[:4]
    seen = [_seen(colour, _EYES[eyes]) for colour in colours]
    assert min(np.linalg.norm(one - other) for one, other in combinations(seen, 2)) > 20


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_colours_are_seen_on_light_and_dark_and_can_be_written_on(theme: str) -> None:
    for colour in load_look(theme, Path()).actor_colours:
        assert _contrast(colour, (255, 255, 255)) >= 3
        assert _contrast(colour, (20, 23, 28)) >= 3
        assert _contrast(colour, ink_on(colour)) >= 4.5


def test_who_has_no_colour_gets_the_look_s_in_order() -> None:
    take = _take(Actor(key="a"), Actor(key="b", name="Bea", colour="#ABCDEF"), Actor(key="c"))
    people = find_people(take, DEFAULT_LOOK)
    assert [(each.name, each.colour) for each in people.values()] == [
        ("a", "#225de5"),
        ("Bea", "#abcdef"),
        ("c", "#b23681"),
    ]


def test_front_matter_says_it_better_than_the_code() -> None:
    actors = (Actor(key="a", name="Ann", colour="#111111"), Actor(key="b", name="Ben"))
    named = name_actors(actors, {"a": ActorSettings(name="Anna")})
    assert named == (Actor(key="a", name="Anna", colour="#111111"), Actor(key="b", name="Ben"))


def test_name_for_nobody_is_an_error_that_names_the_nearest() -> None:
    front = FrontMatter(actors={"kevn": ActorSettings(name="Kevin")})
    board = Storyboard(Path("b.ipynb"), front, "", (), (), frozenset())
    with pytest.raises(StorycastError, match=r"'storycast\.actors\.kevn' names no actor") as caught:
        require_actors(_take(Actor(key="kevin")), board)
    assert caught.value.hint == "Did you mean 'kevin'?"
    require_actors(_take(Actor(key="kevn")), board)


def test_look_of_nobody_is_the_look() -> None:
    assert dress(DEFAULT_LOOK, None) is DEFAULT_LOOK
    person = find_people(_take(Actor(key="a", colour="#010203")), DEFAULT_LOOK)["a"]
    look = dress(DEFAULT_LOOK, person)
    assert {look.ring_colour, look.pointer_colour, look.ripple_colour} == {(1, 2, 3)}

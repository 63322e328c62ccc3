from __future__ import annotations

import numpy as np
import pytest

from storycast.verify.listen import Samples
from storycast.verify.sound import find_cue, fit_drift

_RATE = 8000


def _noise(seconds: float, seed: int) -> Samples:
    noise = np.random.default_rng(seed).normal(0, 1, round(seconds * _RATE))
    return np.asarray(noise, np.float32)


def _film(*placed: tuple[float, Samples]) -> Samples:
    """Ten seconds with sounds at milliseconds."""
    film = np.zeros(10 * _RATE, np.float32)
    for at_ms, cue in placed:
        start = round(at_ms * _RATE / 1000)
        film[start : start + cue.size] += cue[: film.size - start]
    return film


@pytest.mark.parametrize("offset_ms", [-900, -120, 0, 3.125, 120, 900])
def test_cue_is_found_to_the_sample(offset_ms: float) -> None:
    cue = _noise(1.5, 1)
    match = find_cue(_film((4000 + offset_ms, cue)), cue, 4000, rate=_RATE)
    assert match.offset_ms == pytest.approx(offset_ms, abs=1000 / _RATE / 2)
    assert match.likeness > 0.99


def test_loudness_does_not_matter() -> None:
    cue = _noise(1.5, 1)
    match = find_cue(_film((4030, cue * 0.01)), cue, 4000, rate=_RATE)
    assert match.offset_ms == pytest.approx(30, abs=0.1)
    assert match.likeness > 0.99


def test_another_cue_beside_it_does_not_matter() -> None:
    cue, other = _noise(1.5, 1), _noise(1.5, 2)
    film = _film((2500, other * 3), (4020, cue), (5600, other * 3))
    assert find_cue(film, cue, 4000, rate=_RATE).offset_ms == pytest.approx(20, abs=0.1)


def test_cue_that_is_not_there_is_unlike_everything() -> None:
    film = _film((4000, _noise(1.5, 2)))
    assert find_cue(film, _noise(1.5, 1), 4000, rate=_RATE).likeness < 0.2


def test_of_a_sentence_that_is_said_twice_the_nearer_one_counts() -> None:
    cue = _noise(0.4, 1)
    film = _film((4000, cue), (4500, cue * 1.1))
    assert find_cue(film, cue, 4000, rate=_RATE).offset_ms == pytest.approx(0, abs=0.1)
    assert find_cue(film, cue, 4500, rate=_RATE).offset_ms == pytest.approx(0, abs=0.1)


@pytest.mark.parametrize("at_ms", [0, 9500])
def test_cue_at_an_end_of_the_film_is_found(at_ms: int) -> None:
    cue = _noise(1, 1)
    match = find_cue(_film((at_ms, cue)), cue, at_ms, rate=_RATE)
    assert match.offset_ms == pytest.approx(0, abs=0.1)
    assert match.likeness > 0.6


def test_silent_film_and_silent_cue_are_unlike() -> None:
    cue = _noise(1, 1)
    assert find_cue(_film(), cue, 4000, rate=_RATE).likeness == 0
    assert find_cue(_film((0, cue)), cue * 0, 4000, rate=_RATE).likeness == 0


def test_drift_is_the_slope_through_all_offsets() -> None:
    found = [(at_ms, 5 + at_ms * 0.001) for at_ms in (0.0, 1000.0, 5000.0, 60000.0)]
    assert fit_drift(found) == pytest.approx(0.001)
    assert fit_drift([(0.0, 7.0), (1000.0, 7.0), (2000.0, 7.0)]) == pytest.approx(0)

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from storycast.verify import question
from storycast.verify.container import Container, read_container
from storycast.verify.frame import Frame, Luma, decode
from storycast.verify.question import ask, key_frames
from tests.storycast.verify.edition import Made


class _Brightness:
    """How bright the frames are on average."""

    def __init__(self, frames: range, asked: str = "brightness") -> None:
        self.frames = frames
        self.asked = asked
        self.seen: dict[int, float] = {}

    def see(self, place: int, luma: Luma) -> None:
        self.seen[place] = round(float(luma.mean()), 3)

    def answer(self) -> list[float]:
        return list(self.seen.values())


@pytest.fixture
def decoded(monkeypatch: pytest.MonkeyPatch) -> list[range]:
    """The frames that were decoded, for each time in one go."""
    runs: list[range] = []

    def counted(film: Path, container: Container, first: int, count: int) -> Iterator[Frame]:
        runs.append(range(first, first + count))
        return decode(film, container, first, count)

    monkeypatch.setattr(question, "decode", counted)
    return runs


def test_each_question_sees_its_own_frames(original: Made) -> None:
    container = read_container(original.film)
    every = len(container.video.packets)
    whole, part = _Brightness(range(every)), _Brightness(range(3, 9))
    answers = ask(original.film, container, [whole, part], None)
    assert list(part.seen) == list(range(6))
    assert answers[1] == answers[0][3:9]


def test_only_the_group_of_a_frame_is_decoded(original: Made, decoded: list[range]) -> None:
    container = read_container(original.film)
    keys = key_frames(container)
    ask(original.film, container, [_Brightness(range(keys[1] + 1, keys[1] + 2))], None)
    assert decoded == [range(keys[1], keys[2])]


def test_answer_is_kept_for_what_was_asked(
    original: Made, tmp_path: Path, decoded: list[range]
) -> None:
    container = read_container(original.film)
    first = ask(original.film, container, [_Brightness(range(2, 5))], tmp_path)
    decoded.clear()
    assert ask(original.film, container, [_Brightness(range(2, 5))], tmp_path) == first
    assert not decoded
    for other in (_Brightness(range(3, 5)), _Brightness(range(2, 5), "other")):
        ask(original.film, container, [other], tmp_path)
    assert len(decoded) == 2


def test_same_pictures_at_another_time_need_not_be_looked_at_again(
    original: Made, tmp_path: Path, decoded: list[range]
) -> None:
    container = read_container(original.film)
    packets = container.video.packets
    keys = (*key_frames(container), len(packets))
    cut = keys[1]  # the film without its first group
    later = replace(container, video=replace(container.video, packets=packets[cut:]))
    found = ask(original.film, container, [_Brightness(range(cut, keys[2]))], tmp_path)
    decoded.clear()
    moved = _Brightness(range(keys[2] - cut))
    assert ask(original.film, later, [moved], tmp_path) == found
    assert not decoded


def test_where_frames_are_out_of_order_all_are_decoded(
    original: Made, decoded: list[range]
) -> None:
    container = read_container(original.film)
    odd = replace(container, in_order=False)
    assert key_frames(odd) == (0,)
    ask(original.film, odd, [_Brightness(range(5, 6))], None)
    assert decoded == [range(len(container.video.packets))]


@pytest.mark.parametrize(
    ("needed", "runs"),
    [
        ([], []),
        ([range(5, 9), range(5, 9), range(9, 12)], [range(5, 12)]),
        ([range(5), range(8, 9)], [range(5), range(8, 9)]),
        ([range(60), range(60, 90), range(90, 120)], [range(60), range(60, 120)]),
        ([range(200)], [range(200)]),
        ([range(70), range(50, 130)], [range(130)]),
    ],
)
def test_long_runs_are_halved_where_no_question_is_parted(
    needed: list[range], runs: list[range]
) -> None:
    assert list(question._runs(needed)) == runs

from __future__ import annotations

import pytest

from storycast.clock import tell_time


@pytest.mark.parametrize(
    ("milliseconds", "told"),
    [(0, "0:00"), (5_900, "0:05"), (754_000, "12:34"), (3_723_000, "1:02:03")],
)
def test_time_is_told_as_players_do(milliseconds: int, told: str) -> None:
    assert tell_time(milliseconds) == told

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from storycast.day import now, pinned_day, today
from storycast.errors import StorycastError


def test_day_is_the_pinned_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1764547200")
    assert pinned_day() == today() == date(2025, 12, 1)
    assert now() == datetime(2025, 12, 1, tzinfo=UTC)


def test_without_a_pin_it_is_this_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert pinned_day() is None
    assert now() <= datetime.now(UTC)


@pytest.mark.parametrize("given", ["yesterday", "1e9", str(10**20)])
def test_pin_that_is_no_moment_is_an_error(monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", given)
    with pytest.raises(StorycastError, match="SOURCE_DATE_EPOCH"):
        today()

from __future__ import annotations

import re

import pytest

from storycast.drift.mask.pattern import find_pattern


@pytest.mark.parametrize(
    ("before", "after", "later"),
    [
        ("Order 4711 is on its way", "Order 98 is on its way", "Order 12345 is on its way"),
        ("12 notes", "13 notes", "9 notes"),
        ("Since 21 Nov 2026", "Since 22 Nov 2026", "Since 1 December 2027"),
        ("2026-11-21", "2026-11-22", "2027-01-02"),
        ("Build 3f2a9c1b done", "Build 9b8c7d6e done", "Build 0a1b2c3d done"),
        ("Ticket #17,", "Ticket #18,", "Ticket #19,"),
        ("Key Xa3-b8Zq", "Key Ty4-c9Wr", "Key Uz5-d0Vs"),
        ("Monday, 3 May", "Tuesday, 4 May", "Friday, 7 June"),
    ],
)
def test_pattern_matches_what_comes_later(before: str, after: str, later: str) -> None:
    pattern = re.compile(find_pattern(before, after))
    assert pattern.pattern
    assert len({pattern.sub("⋯", text) for text in (before, after, later)}) == 1


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("12", "13"),
        ("Keep", "Save"),
        ("Notes", "My notes"),
        ("same", "same"),
        ("one of 12", "one of twelve"),
    ],
)
def test_text_that_tells_nothing_of_its_kind_has_no_pattern(before: str, after: str) -> None:
    assert find_pattern(before, after) == ""


def test_pattern_is_of_its_place_alone() -> None:
    pattern = re.compile(find_pattern("Order 4711", "Order 98"))
    assert not pattern.search("Room 12")

from __future__ import annotations

import pytest

from storycast.sweep.canary import make_canaries
from storycast.sweep.misread import find_read


def _finds(value: str, text: str) -> bool:
    return bool(find_read(text, make_canaries([("the secret", value)]), ()))


@pytest.mark.parametrize(
    ("value", "read"),
    [
        ("NqVwYS81", "NqVwYSB1"),
        ("hunter2-Okl", "hunter2-0kI"),
        ("corner-99", "comer-99"),
        ("ulEETldq", "ulEET!dq"),
        ("my pass phrase 7", "mypass phrase7"),
        ("Zk3vQ8mP", "Zk3v Q8mP"),
        ("Zk3vQ8mP2x", "Zk3vQ\n8mP2x"),
        ("a7Kd93mQx2Lp", "a7Kd93rmQx2Lp"),
        ("AKJT6KDFZCPWQ52JDC", "AKJTKDFZCPWQ52JDC"),
        ("!?a-b:c", "x !?a-b:c x"),
    ],
)
def test_misread_secret_is_found(value: str, read: str) -> None:
    assert _finds(value, f"Some words: {read} and more")


@pytest.mark.parametrize(
    ("value", "read"),
    [
        ("password1", "Passwords must be long"),
        ("Winter2024", "Winter 2023 and Winter 2025"),
        ("Version1", "Version 2"),
        ("launchers", "Launcher stands, Launch era"),
        ("master", "mastering"),
        ("correcthorse", "correct house"),
        ("documentation7", "documentation"),
        ("!?a-b:c", "abc a b c"),
        ("week-12-room", "week 13 room"),
    ],
)
def test_similar_words_are_not(value: str, read: str) -> None:
    assert not _finds(value, f"Some words: {read} and more")


def test_addresses_are_found_with_the_gaps_that_reading_makes() -> None:
    [hit] = find_read("Mail to\nanna.lee ©school. org today", (), ())
    assert (hit.kind, hit.line, hit.hint) == ("e-mail address", 1, "an… (19 characters)")
    assert not find_read("anna@example .com", (), ())

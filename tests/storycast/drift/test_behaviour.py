from __future__ import annotations

import re

import pytest

from recorder.take import Action, ActionKind, Download
from storycast.drift.behaviour import tell_behaviour
from tests.storycast.guide.board import action, moment


def _saving(*names: str) -> Action:
    files = tuple(Download(name=name, file=name, size=1) for name in names)
    done = action(ActionKind.CLICK, moment("a"), moment("a"))
    return done.model_copy(update={"downloads": files})


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (("a.csv",), ("a.csv",), ""),
        (("a.csv", "b.csv"), ("b.csv", "a.csv"), ""),
        (("at 2026-01-02 09:30.csv",), ("at 2026-02-03 11:45.csv",), ""),
        (("a.csv",), (), "does not save “a.csv” any more"),
        ((), ("a.csv",), "saves “a.csv” now"),
        (("a.csv",), ("b.csv",), "saves “b.csv” now, and not “a.csv”"),
    ],
)
def test_what_is_saved_is_told_by_its_name(
    before: tuple[str, ...], after: tuple[str, ...], told: str
) -> None:
    assert tell_behaviour(_saving(*before), _saving(*after)) == told


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("/graded/d69ed8f7748d47b6aa6d755b48ce0005/", "/graded/f1045de3d56d4a6b812b310a621f7f4b/"),
        ("/at/2026-11-28%2008:00:23.965609", "/at/2026-11-28%2007:53:36.233342"),
        ("/at/2026-11-28%2008%3A00%3A23/a.html", "/at/2026-11-28%2007%3A53%3A36/a.html"),
        ("/orders/4711", "/orders/4712"),
    ],
)
def test_address_with_what_differs_each_time_is_the_same(before: str, after: str) -> None:
    old, new = (
        action(ActionKind.CLICK, moment("a"), moment("b", address=each)) for each in (before, after)
    )
    assert tell_behaviour(old, new, [re.compile(r"orders/\d+")]) == ""


def test_what_leads_elsewhere_is_told() -> None:
    old = action(ActionKind.CLICK, moment("a"), moment("b", address="/one?at=1"))
    same = action(ActionKind.CLICK, moment("a"), moment("b", address="/one?at=2"))
    other = action(ActionKind.CLICK, moment("a"), moment("b", address="/two"))
    assert tell_behaviour(old, same) == ""
    assert tell_behaviour(old, other) == "leads to /two now, and not to /one"

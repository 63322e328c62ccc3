"""What masks hide of a page, and what they do not."""

from __future__ import annotations

import pytest

from recorder.take import Box
from storycast.drift.comparison.difference import Difference
from storycast.drift.comparison.masking import is_masked
from storycast.drift.model import Kind

from .sketch import node, sketch

_LOG = Box(x=100, y=100, width=200, height=80)


def _is_masked(role: str, box: tuple[float, float, float, float]) -> bool:
    old, new = (sketch(node(role, name, box))[1] for name in ("before", "after"))
    return is_masked(Difference(Kind.TEXT, old, new), [_LOG])


@pytest.mark.parametrize(
    ("role", "box", "hidden"),
    [
        ("StaticText", (120, 110, 100, 20), True),
        ("StaticText", (20, 110, 100, 20), False),
        ("StaticText", (110, 110, 900, 700), True),  # scrolls in what is masked
        ("StaticText", (90, 90, 900, 700), False),
        ("StaticText", (50, 100, 300, 20), True),
        ("button", (280, 170, 300, 40), False),
    ],
)
def test_mask_hides_what_begins_or_lies_in_it(
    role: str, box: tuple[float, float, float, float], *, hidden: bool
) -> None:
    assert _is_masked(role, box) is hidden


def test_what_is_new_outside_is_not_masked() -> None:
    new = sketch(node("button", "OK", (10, 10, 20, 20)))[1]
    assert not is_masked(Difference(Kind.ADDED, None, new), [_LOG])

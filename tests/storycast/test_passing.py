from __future__ import annotations

import re

import pytest

from storycast.passing import hide_passing


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("Created: 11/22/26, 1:28 AM", "Created: ⋯"),
        ("saved  2 minutes ago", "saved ⋯"),
        ("kernel 3f2504e0-4f89-11d3-9a0c-0305e82c3301", "kernel ⋯"),
        ("Save 3 files", "Save 3 files"),
    ],
)
def test_what_passes_is_hidden(text: str, hidden: str) -> None:
    assert hide_passing(text) == hidden


def test_masks_are_hidden_too() -> None:
    assert hide_passing("Order 4711", (re.compile(r"\d+"),)) == "Order ⋯"

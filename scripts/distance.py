"""The edit distance between what was written and what was read or heard."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

__all__ = ["edit_distance"]


def edit_distance(one: Sequence[Hashable], other: Sequence[Hashable]) -> int:
    """Return how many items have to be put in, left out or changed (Levenshtein, 1965)."""
    row = list(range(len(other) + 1))
    for number, item in enumerate(one, start=1):
        before, row[0] = row[0], number
        for place, against in enumerate(other, start=1):
            before, row[place] = (
                row[place],
                min(row[place] + 1, row[place - 1] + 1, before + (item != against)),
            )
    return row[-1]

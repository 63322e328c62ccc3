"""Consequences: what has to be made again for what has drifted."""

from __future__ import annotations

from collections.abc import Sequence

from storycast.drift.model import Change, Consequences, FalseSentence, Weight

__all__ = ["find_consequences"]

_SEEN = (Weight.BREAKS, Weight.SHOWS)


def find_consequences(
    changes: Sequence[Change], false: Sequence[FalseSentence], editions: Sequence[str]
) -> Consequences:
    """Return what is no longer right: pictures by their steps, sentences, and whole editions.

    ``editions`` are what is made of the storyboard: itself and its translations, which are all told
    over the same pictures.
    """
    steps = {
        number
        for change in changes
        if change.weight in _SEEN
        for number in (change.step, *change.also)
    }
    spoken = tuple(dict.fromkeys(each.sentence for each in false))
    return Consequences(
        pictures=tuple(sorted(steps)),
        cues=spoken,
        editions=tuple(editions) if steps or spoken else (),
    )

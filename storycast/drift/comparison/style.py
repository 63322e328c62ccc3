"""Style: what of an element's look a reader would see changed."""

from __future__ import annotations

from storycast.drift.comparison.element import LETTERS, Element

__all__ = ["restyled"]

_UNSEEN_COLOUR = 12  # of 255 in each channel


def restyled(old: Element, new: Element) -> dict[str, tuple[str, str]]:
    """Return the styles that differ, by their names: before and now."""
    found = {}
    for name in old.styles.keys() & new.styles.keys():
        was, is_now = old.styles[name], new.styles[name]
        is_drawn = name in LETTERS and old.role == "button" and not old.is_written and old.name
        if was != is_now and not is_drawn and not (_is_colour(was) and _is_close(was, is_now)):
            found[name] = (was, is_now)
    return dict(sorted(found.items()))


def _is_colour(style: str) -> bool:
    return style.startswith("rgb")


def _is_close(one: str, other: str) -> bool:
    first, second = _channels(one), _channels(other)
    if len(first) != len(second) or not first:
        return False
    if len(first) == 4 and first[3] == second[3] == 0:
        return True
    return all(
        abs(a - b) <= _UNSEEN_COLOUR for a, b in zip(first[:3], second[:3], strict=True)
    ) and (first[3:] == second[3:])


def _channels(style: str) -> list[float]:
    try:
        return [float(word) for word in style.partition("(")[2].rstrip(")").split(",")]
    except ValueError:
        return []

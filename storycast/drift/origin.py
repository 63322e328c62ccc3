"""Origin: whether a baseline and a take were filmed of and with the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from storycast.drift.pairing import pair_moments

if TYPE_CHECKING:
    from recorder.take import Step, Take
    from storycast.drift.baseline import Pages

__all__ = ["tell_limits", "tell_origin"]


def tell_origin(old: Take, new: Take) -> Iterator[str]:
    """Yield what is different: the application's version, the fonts."""
    if old.application != new.application:
        was, now = (take.application or "one that was not told" for take in (old, new))
        yield f"The application's version is {now}, which was {was}."
    if old.browser.fonts and new.browser.fonts and old.browser.fonts != new.browser.fonts:
        was, now = (", ".join(take.browser.fonts) for take in (old, new))
        yield f"The fonts are {now}, and were {was}: text may look different for that."


def tell_limits(old: Pages, new: Pages, pairs: Sequence[tuple[Step, Step]]) -> Iterator[str]:
    """Say what cannot be compared as it should be."""
    browsers = [each.take.browser for each in (old, new)]
    releases = {(each.name, each.version.partition(".")[0]) for each in browsers}
    if len(releases) > 1:
        was, is_now = (f"{each.name} {each.version}" for each in browsers)
        yield f"Approved was what {was} showed, and this was filmed by {is_now}: looks may differ."
    steps = [
        str(other.number)
        for one, other in pairs
        if any(not before.settled for before, _ in pair_moments(one, other))
    ]
    if steps:
        where = f"step{'s' if len(steps) > 1 else ''} {', '.join(steps)}"
        yield (
            f"The page had not come to rest in {where} when it was approved: there only its "
            "structure was compared, and not its picture."
        )

"""Origin: whether a baseline and a take were filmed of and with the same."""

from __future__ import annotations

from collections.abc import Iterator

from recorder.take import Take

__all__ = ["tell_origin"]


def tell_origin(old: Take, new: Take) -> Iterator[str]:
    """Yield what is different: the application's version, the fonts."""
    if old.application != new.application:
        was, now = (take.application or "one that was not told" for take in (old, new))
        yield f"The application's version is {now}, which was {was}."
    if old.browser.fonts and new.browser.fonts and old.browser.fonts != new.browser.fonts:
        was, now = (", ".join(take.browser.fonts) for take in (old, new))
        yield f"The fonts are {now}, and were {was}: text may look different for that."

"""The guide: a take as a how-to that is read, in many forms, and its transcript."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from storycast.guide.publication import publish_guide

__all__ = ["publish_guide"]


def __getattr__(name: str) -> object:
    """Who reads cards alone does not wait for what draws pictures."""
    if name != "publish_guide":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from storycast.guide.publication import publish_guide  # noqa: PLC0415 - see above

    return publish_guide

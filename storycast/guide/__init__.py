"""The guide: a take as a how-to that is read, in many forms, and its transcript."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from storycast.guide.publication import publish_guide

__all__ = ["publish_guide"]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever is asked for
    """Load what publishes when it is needed: it draws, and takes long to load."""
    if name in __all__:
        from storycast.guide import publication  # noqa: PLC0415 - see above

        return getattr(publication, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

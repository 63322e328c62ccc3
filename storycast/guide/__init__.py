"""The guide: a take as a how-to that is read, in many forms, and its transcript.

Who reads cards alone does not wait for what draws pictures.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from recorder.lazy import lazy_names

if TYPE_CHECKING:
    from storycast.guide.publication import publish_guide

__all__ = ["publish_guide"]

__getattr__ = lazy_names(__name__, {"publication": __all__})

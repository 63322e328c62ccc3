"""The guide: a take as a how-to that is read, in HTML, Markdown and as a transcript."""

from __future__ import annotations

from storycast.guide.publication import publish_guide

__all__ = ["publish_guide"]

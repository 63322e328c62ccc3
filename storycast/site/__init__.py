"""The site: all guides in one static library that needs no server, no network and no build tool."""

from __future__ import annotations

from storycast.site.build import Built, Wishes, build_site

__all__ = ["Built", "Wishes", "build_site"]

"""News: guides that came, and guides that changed, newest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from storycast.cache import content_name
from storycast.guide.card import Change
from storycast.site.shelf import Shelf, Volume

__all__ = ["News", "gather_news"]


@dataclass(frozen=True)
class News:
    """A guide was filmed, or (with ``change``) what it shows has changed."""

    on: date
    volume: Volume
    change: Change | None = None

    @property
    def name(self) -> str:
        """What tells it from all other news, for as long as it says the same."""
        told = self.change.sentences if self.change else ()
        return content_name(self.volume.place, str(self.on), *told)

    @property
    def anchor(self) -> str:
        """Where the guide's page tells of it."""
        return f"changed-{self.on}" if self.change else ""


def gather_news(shelf: Shelf) -> tuple[News, ...]:
    """All that can be dated of the storyboards' own editions; their translations change with them.

    A change that is told again counts once.
    """
    found = []
    for volume in (entry.first for entry in shelf.entries):
        card = volume.card
        if card.filmed_on:
            found.append(News(card.filmed_on, volume))
        found += [News(change.on, volume, change) for change in dict.fromkeys(card.changes)]
    return tuple(sorted(found, key=lambda news: news.on, reverse=True))

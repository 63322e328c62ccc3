"""The shards: what the search in the browser looks through, a script for each language.

Scripts, because a page that is a file itself may load nothing else; a shard is loaded when somebody
begins to search. The browser looks through the texts as they are: a thousand guides are a few
megabytes, which it reads through in less time than it takes to press a key.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from storycast.guide.card import Card
from storycast.site.shelf import Entry, Shelf, Volume

__all__ = ["make_shards", "shard_name"]


def make_shards(shelf: Shelf, covers: frozenset[str]) -> dict[str, bytes]:
    """The shards by their paths in the site; ``covers`` are the places that have a cover."""
    guides: dict[str, list[dict[str, object]]] = {}
    for entry in shelf.entries:
        for volume in _told_once(entry):
            known = _describe(volume, has_cover=volume.place in covers)
            guides.setdefault(volume.card.language, []).append(known)
    return {shard_name(tag): _write(tag, guides[tag]) for tag in sorted(guides)}


def shard_name(language: str) -> str:
    """The path of a language's shard in the site."""
    return f"assets/search-{language}.js"


def _told_once(entry: Entry) -> Iterator[Volume]:
    """An edition in each language: those in other colours say the same."""
    seen = set()
    for volume in entry.volumes:
        if volume.card.language not in seen:
            seen.add(volume.card.language)
            yield volume


def _describe(volume: Volume, *, has_cover: bool) -> dict[str, object]:
    card = volume.card
    return {
        "place": volume.place,
        "title": card.title,
        "direction": card.direction,
        "goal": card.goal,
        "tags": card.tags,
        "cover": has_cover,
        "steps": [(each.anchor, each.title, each.text) for each in card.passages],
        "spoken": card.spoken_language,
        "said": _said(card),
    }


def _said(card: Card) -> tuple[tuple[int, str], ...]:
    """What the film says, where there is one; a film says much of what its guide says."""
    return card.transcript if card.film else ()


def _write(language: str, guides: list[dict[str, object]]) -> bytes:
    told = json.dumps(guides, ensure_ascii=False, separators=(",", ":"))
    return f'storycast.shelve("{language}",{told});\n'.encode(errors="replace")

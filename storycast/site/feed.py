"""The feed and the site map: what is new, for readers' programs and for search engines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from email.utils import format_datetime
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import quote

from storycast.site.news import News
from storycast.site.shelf import Shelf, Volume
from storycast.template import load_templates
from storycast.wording import Wording

if TYPE_CHECKING:
    from jinja2 import Environment

__all__ = ["FEED", "SITE_MAP", "render_feed", "render_site_map"]

FEED, SITE_MAP = "feed.xml", "sitemap.xml"
_MOST = 100  # items; whoever subscribes has seen what is older
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _legal(text: object) -> object:
    """Text without what XML cannot hold."""
    return _NO_XML.sub("\ufffd", text) if isinstance(text, str) else text


@cache
def _open_templates() -> Environment:
    return load_templates("storycast.site", finalize=_legal)


@dataclass(frozen=True)
class _Page:
    """A page in the site map, with the same in other languages."""

    address: str
    changed: date | None = None
    others: tuple[tuple[str, str], ...] = ()


def render_feed(
    news: tuple[News, ...],
    title: str,
    base_url: str,
    wording: Wording,
) -> bytes:
    """RSS 2.0 of what is new at ``base_url`` (which ends in a slash)."""
    text = (
        _open_templates()
        .get_template("feed.xml")
        .render(
            title=title,
            base_url=base_url,
            language=wording.language,
            items=[
                (each, _address(base_url, each.volume), _moment(each.on)) for each in news[:_MOST]
            ],
            built=_moment(news[0].on) if news else "",
            _=wording.gettext,
        )
    )
    return text.encode()


def render_site_map(shelf: Shelf, base_url: str) -> bytes:
    """All pages for search engines, by the protocol of sitemaps.org."""
    template = _open_templates().get_template("sitemap.xml")
    pages = [_Page(base_url), _Page(f"{base_url}changes.html"), *_guides(shelf, base_url)]
    return template.render(pages=pages).encode()


def _guides(shelf: Shelf, base_url: str) -> Iterator[_Page]:
    for entry in shelf.entries:
        for name in ("index.html", "guide.html"):
            addresses = {each: _address(base_url, each, name) for each in entry.volumes}
            told = {volume.card.language: volume for volume in reversed(entry.volumes)}
            others = tuple((tag, addresses[told[tag]]) for tag in sorted(told))
            for volume, address in addresses.items():
                yield _Page(address, _changed(volume), others if len(others) > 1 else ())


def _changed(volume: Volume) -> date | None:
    card = volume.card
    days = [change.on for change in card.changes] + ([card.filmed_on] if card.filmed_on else [])
    return max(days, default=None)


def _address(base_url: str, volume: Volume, name: str = "index.html") -> str:
    return f"{base_url}{quote(volume.place)}/{name}"


def _moment(day: date) -> str:
    return format_datetime(datetime.combine(day, time(), UTC))

"""Dates and languages as readers of a language call them."""

from __future__ import annotations

from datetime import date
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date

__all__ = ["name_language", "tell_date"]


@cache
def tell_date(day: date, language: str) -> str:
    """A day as ``language`` writes it, such as 3 March 2026."""
    return format_date(day, "long", locale=_find_locale(language) or "en")


@cache
def name_language(tag: str, language: str = "") -> str:
    """What ``language`` calls the language ``tag``, by default itself: français, Japanese."""
    locale = _find_locale(tag)
    name = locale and locale.get_display_name(_find_locale(language) if language else None)
    return name or tag


@cache
def _find_locale(tag: str) -> Locale | None:
    for known in (tag, tag.split("-", maxsplit=1)[0]):
        try:
            return Locale.parse(known, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return None

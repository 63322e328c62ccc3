"""The guide as linked data: what search engines and libraries read of a page (schema.org)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Any

from markupsafe import Markup

from storycast.guide.model import Chapter, Entry, Guide, GuideStep
from storycast.guide.prose import plain_prose
from storycast.guide.words import tell_doers
from storycast.wording import ENGLISH, Wording

__all__ = ["linked_data"]

_Thing = dict[str, Any]
_ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def linked_data(guide: Guide, film: str | None, wording: Wording = ENGLISH) -> Markup:
    """A HowTo with its steps, and the film at ``film`` as a VideoObject, as JSON-LD.

    It stands inside of a script element, so nothing in it can end that.
    """
    told = _known(
        {
            "@context": "https://schema.org",
            "@type": "HowTo",
            "name": guide.title,
            "description": plain_prose(guide.goal),
            "inLanguage": guide.language,
            "keywords": ", ".join(guide.about.tags),
            "datePublished": _day(guide.about.filmed_on),
            "supply": [{"@type": "HowToSupply", "name": plain_prose(need)} for need in guide.needs],
            "step": [
                {
                    "@type": "HowToSection",
                    "name": scene.title,
                    "position": scene.number,
                    "itemListElement": [
                        _step(step, wording) for step in scene.steps if step.number
                    ],
                }
                for scene in guide.scenes
            ],
            "video": _film(guide, film) if film else None,
        }
    )
    text = json.dumps(told, ensure_ascii=False, indent=1)
    return Markup(text.translate(_ESCAPES))  # noqa: S704 - JSON whose signs of markup are escaped


def _step(step: GuideStep, wording: Wording) -> _Thing:
    doers = (tell_doers(step.people, wording),) if step.people else ()
    entries = (f"{entry.label}: {_entered(entry)}" for entry in step.entries)
    return _known(
        {
            "@type": "HowToStep",
            "position": step.number,
            "name": step.summary,
            "text": " ".join((*doers, plain_prose(step.prose), *entries)).strip(),
            "url": f"#{step.anchor}",
        }
    )


def _entered(entry: Entry) -> str:
    return " + ".join(entry.keys) if entry.keys else entry.text


def _film(guide: Guide, address: str) -> _Thing:
    length = guide.about.film_ms
    return _known(
        {
            "@type": "VideoObject",
            "name": guide.title,
            "description": plain_prose(guide.goal) or guide.title,
            "inLanguage": guide.spoken_language,
            "contentUrl": "" if address.startswith("data:") else address,
            "uploadDate": _day(guide.about.filmed_on),
            "duration": f"PT{length / 1000:g}S" if length else "",
            "hasPart": list(_clips(guide.chapters, length)),
        }
    )


def _clips(chapters: tuple[Chapter, ...], length: int) -> Iterator[_Thing]:
    ends = [later.start_ms for _, later in pairwise(chapters)]
    for chapter, end in zip(chapters, (*ends, length), strict=False):
        yield _known(
            {
                "@type": "Clip",
                "name": chapter.title,
                "startOffset": chapter.start_ms / 1000,
                "endOffset": end / 1000 if end else None,
                "url": "#film",
            }
        )


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _known(thing: _Thing) -> _Thing:
    """``thing`` without what is not known."""
    return {name: value for name, value in thing.items() if value not in (None, "", [])}

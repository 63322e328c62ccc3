"""The page: the guide as one HTML file that needs nothing beside it but the film."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from storycast.clock import tell_time
from storycast.guide.model import Figure, Guide
from storycast.guide.prose import render_prose
from storycast.template import load_templates, read_source
from storycast.wording import ENGLISH, Wording

__all__ = ["Film", "data_address", "render_page"]

_TEMPLATES = load_templates("storycast.guide", prose=render_prose, time=tell_time)


@dataclass(frozen=True)
class Film:
    """The film as the page finds it: ``address`` is relative, or a data URI.

    ``captions`` and ``chapters`` are WebVTT, ``poster`` is WebP.
    """

    name: str
    address: str
    captions: str
    chapters: str
    poster: bytes | None = None


def render_page(
    guide: Guide, film: Film | None, *, pictures: Mapping[Figure, bytes], wording: Wording = ENGLISH
) -> str:
    """The guide as HTML, with ``pictures`` (PNG) and the texts of the film inside.

    Browsers load no captions from a file beside a page that is a file itself, so they are inside
    as well. The policy lets run and load only what the page brings along, and the film.
    """
    package = "storycast.guide"
    style, script = read_source(package, "guide.css"), read_source(package, "guide.js")
    return _TEMPLATES.get_template("guide.html").render(
        guide=guide,
        film=film,
        _=wording.gettext,
        direction=wording.direction,
        pictures={figure: data_address("image/png", data) for figure, data in pictures.items()},
        poster=film and film.poster and data_address("image/webp", film.poster),
        captions=film and data_address("text/vtt", film.captions.encode()),
        chapters=film and data_address("text/vtt", film.chapters.encode()),
        policy=_policy(style, script),
        style=style,
        script=script,
    )


def data_address(kind: str, data: bytes) -> str:
    """``data`` of the media type ``kind`` as a data URI."""
    return f"data:{kind};base64,{base64.b64encode(data).decode()}"


def _policy(style: str, script: str) -> str:
    return "; ".join(
        (
            "default-src 'none'",
            f"style-src '{_hash(style)}'",
            f"script-src '{_hash(script)}'",
            "img-src data:",
            "media-src 'self' data:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _hash(source: str) -> str:
    digest = hashlib.sha256(source.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"

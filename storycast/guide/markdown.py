"""The guide as CommonMark, and its transcript as plain text."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial
from urllib.parse import quote

from markupsafe import Markup

from storycast.clock import tell_time
from storycast.guide.model import Entry, Figure, Guide
from storycast.guide.prose import tame_prose
from storycast.guide.words import tell_doers, tell_times
from storycast.template import load_templates
from storycast.wording import ENGLISH, Wording

__all__ = [
    "as_address",
    "as_bullet",
    "as_entry",
    "as_prose",
    "as_value",
    "code_span",
    "escape",
    "render_markdown",
    "render_transcript",
]

_BULLET = re.compile(r"^[ >]*([-*+])(?=\s)", re.MULTILINE)
_SPACE = re.compile(r"[ \t\r\n\f\v]+")  # what does not break stays, as French wants it
_SPECIAL = re.compile(r"([\\`*_\[\]<>#|&~!$])")


def render_markdown(
    guide: Guide, film: str | None, *, pictures: Mapping[Figure, str], wording: Wording = ENGLISH
) -> str:
    """The guide as CommonMark; ``film`` and ``pictures`` are paths relative to it."""
    text = _MARKDOWN.get_template("guide.md").render(
        guide=guide,
        film=film,
        pictures=pictures,
        wording=wording,
        doers=partial(tell_doers, wording=wording),
        _=wording.gettext,
    )
    return text.rstrip("\n") + "\n"


def render_transcript(guide: Guide) -> str:
    """All that is said in the film, by scenes, each sentence with its time."""
    return _PLAIN.get_template("transcript.txt").render(guide=guide)


def escape(value: object) -> str:
    """What no other filter vouches for stands for itself in Markdown, on one line."""
    if isinstance(value, Markup):
        return value
    return _SPECIAL.sub(r"\\\1", _SPACE.sub(" ", str(value)).strip())


def as_prose(markdown: str, allows_html: bool = False) -> Markup:
    """The author's Markdown, tamed."""
    tamed = tame_prose(markdown, allows_html=allows_html)
    return Markup(tamed.strip("\n"))  # noqa: S704 - Markdown, and tamed


def as_bullet(prose: str) -> Markup:
    """What begins an entry of a list after ``prose``, so that it continues none of its lists.

    Another bullet is another list (CommonMark 5.3).
    """
    used = "".join(_BULLET.findall(prose))
    return Markup(min("-*+", key=used.rfind))  # noqa: S704 - a bullet


def as_entry(text: Markup) -> Markup:
    """Markdown as an entry of a list: what follows its first line belongs to it as well."""
    return Markup("\n  ".join(text.split("\n")))  # noqa: S704 - as safe as it was


def as_address(name: str) -> Markup:
    """A file's name as a link's address."""
    return Markup(quote(name))  # noqa: S704 - quoted


def as_value(entry: Entry, wording: Wording, key: Callable[[str], str] | None = None) -> Markup:
    """What is entered as code, so that it can be copied as it stands; ``key`` writes a key."""
    if entry.keys:
        value = " " + " + ".join(map(key or code_span, entry.keys))
    elif entry.literal and "\n" in entry.text:
        value = _code_block(entry.text)
    else:
        value = " " + (code_span(entry.text) if entry.literal else escape(entry.text))
    times = f" ({tell_times(entry.times, wording)})" if entry.times > 1 else ""
    return Markup(value + times)  # noqa: S704 - code, or escaped


def code_span(text: str) -> str:
    """A code span; its fence is longer than any run of backticks inside (CommonMark 6.1)."""
    fence = _fence(text, 1)
    space = " " if text.startswith("`") or text.endswith("`") or text != text.strip() else ""
    return f"{fence}{space}{text}{space}{fence}"


def _code_block(text: str) -> str:
    """A code block that belongs to the list entry before it."""
    fence = _fence(text, 3)
    return "\n\n" + "\n".join(f"  {line}" for line in (fence, *text.split("\n"), fence))


def _fence(text: str, least: int) -> str:
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    return "`" * max(least, longest + 1)


_MARKDOWN = load_templates(
    "storycast.guide",
    finalize=escape,
    prose=as_prose,
    address=as_address,
    bullet=as_bullet,
    value=as_value,
    indented=as_entry,
    time=tell_time,
)
_PLAIN = load_templates("storycast.guide", time=tell_time)

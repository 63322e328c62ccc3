"""The guide as CommonMark, and its transcript as plain text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import quote

from markupsafe import Markup

from storycast.clock import tell_time
from storycast.guide.model import Entry, Figure, Guide
from storycast.guide.prose import tame_prose
from storycast.template import load_templates
from storycast.wording import ENGLISH, Wording

__all__ = ["render_markdown", "render_transcript"]

_SPECIAL = re.compile(r"([\\`*_\[\]<>#|&~!])")


def render_markdown(
    guide: Guide, film: str | None, *, pictures: Mapping[Figure, str], wording: Wording = ENGLISH
) -> str:
    """The guide as CommonMark; ``film`` and ``pictures`` are paths relative to it."""
    text = _MARKDOWN.get_template("guide.md").render(
        guide=guide, film=film, pictures=pictures, wording=wording, _=wording.gettext
    )
    return text.rstrip("\n") + "\n"


def render_transcript(guide: Guide) -> str:
    """All that is said in the film, by scenes, each sentence with its time."""
    return _PLAIN.get_template("transcript.txt").render(guide=guide)


def _escape(value: object) -> str:
    """What no filter below vouches for stands for itself in Markdown, on one line."""
    if isinstance(value, Markup):
        return value
    return _SPECIAL.sub(r"\\\1", " ".join(str(value).split()))


def _prose(markdown: str) -> Markup:
    return Markup(tame_prose(markdown).strip("\n"))  # noqa: S704 - Markdown, and tamed


def _address(name: str) -> Markup:
    return Markup(quote(name))  # noqa: S704 - quoted


def _value(entry: Entry, wording: Wording) -> Markup:
    """What is entered as code, so that it can be copied as it stands."""
    if entry.keys:
        value = " " + " + ".join(_code(key) for key in entry.keys)
    elif entry.literal and "\n" in entry.text:
        value = _code_block(entry.text)
    else:
        value = " " + (_code(entry.text) if entry.literal else _escape(entry.text))
    times = (
        " (" + wording.gettext("{count} times").format(count=entry.times) + ")"
        if entry.times > 1
        else ""
    )
    return Markup(value + times)  # noqa: S704 - code, or escaped


def _code(text: str) -> str:
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
    finalize=_escape,
    prose=_prose,
    address=_address,
    value=_value,
    time=tell_time,
)
_PLAIN = load_templates("storycast.guide", time=tell_time)

"""The page: the guide as one HTML file that needs nothing beside it but the film."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import count
from typing import TYPE_CHECKING

from markupsafe import Markup

from storycast.cache import content_name
from storycast.clock import tell_time
from storycast.guide.metadata import linked_data
from storycast.guide.model import Figure, Guide
from storycast.guide.press import Picture
from storycast.guide.prose import render_prose
from storycast.guide.words import tell_doers, tell_times
from storycast.people import ink_on, read_colour
from storycast.template import load_templates, read_source
from storycast.wording import ENGLISH, Wording

if TYPE_CHECKING:
    from babel import Locale

__all__ = ["Film", "data_address", "render_page"]

_PACKAGE = "storycast.guide"
_TEMPLATES = load_templates(_PACKAGE, time=tell_time)


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
    guide: Guide,
    film: Film | None,
    *,
    pictures: Mapping[Figure, Picture],
    wording: Wording = ENGLISH,
    on_paper: bool = False,
) -> str:
    """The guide as HTML, with ``pictures`` and the texts of the film inside.

    A picture is of the whole screen, of which the page shows the figure's area, or of that alone.
    On paper nothing can be enlarged, and what holds a picture is none itself (PDF/UA wants a text
    for each).
    Browsers load no captions from a file beside a page that is a file itself, so they are inside
    as well. The policy lets run and load only what the page brings along, and the film.
    """
    base, own = (read_source(_PACKAGE, name) for name in ("base.css", "guide.css"))
    style = base + own + _crops(guide, pictures) + _tag_style(guide)
    script = read_source(_PACKAGE, "guide.js")
    return _TEMPLATES.get_template("guide.html").render(
        guide=guide,
        film=film,
        on_paper=on_paper,
        _=wording.gettext,
        ngettext=wording.ngettext,
        times=partial(tell_times, wording=wording),
        doers=partial(tell_doers, wording=wording),
        prose=_prose_renderer(guide, wording),
        day=lambda known: _tell_day(known, wording.language),
        direction=wording.direction,
        tags={person: f"person-{place}" for place, person in enumerate(guide.people, start=1)},
        numbered=sum(1 for scene in guide.scenes for step in scene.steps if step.number),
        length=_tell_length(guide.about.film_ms, wording.language),
        ticks=_tick_names(guide),
        name=content_name(guide.about.storyboard or guide.title, guide.language)[:16],
        pictures={
            figure: data_address(picture.kind, picture.data) for figure, picture in pictures.items()
        },
        sizes={figure: picture.size for figure, picture in pictures.items()},
        cropped={figure for figure in guide.figures if _is_cropped(figure, guide, pictures)},
        middles={figure: _middle(figure) for figure in guide.figures if figure.marks},
        poster=film and film.poster and data_address("image/webp", film.poster),
        captions=film and data_address("text/vtt", film.captions.encode()),
        chapters=film and data_address("text/vtt", film.chapters.encode()),
        linked=linked_data(guide, film.address if film else None, wording),
        policy=_policy(style, script),
        style=style,
        script=script,
    )


def data_address(kind: str, data: bytes) -> str:
    """``data`` of the media type ``kind`` as a data URI."""
    return f"data:{kind};base64,{base64.b64encode(data).decode()}"


def _prose_renderer(guide: Guide, wording: Wording) -> Callable[..., Markup]:
    """What renders a guide's prose; the footnotes of each piece have names of their own."""
    places = count(1)

    def render(markdown: str, pressed: Collection[str] = ()) -> Markup:
        return render_prose(
            markdown,
            name=f"prose-{next(places)}",
            allows_html=guide.allows_html,
            wording=wording,
            pressed=pressed,
        )

    return render


def _crops(guide: Guide, pictures: Mapping[Figure, Picture]) -> Markup:
    """Style rules that show of each picture the part that matters.

    The screen is in the page once; an element that is as large as the crop cuts it. No inline style
    can do so, for the policy forbids it.
    """
    width, height = guide.viewport
    rules = [f":root{{--screen:{width}px;--wide:{width}px;--shape:{width}/{height}}}"]
    for figure in guide.figures:
        area = figure.area
        if area is not None:
            cut = (
                f";--grown:{100 * width / area.width:.4f}%;"
                f"--left:{-100 * area.x / area.width:.4f}%;"
                f"--top:{-100 * area.y / area.height:.4f}%"
            )
            rules.append(
                f"#{figure.anchor}{{--wide:{area.width:g}px;--shape:{area.width:g}/{area.height:g}"
                f"{cut if _is_cropped(figure, guide, pictures) else ''}}}"
            )
    return Markup("\n" + "\n".join(rules) + "\n")  # noqa: S704 - numbers and names of ours


def _tag_style(guide: Guide) -> Markup:
    """Style rules of people's name tags; none where there are no people."""
    if not guide.people:
        return Markup("")
    rules = [
        f".person-{place}{{--person:{person.colour};"
        f"--on-person:#{bytes(ink_on(read_colour(person.colour))).hex()}}}\n"
        for place, person in enumerate(guide.people, start=1)
    ]
    return Markup(read_source(_PACKAGE, "people.css") + "".join(rules))  # noqa: S704 - as above


def _is_cropped(figure: Figure, guide: Guide, pictures: Mapping[Figure, Picture]) -> bool:
    """Whether the picture shows more of the screen than the page is to show of it."""
    return figure.area is not None and pictures[figure].size == guide.viewport


def _middle(figure: Figure) -> tuple[int, int]:
    """The point in the middle of all that is marked, in CSS pixels of the screen."""
    boxes = [mark.box for mark in figure.marks]
    left, top = min(box.x for box in boxes), min(box.y for box in boxes)
    right = max(box.x + box.width for box in boxes)
    bottom = max(box.y + box.height for box in boxes)
    return round((left + right) / 2), round((top + bottom) / 2)


def _tick_names(guide: Guide) -> dict[int, str]:
    """A name for each numbered step that changes where the step does, by the step's number.

    What a reader ticked off stays so when other steps come or go.
    """
    seen: Counter[str] = Counter()
    names = {}
    for scene in guide.scenes:
        for step in scene.steps:
            if step.number is not None:
                known = content_name(step.summary, step.prose, repr(step.entries))[:12]
                seen[known] += 1
                names[step.number] = f"{known}-{seen[known]}"
    return names


def _tell_length(length_ms: int, language: str) -> str:
    """A film's length in minutes and seconds as ``language`` shortens them; "" for none.

    As players count, a second that is not over is none.
    """
    from babel.units import format_unit  # noqa: PLC0415 - not all guides have a film

    minutes, seconds = divmod(length_ms // 1000, 60)
    parts = ((minutes, "duration-minute"), (seconds, "duration-second"))
    locale = _locale(language) or "en"
    return " ".join(format_unit(n, unit, "short", locale=locale) for n, unit in parts if n)


def _tell_day(day: date, language: str) -> str:
    """``day`` as it is written in ``language``; as a number where nobody knows how."""
    from babel.dates import format_date  # noqa: PLC0415 - not all guides tell a day

    locale = _locale(language)
    return format_date(day, "long", locale) if locale else day.isoformat()


def _locale(language: str) -> Locale | None:
    """How numbers and days are written in ``language``; None where nobody knows."""
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 - see above

    try:
        return Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return None


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

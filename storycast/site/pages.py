"""The site's own pages: the shelf, what has changed, and a page about each edition of a guide."""

from __future__ import annotations

import base64
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property, partial
from typing import TYPE_CHECKING
from urllib.parse import quote

from storycast.clock import tell_time
from storycast.site.course import Course, Courses, Part, Seat
from storycast.site.feed import FEED
from storycast.site.news import News
from storycast.site.seal import Sealed, digest_input, make_seal
from storycast.site.shelf import Entry, Shelf, Volume
from storycast.site.telling import name_language, tell_date
from storycast.template import load_templates
from storycast.wording import ENGLISH, Wording, open_wording

if TYPE_CHECKING:
    from jinja2 import Environment

__all__ = ["ALONE", "Library", "Page", "render_pages"]

ALONE = "take-along.html"
"""A guide just as it was published: for those who take it away, nothing leads back."""

_TAGS = 24  # more of them are no help
_LATELY = 4
_READ = "Read the guide"  # what any translation of these pages has
_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "media-src 'self' data:",
        "base-uri 'none'",
        "form-action 'none'",
    )
)


@dataclass(frozen=True)
class Library:
    """All that the pages tell of; ``covers`` are the places that have one.

    Of ``sealed``, the pages of an earlier run, those that would come out the same are taken;
    """

    title: str
    shelf: Shelf
    courses: Courses
    seats: Mapping[str, Seat]
    news: tuple[News, ...]
    covers: frozenset[str]
    wording: Wording
    base_url: str = ""
    sealed: Sealed = field(default_factory=Sealed)

    @cached_property
    def languages(self) -> list[str]:
        """The languages that there are guides in."""
        return sorted({volume.card.language for volume in self.shelf.volumes})


@dataclass(frozen=True)
class Page:
    """A page, with the seal by which a later run knows it.

    One that ``is_kept`` lies in the site just so. The page about a guide knows the ``way`` that
    leads back to it, and to its neighbours, from the guide itself.
    """

    content: bytes
    seal: str
    is_kept: bool
    way: Callable[[], bytes] = bytes


@dataclass(frozen=True)
class _Row:
    """Guides that are shown together below a title."""

    title: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class _Section:
    """A course, or (without one) all guides that are in none."""

    course: Course | None
    anchor: str
    rows: tuple[_Row, ...]

    @property
    def entries(self) -> tuple[Entry, ...]:
        return tuple(entry for row in self.rows for entry in row.entries)

    @property
    def film_ms(self) -> int:
        return sum(entry.first.card.film_ms for entry in self.entries)


def render_pages(library: Library) -> dict[str, Page]:
    """All pages by their paths in the site."""
    draw = partial(_render, library)
    sections = _sections(library)
    lately = [news for news in library.news if news.change]
    pages = {
        "index.html": draw(
            "index.html",
            "index.html",
            covers=library.covers,
            sections=sections,
            tags=_tags(library),
            lately=lately[:_LATELY],
        ),
        "changes.html": draw("changes.html", "changes.html", news=library.news),
    }
    entries = {entry.board: entry for entry in library.shelf.entries}
    anchors = {section.course: section.anchor for section in sections}
    for entry in library.shelf.entries:
        seat = library.seats.get(entry.board)
        for volume in entry.volumes:
            name = f"{volume.place}/index.html"
            wording = _wording_for(volume, library)
            told = {
                "entry": entry,
                "volume": volume,
                "seat": seat,
                "course_anchor": anchors[seat.course] if seat else "",
                "neighbours": _neighbours(seat, entries, volume.card.language),
                "root": _root(name),
            }
            covers = library.covers & {volume.place}
            page = draw(
                name, "about.html", wording, covers=covers, captions=_captions(volume), **told
            )
            way = partial(_fill, "way.html", wording, told)
            pages[name] = replace(page, way=way)
    return pages


def _render(
    library: Library, name: str, template: str, wording: Wording | None = None, **told: object
) -> Page:
    """The page ``name`` as the site says things, or as ``wording`` does."""
    wording = wording or library.wording
    told |= {
        "site_title": library.title,
        "languages": library.languages,
        "root": _root(name),
        "policy": _POLICY,
        "alone": ALONE,
        "feed": FEED if library.base_url else "",
    }
    made_of = digest_input(template, told | {"language": wording.language})
    known = library.sealed.find(name, made_of)
    if known is not None:
        return Page(known, library.sealed.seals[name], is_kept=True)
    content = _fill(template, wording, told)
    return Page(content, make_seal(made_of, content), is_kept=False)


def _root(name: str) -> str:
    return "../" * name.count("/")


def _fill(template: str, wording: Wording, told: Mapping[str, object]) -> bytes:
    """What a template makes of what it is told; all else is the program, or its ``wording``."""
    language = wording.language
    page = (
        _open_templates()
        .get_template(template)
        .render(
            wording=wording,
            date=partial(tell_date, language=language),
            language_name=partial(name_language, language=language),
            form_name=_form_names(wording.gettext),
            _=wording.gettext,
            ngettext=wording.ngettext,
            **told,
        )
    )
    return page.encode(errors="replace")


@cache
def _open_templates() -> Environment:
    return load_templates("storycast.site", time=tell_time, quote=quote, own_name=name_language)


def _wording_for(volume: Volume, library: Library) -> Wording:
    """The page about a guide speaks the guide's language, where this site's words are in it."""
    language = volume.card.language
    wording = open_wording(language)
    if wording.gettext(_READ) != _READ or language.split("-", maxsplit=1)[0] == ENGLISH.language:
        return wording
    return library.wording


def _sections(library: Library) -> list[_Section]:
    entries = {entry.board: entry for entry in library.shelf.entries}
    sections = []
    for number, course in enumerate(library.courses.course, start=1):
        rows = tuple(_row(part, entries) for part in course.parts)
        sections.append(
            _Section(course, f"course-{number}", tuple(row for row in rows if row.entries))
        )
    others = tuple(entry for board, entry in entries.items() if board not in library.seats)
    if others:
        in_order = sorted(
            others, key=lambda entry: (_title(library, entry).casefold(), entry.board)
        )
        sections.append(_Section(None, "guides", (_Row("", tuple(in_order)),)))
    return [section for section in sections if section.rows]


def _title(library: Library, entry: Entry) -> str:
    return entry.in_language(library.wording.language).card.title


def _row(part: Part, entries: Mapping[str, Entry]) -> _Row:
    return _Row(part.title, tuple(entries[name] for name in part.guides if name in entries))


def _tags(library: Library) -> list[str]:
    """The tags that most guides have, in the order of the alphabet."""
    tags = Counter(tag for entry in library.shelf.entries for tag in _all_tags(entry))
    most = sorted(tags, key=lambda tag: (-tags[tag], tag.casefold()))[:_TAGS]
    return sorted(most, key=str.casefold)


def _all_tags(entry: Entry) -> set[str]:
    return {tag for volume in entry.volumes for tag in volume.card.tags}


def _neighbours(
    seat: Seat | None, entries: Mapping[str, Entry], language: str
) -> tuple[Volume | None, Volume | None]:
    """What comes before and after it in its course, told in the reader's language if it can be."""
    if seat is None:
        return None, None
    known = (entries.get(seat.before), entries.get(seat.after))
    before, after = (entry.in_language(language) if entry else None for entry in known)
    return before, after


def _captions(volume: Volume) -> str:
    """The captions as a data URI: browsers load none from beside a page that is a file itself."""
    if not volume.captions:
        return ""
    content = base64.b64encode(volume.files[volume.captions].read_bytes()).decode()
    return f"data:text/vtt;base64,{content}"


def _form_names(_: Callable[[str], str]) -> Callable[[str], str]:
    names = {
        "checklist": _("Checklist"),
        "docx": _("Word document"),
        "html": _("Guide in one file"),
        "markdown": "Markdown",
        "myst": "MyST Markdown",
        "notebook": _("Jupyter notebook"),
        "ouxml": "OU XML",
        "pdf": "PDF",
    }
    return lambda form: names.get(form, form)

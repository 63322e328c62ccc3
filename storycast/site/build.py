"""Builds the site: from what is published to a folder of plain files."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from filelock import FileLock, Timeout

from storycast.cache import content_name
from storycast.errors import StorycastError
from storycast.site.course import COURSES, Courses, find_seats, read_courses
from storycast.site.cover import make_covers
from storycast.site.feed import FEED, SITE_MAP, render_feed, render_site_map
from storycast.site.news import gather_news
from storycast.site.pages import ALONE, Library, Page, render_pages
from storycast.site.plan import Manifest, Plan, carry_out, is_as_old, read_manifest
from storycast.site.seal import Sealed, digest_program
from storycast.site.shards import make_shards
from storycast.site.shelf import GUIDE, Shelf, Volume, read_shelf
from storycast.template import keep_compiled, read_source
from storycast.wording import open_wording

__all__ = ["ASSETS", "Built", "Wishes", "build_site"]

STYLE = "site.css"
ASSETS = (STYLE, "site.js", "match.js", "finder.js")


@dataclass(frozen=True)
class Wishes:
    """What a site is to be made of, and how.

    ``outputs`` are folders that guides were published to, ``to`` is the site's folder, ``cache``
    what is kept between runs. ``base_url`` is where the site will be found ("": nobody knows),
    ``course`` a file that orders the guides (None: the first folder's own, if it has one).
    """

    outputs: tuple[Path, ...]
    to: Path
    cache: Path
    language: str = "en"
    title: str = ""
    base_url: str = ""
    course: Path | None = None

    @property
    def course_file(self) -> Path | None:
        """The file that orders the guides, if there is any."""
        if self.course:
            return self.course
        found = (output / COURSES for output in self.outputs)
        return next((path for path in found if path.exists()), None)


@dataclass(frozen=True)
class Built:
    """What has come of it.

    ``changed`` are the paths in the site that had to be written or removed. ``damaged`` tells which
    guides were left out, ``notes`` what its maker should know and can be lived with.
    """

    folder: Path
    guides: int
    editions: int
    changed: tuple[str, ...]
    notes: tuple[str, ...] = ()
    damaged: tuple[str, ...] = ()


def build_site(wishes: Wishes) -> Built:
    """Make the site; everything is made before anything is written, and what is current stays.

    The same guides give the same bytes. Raises `StorycastError` where no site can be made.
    """
    base_url = _check_address(wishes.base_url)
    _refuse_itself(wishes)
    shelf = read_shelf(wishes.outputs)
    courses = read_courses(wishes.course_file) if wishes.course_file else Courses()
    with _alone(wishes):
        there = read_manifest(wishes.to)
        plan, notes = _plan(shelf, courses, wishes, base_url, there)
        changed = carry_out(plan, wishes.to, there)
    return Built(
        folder=wishes.to,
        guides=len(shelf.entries),
        editions=len(shelf.volumes),
        changed=changed,
        notes=(*shelf.notes, *notes),
        damaged=shelf.damaged,
    )


def _plan(
    shelf: Shelf, courses: Courses, wishes: Wishes, base_url: str, there: Manifest
) -> tuple[Plan, tuple[str, ...]]:
    posters = {
        each.place: each.files[each.card.poster] for each in shelf.volumes if each.card.poster
    }
    covers = make_covers(posters, wishes.cache)
    wording = open_wording(wishes.language)
    boards = frozenset(entry.board for entry in shelf.entries)
    keep_compiled(wishes.cache / "templates" / digest_program())
    library = Library(
        title=wishes.title or courses.title or wording.gettext("How-to guides"),
        shelf=shelf,
        courses=courses,
        seats=find_seats(courses, boards),
        news=gather_news(shelf),
        covers=frozenset(covers),
        wording=wording,
        base_url=base_url,
        sealed=Sealed(wishes.to, there.seals),
    )
    rendered = render_pages(library)
    pages = {
        **{name: page.content for name, page in rendered.items()},
        **make_shards(shelf, library.covers),
        **{f"assets/{name}": _read_asset(name) for name in ASSETS},
    }
    if base_url:
        pages[FEED] = render_feed(library.news, library.title, base_url, wording)
        pages[SITE_MAP] = render_site_map(shelf, base_url)
    copies = {
        f"{volume.place}/{name}": path
        for volume in shelf.volumes
        for name, path in volume.files.items()
    }
    copies |= {f"{place}/cover.webp": cover for place, cover in covers.items()}
    copies |= {
        f"{each.place}/{ALONE}": each.files[GUIDE]
        for each in shelf.volumes
        if GUIDE in each.card.forms.values()
    }
    plan = Plan(pages, copies)
    for name, page in rendered.items():
        plan.seals[name] = page.seal
        if page.is_kept:
            plan.kept.add(name)
    for volume in shelf.volumes:
        _lead_back(plan, volume, rendered[f"{volume.place}/index.html"], there, wishes.to)
    return plan, _notes(shelf, courses, wishes, posters.keys() - covers.keys())


def _lead_back(plan: Plan, volume: Volume, about: Page, there: Manifest, root: Path) -> None:
    """Plan that the guide's page in the site leads to the page about it, and to its neighbours."""
    name = f"{volume.place}/{GUIDE}"
    plan.seals[name] = about.seal
    if there.seals.get(name) == about.seal and is_as_old(volume.files[GUIDE], root, name):
        plan.kept.add(name)
    else:
        plan.ways[name] = about.way()


def _notes(
    shelf: Shelf, courses: Courses, wishes: Wishes, coverless: Collection[str]
) -> tuple[str, ...]:
    boards = {entry.board for entry in shelf.entries}
    named = [name for course in courses.course for name in course.all_guides]
    notes = [
        f"{wishes.course_file} names {name!r}, which is not published."
        for name in named
        if name not in boards
    ]
    notes += [
        f"The poster of {place} is no picture; it has no cover." for place in sorted(coverless)
    ]
    if not boards:
        notes.append("There is no guide yet; the site is empty.")
    if not wishes.base_url:
        notes.append("Feed and site map need --base-url, the address that the site will have.")
    return tuple(notes)


def _read_asset(name: str) -> bytes:
    """A file that all pages share; the style begins with what guides share, too."""
    asset = read_source("storycast.site", name)
    return (read_source("storycast.guide", "base.css") + asset if name == STYLE else asset).encode()


def _check_address(base_url: str) -> str:
    """The address of a site, with a slash at its end."""
    if not base_url:
        return ""
    parts = urlsplit(base_url)
    if parts.scheme not in {"http", "https"} or not parts.netloc or parts.query or parts.fragment:
        raise StorycastError(
            f"{base_url!r} is no address of a site.",
            "Give one such as https://example.org/guides/.",
        )
    return base_url.rstrip("/") + "/"


def _refuse_itself(wishes: Wishes) -> None:
    """A site in the folder of a guide would be published with it."""
    to = wishes.to.resolve()
    for output in (path.resolve() for path in wishes.outputs):
        if to == output or output.is_relative_to(to):
            raise StorycastError(
                f"The site cannot be made in {wishes.to}: the guides are in there.",
                "Choose another folder with --to.",
            )


@contextmanager
def _alone(wishes: Wishes) -> Iterator[None]:
    """Nobody else writes into the site's folder meanwhile."""
    lock = FileLock(wishes.cache / "locks" / content_name(str(wishes.to.resolve())))
    try:
        Path(lock.lock_file).parent.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=0)
    except Timeout as error:
        raise StorycastError(
            f"Another storycast is making the site in {wishes.to}.", "Wait until it has ended."
        ) from error
    except OSError as error:
        raise StorycastError(
            f"The cache folder {wishes.cache} cannot be written: {error.strerror}.",
            "Choose another one with the environment variable STORYCAST_CACHE.",
        ) from error
    try:
        yield
    finally:
        lock.release()

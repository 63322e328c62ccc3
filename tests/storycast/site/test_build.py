from __future__ import annotations

import re
import shutil
import xml.etree.ElementTree as ET
from datetime import date
from email.utils import parsedate_to_datetime
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from storycast.errors import StorycastError
from storycast.guide.card import Change, Passage
from storycast.site.build import ASSETS
from storycast.template import read_source
from tests.storycast.site.published import build, publish, read_all

_COURSE = '[[course]]\ntitle = "Tasks"\nguides = [{}]\n'
_GUIDES = ("guide.html", "take-along.html")
_EVIL = "../../<script>alert(1)</script>\"'"


class _Links(HTMLParser):
    """Collects where a page's links and files are."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.found += [value or "" for name, value in attrs if name in {"href", "src", "poster"}]


def _links(page: Path) -> _Links:
    parser = _Links()
    parser.feed(page.read_text(encoding="utf-8"))
    return parser


def _pages(site: Path) -> list[Path]:
    return [path for path in site.rglob("*.html") if path.name not in _GUIDES]


def test_every_link_is_relative_and_leads_to_a_file(output: Path) -> None:
    site = build(output, base_url="https://example.org/guides").folder
    for page in _pages(site):
        for link in _links(page).found:
            parts = urlsplit(link)
            if parts.scheme == "data":
                continue
            assert (parts.scheme, parts.netloc) == ("", "")
            assert (page.parent / unquote(parts.path)).is_file() or not parts.path


def test_same_guides_give_the_same_bytes(output: Path, tmp_path: Path) -> None:
    one = build(output, base_url="https://example.org", cache=tmp_path / "one").folder
    other = tmp_path / "other"
    build(output, base_url="https://example.org", to=other, cache=tmp_path / "two")
    assert read_all(one) == read_all(other)


def test_second_run_changes_nothing(output: Path) -> None:
    assert build(output).changed
    assert build(output).changed == ()


def test_one_changed_guide_changes_its_own_pages(output: Path) -> None:
    build(output)
    folder = output / "remove-a-task"
    shutil.rmtree(folder)
    publish(output, "remove-a-task", title="Remove it", filmed_on=None, changes=())
    changed = set(build(output).changed)
    assert {"guides/remove-a-task/index.html", "index.html", "assets/search-en.js"} <= changed
    assert not any(name.startswith("guides/add-a-task") for name in changed)


def test_guide_that_is_gone_is_removed(output: Path) -> None:
    site = build(output).folder
    shutil.rmtree(output / "remove-a-task")
    build(output)
    assert not (site / "guides" / "remove-a-task").exists()
    assert "remove-a-task" not in (site / "assets" / "search-en.js").read_text()


def test_guide_is_the_published_one_but_for_the_way_back(output: Path) -> None:
    (output / "course.toml").write_text(_COURSE.format('"remove-a-task", "add-a-task"'))
    folder = build(output).folder / "guides" / "add-a-task"
    published = output / "add-a-task" / "guide.html"
    head, way, rest = re.split("(<nav.*</nav>\n)", (folder / "guide.html").read_text(), flags=re.S)
    assert head + rest == published.read_text()
    assert re.findall('href="([^"]*)"', way) == [
        "../../index.html",
        "../../index.html#course-1",
        "index.html",
        "../../guides/add-a-task/fr/guide.html",
        "../../guides/remove-a-task/guide.html",
    ]
    assert (folder / "take-along.html").samefile(published)
    assert (
        'href="take-along.html" download="add-a-task.html"' in (folder / "index.html").read_text()
    )


def test_way_back_follows_the_library(output: Path) -> None:
    (output / "course.toml").write_text(_COURSE.format('"remove-a-task", "add-a-task"'))
    page = build(output).folder / "guides" / "add-a-task" / "guide.html"
    publish(output, "remove-a-task", title="Throw it away")
    assert "guides/add-a-task/guide.html" in build(output).changed
    assert "Throw it away" in page.read_text()
    (output / "course.toml").unlink()
    build(output)
    assert "Throw it away" not in page.read_text()


def test_guide_without_room_for_a_way_back_is_linked_as_it_is(output: Path) -> None:
    published = output / "add-a-task" / "guide.html"
    published.write_text(published.read_text().replace("<!-- library -->", ""))
    site = build(output).folder
    assert (site / "guides" / "add-a-task" / "guide.html").samefile(published)
    assert build(output).changed == ()


def test_pages_allow_nothing_but_their_own(output: Path) -> None:
    for page in _pages(build(output).folder):
        text = page.read_text(encoding="utf-8")
        policy = re.findall(r'Content-Security-Policy" content="([^"]*)"', text)[0]
        assert "default-src &#39;none&#39;" in policy
        assert "unsafe" not in policy
        assert not re.search(r"<script>|<style>|\sstyle=|\son\w+=", text)


def test_what_guides_say_is_never_markup(output: Path, tmp_path: Path) -> None:
    publish(
        output,
        "evil",
        title=_EVIL,
        goal=_EVIL,
        tags=(_EVIL,),
        application=_EVIL,
        passages=(Passage(anchor=_EVIL, title=_EVIL, text=_EVIL),),
        changes=(Change(on=date(2026, 1, 1), sentences=(_EVIL,), comment=_EVIL),),
    )
    before = set(tmp_path.iterdir())
    site = build(output, title=_EVIL, base_url="https://example.org/a&b").folder
    assert set(tmp_path.iterdir()) - before == {site, tmp_path / "cache"}
    for page in _pages(site):
        assert _links(page).tags.count("script") == 3
    assert ET.parse(site / "feed.xml").findtext("channel/title") == _EVIL  # noqa: S314 - our own


def test_course_gives_order_and_neighbours(output: Path) -> None:
    (output / "course.toml").write_text(
        '[[course]]\ntitle = "Tasks"\nguides = ["remove-a-task", "nowhere", "add-a-task"]\n'
    )
    built = build(output)
    index = (built.folder / "index.html").read_text()
    assert index.index("Remove a task") < index.index("Add a task")
    page = (built.folder / "guides" / "add-a-task" / "fr" / "index.html").read_text()
    assert 'rel="prev" href="../../../guides/remove-a-task/index.html"' in page
    assert 'rel="next"' not in page
    assert f"{output / 'course.toml'} names 'nowhere', which is not published." in built.notes


def test_editions_lead_to_each_other(output: Path) -> None:
    site = build(output).folder
    page = (site / "guides" / "add-a-task" / "index.html").read_text()
    assert 'hreflang="fr" href="../../guides/add-a-task/fr/index.html"' in page
    index = (site / "index.html").read_text()
    assert index.count('class="card"') == 2
    assert 'data-languages="en fr"' in index


def test_feed_tells_what_is_new_newest_first(output: Path) -> None:
    site = build(output, base_url="https://example.org/guides/").folder
    channel = ET.parse(site / "feed.xml").getroot().find("channel")  # noqa: S314 - our own
    assert channel is not None
    items = channel.findall("item")
    assert [item.findtext("title") for item in items] == ["Changed: Add a task", "Add a task"]
    days = [parsedate_to_datetime(item.findtext("pubDate") or "").date() for item in items]
    assert days == [date(2026, 5, 4), date(2026, 3, 2)]
    place = "https://example.org/guides/guides/add-a-task/index.html"
    assert [item.findtext("link") for item in items] == [f"{place}#changed-2026-05-04", place]
    assert len({item.findtext("guid") for item in items}) == 2
    assert channel.findtext("lastBuildDate") == "Mon, 04 May 2026 00:00:00 +0000"


def test_site_map_names_every_page_with_its_languages(output: Path) -> None:
    site = build(output, base_url="https://example.org").folder
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    urls = ET.parse(site / "sitemap.xml").getroot().findall("s:url", space)  # noqa: S314 - our own
    found = {url.findtext("s:loc", namespaces=space): len(url) for url in urls}
    assert len(found) == 8
    # where it is, when it changed, and two languages
    assert found["https://example.org/guides/add-a-task/fr/index.html"] == 4


def test_without_an_address_there_is_no_feed(output: Path) -> None:
    built = build(output)
    assert not (built.folder / "feed.xml").exists()
    assert any("--base-url" in note for note in built.notes)


@pytest.mark.parametrize(
    "address", ["example.org", "ftp://example.org", "https://e.org/?q=1", "//x"]
)
def test_what_is_no_address_is_refused(output: Path, address: str) -> None:
    with pytest.raises(StorycastError, match="is no address of a site"):
        build(output, base_url=address)


def test_no_guides_give_an_empty_library(tmp_path: Path) -> None:
    (tmp_path / "output").mkdir()
    built = build(tmp_path / "output")
    assert "There is no guide yet." in (built.folder / "index.html").read_text()
    assert "There is no guide yet; the site is empty." in built.notes


def test_site_in_the_place_of_the_guides_is_refused(output: Path) -> None:
    for to in (output, output.parent):
        with pytest.raises(StorycastError, match="the guides are in there"):
            build(output, to=to)


def test_poster_that_is_no_picture_costs_the_cover_alone(output: Path) -> None:
    (output / "remove-a-task" / "poster.png").write_bytes(b"no picture")
    built = build(output)
    assert "The poster of guides/remove-a-task is no picture; it has no cover." in built.notes
    assert not (built.folder / "guides" / "remove-a-task" / "cover.webp").exists()


def test_page_about_a_guide_speaks_english_where_nobody_translated_it(output: Path) -> None:
    publish(output, "add-a-task", "ja", title="タスクを追加する")
    page = (build(output, language="xx").folder / "guides/add-a-task/ja/index.html").read_text()
    assert '<html lang="xx" dir="ltr">' in page


def test_site_looks_like_its_guides(output: Path) -> None:
    style = (build(output).folder / "assets" / "site.css").read_text()
    base = read_source("storycast.guide", "base.css")
    assert style.startswith(base)
    shared = set(re.findall(r"--([\w-]+):", base))
    assert {"paper", "ink", "link", "mark", "sans"} <= shared
    # No colour is another one in the site or in a guide, but for lines and shadows on paper.
    own = style.removeprefix(base) + read_source("storycast.guide", "guide.css")
    assert not shared - {"line", "shadow"} & set(re.findall(r"--([\w-]+):", own))


def test_every_script_and_style_is_shipped(output: Path) -> None:
    site = build(output).folder
    assert {f"assets/{name}" for name in ASSETS} < set(read_all(site))

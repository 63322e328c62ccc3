from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

import pytest

from recorder.take import ActionKind, Step
from storycast.guide.outline import outline_guide
from storycast.guide.page import Film, render_page
from storycast.guide.press import Picture
from storycast.site.plan import MARK
from storycast.timeline import Chapter
from storycast.wording import open_wording
from tests.storycast.guide.audit import Audit
from tests.storycast.guide.board import (
    VIEWPORT,
    Changes,
    action,
    moment,
    step,
    take,
    target,
    timeline,
    track,
)

A, B = moment("a"), moment("b")
FILM = Film("film.mp4", "film.mp4", "WEBVTT\n", "WEBVTT\n")
HOSTILE = """<script>alert('1')</script> "&amp;" </title></style> {{ 1 }} javascript:alert(1)"""


def _page(
    *steps: Step,
    title: str = "Add a task",
    language: str = "en",
    film: Film | None = FILM,
    changes: float = 0.0,
) -> str:
    chapters = (Chapter(title=title, start_ms=0, end_ms=len(steps) * 10_000),)
    wording = open_wording(language)
    guide = outline_guide(
        take(*steps, title=title, language=language),
        timeline(*steps, chapters=chapters),
        track(),
        compare=Changes({"ab": changes}),
        wording=wording,
    )
    pictures = dict.fromkeys(guide.figures, Picture("image/webp", b"RIFF", VIEWPORT))
    return render_page(guide, film, pictures=pictures, wording=wording)


def _click(name: str = "Add task") -> Step:
    return step(1, action(ActionKind.CLICK, A, B, target(name)))


def test_page_loads_nothing_but_the_film() -> None:
    audit = Audit(_page(_click()))
    assert [load for load in audit.loads if not load.startswith("data:")] == ["film.mp4"]
    assert not re.search(r"url\(|@import", audit.sources["style"])
    assert all(link.startswith("#") for link in audit.links)


def test_page_without_film_loads_nothing() -> None:
    page = _page(_click(), film=None)
    audit = Audit(page)
    assert all(load.startswith("data:image/webp;base64,") for load in audit.loads)
    assert "data-seek" not in page.split("<script>")[0]
    assert not audit.every("video")


def test_page_has_one_place_for_the_way_back_into_a_library() -> None:
    page = _page(_click()).encode()
    assert page.count(MARK) == 1
    assert page.index(b"<body>") < page.index(MARK) < page.index(b"<h1>")


def test_policy_lets_only_our_own_style_and_script_run() -> None:
    audit = Audit(_page(_click()))
    (policy,) = (
        meta["content"]
        for meta in audit.every("meta")
        if meta.get("http-equiv") == "Content-Security-Policy"
    )
    assert policy.startswith("default-src 'none'; ")
    assert f"style-src {audit.hash('style')};" in policy
    assert f"script-src {audit.hash('script')};" in policy
    assert "unsafe" not in policy
    assert len(audit.every("style")) == 1
    assert [script.get("type") for script in audit.every("script")] == ["application/ld+json", None]
    assert not [name for _, values in audit.elements for name in values if name == "style"]
    assert not [name for _, values in audit.elements for name in values if name.startswith("on")]


@pytest.mark.parametrize("place", ["title", "scene", "step", "prose", "name", "typed", "film"])
def test_everything_is_escaped(place: str) -> None:
    def text(here: str) -> str:
        return HOSTILE if here == place else "plain"

    typed = action(ActionKind.TYPE, A, B, target(text("name"), "textbox"), text=text("typed"))
    film = Film(text("film"), "film.mp4", text("film"), "WEBVTT\n")
    audit = Audit(
        _page(
            step(1, typed, scene=text("scene"), title=text("step"), prose=text("prose")),
            title=text("title"),
            film=film,
        )
    )
    plain = Audit(_page(step(1, typed, scene="plain", title="plain", prose="plain"), film=FILM))
    assert [tag for tag, _ in audit.elements] == [tag for tag, _ in plain.elements]
    assert audit.sources == plain.sources
    assert not [link for link in audit.links if link.startswith("javascript")]


def test_script_links_in_prose_lead_nowhere() -> None:
    page = _page(step(1, prose="[run](javascript:alert(1)) [go](https://example.org)"))
    assert [link for link in Audit(page).links if not link.startswith("#")] == [
        "https://example.org"
    ]


def test_inner_links_lead_to_something() -> None:
    audit = Audit(_page(_click(), step(2, scene="Two")))
    names = [values["id"] for _, values in audit.elements if "id" in values]
    assert len(names) == len(set(names))
    assert {link.removeprefix("#") for link in audit.links} <= set(names)


def test_title_of_a_step_that_is_only_read_is_shown() -> None:
    page = _page(
        step(1, scene="Add a task", title="What you need"),
        step(2, scene="Two", title="Good to know"),
    )
    assert "<h2>What you need</h2>" in page
    assert "<h3>Good to know</h3>" in page


def test_headings_never_skip_a_level() -> None:
    page = _page(_click(), step(2, scene="Two", title="Read"))
    levels = [int(tag[1]) for tag, _ in Audit(page).elements if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_pictures_have_a_size_and_an_alt_text() -> None:
    (picture,) = Audit(_page(_click())).every("img")
    assert (picture["width"], picture["height"]) == ("1280", "720")
    assert picture["alt"] == "The page “Tasks”; the button “Add task” is marked, at the upper left."


@pytest.mark.parametrize(
    ("language", "direction"), [("en", "ltr"), ("de-AT", "ltr"), ("ar", "rtl"), ("he-IL", "rtl")]
)
def test_page_says_its_language_and_direction(language: str, direction: str) -> None:
    (html,) = Audit(_page(_click(), language=language)).every("html")
    assert (html["lang"], html["dir"]) == (language, direction)


def test_step_chapter_and_film_know_their_times() -> None:
    page = _page(step(1), _click().model_copy(update={"number": 2}))
    seeks = [values["data-seek"] for values in Audit(page).every("a") if "data-seek" in values]
    assert seeks == ["0", "10000", "10000"]
    tracks = Audit(page).every("track")
    assert [track["kind"] for track in tracks] == ["captions", "chapters"]
    assert all(track["src"].startswith("data:text/vtt;base64,") for track in tracks)


def test_step_without_title_has_its_summary_in_its_heading() -> None:
    page = _page(step(1, action(ActionKind.CLICK, A, B, target("Add")), prose="Add it. Wait."))
    heading = re.search(r"<h3>(.*?)</h3>", page)
    assert heading
    assert re.sub(r"<[^>]*>", "", heading[1]) == "Step 1 of 11: Add it"
    assert 'class="hidden summary">: Add it</span>' in heading[1]


def test_result_is_announced_above_its_picture() -> None:
    figure = _page(_click(), changes=1.0).split("<figure")[-1]
    assert figure.index("<figcaption>Afterwards</figcaption>") < figure.index("<img")


@pytest.mark.parametrize(
    ("language", "told"),
    [("en", "film of 1 min 26 sec"), ("fr", "film de 1 min 26 s"), ("ar", "فيلم مدته 1 د 26 ث")],
)
def test_length_of_the_film_is_told_to_the_second(language: str, told: str) -> None:
    wording = open_wording(language)
    guide = outline_guide(
        take(_click(), language=language),
        timeline(_click()),
        track(),
        compare=Changes(),
        wording=wording,
    )
    guide = replace(guide, about=replace(guide.about, film_ms=86_700))
    pictures = dict.fromkeys(guide.figures, Picture("image/webp", b"RIFF", VIEWPORT))
    page = render_page(guide, FILM, pictures=pictures, wording=wording)
    assert f">{told}</a>" in re.sub("[\u00a0\u202f]", " ", page)

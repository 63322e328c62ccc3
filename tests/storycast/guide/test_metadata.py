from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

from recorder.take import ActionKind
from storycast.guide.metadata import linked_data
from storycast.guide.model import About, Guide
from storycast.guide.outline import outline_guide
from storycast.timeline import Chapter
from storycast.wording import ENGLISH
from tests.storycast.guide.board import Changes, action, moment, step, take, target, timeline, track

A, B = moment("a"), moment("b")


def _guide(prose: str = "Select **Add**.") -> Guide:
    steps = (
        step(1, action(ActionKind.CLICK, A, B, target("Add")), prose=prose),
        step(2, action(ActionKind.CLICK, A, B, target("Go")), scene="Two"),
    )
    chapters = (
        Chapter(title="Scene", start_ms=0, end_ms=10_000),
        Chapter(title="Two", start_ms=10_000, end_ms=20_000),
    )
    guide = outline_guide(
        take(*steps),
        timeline(*steps, chapters=chapters),
        track(),
        compare=Changes(),
        wording=ENGLISH,
    )
    about = About(filmed_on=date(2026, 3, 1), film_ms=20_500, tags=("tasks", "lists"))
    return replace(guide, goal="Add a *task*.", needs=("A browser",), about=about)


def test_steps_are_told_with_their_places() -> None:
    told = json.loads(linked_data(_guide(), None))
    assert (told["@type"], told["name"], told["description"]) == (
        "HowTo", "Add a task", "Add a task.",
    )  # fmt: skip
    first, second = (section["itemListElement"][0] for section in told["step"])
    assert (first["position"], first["text"], first["url"]) == (1, "Select Add.", "#step-1")
    assert second["url"] == "#step-2"
    assert told["supply"] == [{"@type": "HowToSupply", "name": "A browser"}]
    assert "video" not in told


def test_film_is_told_with_its_chapters() -> None:
    video = json.loads(linked_data(_guide(), "film.mp4"))["video"]
    assert (video["@type"], video["contentUrl"]) == ("VideoObject", "film.mp4")
    assert (video["duration"], video["uploadDate"]) == ("PT20.5S", "2026-03-01")
    spans = [(clip["name"], clip["startOffset"], clip["endOffset"]) for clip in video["hasPart"]]
    assert spans == [("Scene", 0, 10), ("Two", 10, 20.5)]


def test_film_inside_of_the_page_is_not_told_again() -> None:
    video = json.loads(linked_data(_guide(), "data:video/mp4;base64,AAAA"))["video"]
    assert "contentUrl" not in video


def test_nothing_in_it_ends_the_script() -> None:
    hostile = "</script><!-- <script>alert(1)</script> & \u2028"
    told = linked_data(_guide(hostile), None)
    assert not set("<>&\u2028") & set(told)
    text = json.loads(told)["step"][0]["itemListElement"][0]["text"]
    assert text.startswith("</script>")

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from jinja2 import Environment

from storycast.guide.card import Card, Change, Passage
from storycast.site import feed, pages, seal
from storycast.wording import Wording
from tests.storycast.site.published import build, publish, read_all

_COURSE = '[[course]]\ntitle = "{}"\nguides = [{}]\n'
_OTHERS: dict[str, object] = {
    "title": "Put a task in",
    "goal": "Another goal.",
    "direction": "rtl",
    "theme": "dark",
    "spoken_language": "de",
    "tags": ("others",),
    "steps": 7,
    "film_ms": 98000,
    "filmed_on": date(2026, 4, 5),
    "application": "Tasks 9",
    "browser": "Chromium 9",
    "film": "",
    "poster": "",
    "forms": {},
    "passages": (Passage(anchor="step-9", title="Another", text="Another step."),),
    "transcript": ((1, "Another sentence."),),
    "changes": (Change(on=date(2026, 9, 9), sentences=("Another change.",)),),
}
_SAME = {"version", "board", "edition", "language"}  # another one is another guide


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What templates were told since the list was last cleared, one for each rendered page."""
    found: list[object] = []
    fill = pages._fill

    def count(template: str, wording: Wording, told: dict[str, object]) -> bytes:
        place = told["volume"].place if "volume" in told else ""  # type: ignore[attr-defined]
        found.append(f"{place} {template}".strip())
        return fill(template, wording, told)

    monkeypatch.setattr(pages, "_fill", count)
    return found


def _assert_as_if_new(output: Path, **wishes: object) -> None:
    """The site made again is the one that is made from nothing."""
    again = build(output, **wishes).folder
    new = output.parent / "new"
    shutil.rmtree(new, ignore_errors=True)
    build(output, to=new, **wishes)
    assert read_all(again) == read_all(new)


def test_page_that_would_come_out_the_same_is_not_rendered(
    output: Path, rendered: list[object]
) -> None:
    build(output)
    assert len(rendered) == 8
    rendered.clear()
    build(output)
    assert rendered == []
    publish(output, "remove-a-task", title="Remove it", filmed_on=None, changes=())
    build(output)
    changed = "guides/remove-a-task"
    assert rendered == ["index.html", f"{changed} about.html", f"{changed} way.html"]


def test_templates_are_compiled_once_for_all_runs(
    output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        pytest.fail("a template was compiled again")

    def forget() -> None:
        for module in (pages, feed):
            module._open_templates.cache_clear()

    address = "https://example.org"
    forget()  # what other tests have compiled
    build(output, base_url=address)
    forget()
    monkeypatch.setattr(Environment, "compile", refuse)
    assert build(output, base_url=address, title="Another").changed


def test_everything_that_a_card_says_can_change() -> None:
    assert _OTHERS.keys() | _SAME == Card.model_fields.keys()


@pytest.mark.parametrize("name", _OTHERS)
def test_changed_card_makes_every_page_that_tells_of_it_anew(output: Path, name: str) -> None:
    (output / "course.toml").write_text(_COURSE.format("Tasks", '"remove-a-task", "add-a-task"'))
    build(output)
    told = {name: _OTHERS[name]}
    publish(output, "add-a-task", "", **told)
    _assert_as_if_new(output)


def test_renamed_guide_is_called_so_by_its_neighbours(output: Path, rendered: list[object]) -> None:
    (output / "course.toml").write_text(_COURSE.format("Tasks", '"remove-a-task", "add-a-task"'))
    site = build(output).folder
    rendered.clear()
    publish(output, "add-a-task", title="Put a task in")
    _assert_as_if_new(output)
    assert "guides/remove-a-task about.html" in rendered
    assert "Put a task in" in (site / "guides" / "remove-a-task" / "index.html").read_text()


@pytest.mark.parametrize(
    "course",
    [
        _COURSE.format("Chores", '"remove-a-task", "add-a-task"'),
        _COURSE.format("Tasks", '"add-a-task", "remove-a-task"'),
        _COURSE.format("Tasks", '"add-a-task"'),
        _COURSE.format("Other", "") + _COURSE.format("Tasks", '"remove-a-task", "add-a-task"'),
        'title = "All"\n' + _COURSE.format("Tasks", '"remove-a-task", "add-a-task"'),
    ],
)
def test_changed_course_file_makes_its_pages_anew(output: Path, course: str) -> None:
    (output / "course.toml").write_text(_COURSE.format("Tasks", '"remove-a-task", "add-a-task"'))
    build(output)
    (output / "course.toml").write_text(course)
    _assert_as_if_new(output)


def test_removed_guide_and_removed_edition_are_named_nowhere(output: Path) -> None:
    (output / "course.toml").write_text(_COURSE.format("Tasks", '"remove-a-task", "add-a-task"'))
    build(output)
    shutil.rmtree(output / "remove-a-task")
    shutil.rmtree(output / "add-a-task" / "fr")
    _assert_as_if_new(output)


@pytest.mark.parametrize(
    "wishes", [{"title": "Other"}, {"language": "ar"}, {"base_url": "https://example.org"}]
)
def test_other_wishes_make_all_pages_anew(output: Path, wishes: dict[str, object]) -> None:
    build(output)
    _assert_as_if_new(output, **wishes)


def test_changed_captions_reach_the_page(output: Path) -> None:
    build(output)
    (output / "add-a-task" / "captions.en.vtt").write_text("WEBVTT\n\n00:00.000 --> 00:01.000\nA\n")
    _assert_as_if_new(output)


def test_poster_that_came_later_gives_a_cover(output: Path) -> None:
    poster = output / "add-a-task" / "poster.png"
    picture = poster.read_bytes()
    poster.write_bytes(b"no picture")
    build(output)
    poster.write_bytes(picture)
    _assert_as_if_new(output)


def test_page_that_somebody_changed_is_put_right(output: Path) -> None:
    site = build(output).folder
    page = site / "guides" / "add-a-task" / "index.html"
    page.write_text(page.read_text().replace("Add a task", "Gone"))
    assert build(output).changed == ("guides/add-a-task/index.html",)
    page.unlink()
    assert build(output).changed == ("guides/add-a-task/index.html",)


def _change_template(folder: Path) -> None:
    path = folder / "storycast" / "site" / "templates" / "base.html"
    path.write_text(path.read_text().replace("</body>", "<!-- another template --></body>"))


def _change_words(folder: Path) -> None:
    path = folder / "storycast" / "wording" / "locale" / "fr.po"
    path.write_text(f"{path.read_text()}# another translation\n")


@pytest.mark.parametrize("change", [_change_template, _change_words])
def test_changed_template_or_translation_makes_all_pages_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: Callable[[Path], None]
) -> None:
    package = Path(seal.__file__).parents[1]
    for name in ("site", "wording"):
        shutil.copytree(package / name, tmp_path / "storycast" / name)
    monkeypatch.setattr(seal, "files", lambda name: tmp_path.joinpath(*name.split(".")))
    before = _digest_anew()
    assert _digest_anew() == before
    change(tmp_path)
    assert _digest_anew() != before


def test_changed_program_makes_all_pages_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    before = _digest_anew()
    monkeypatch.setattr(seal, "source_digest", lambda *_: "other")
    assert _digest_anew() != before
    used = re.findall(r"^from (storycast\.\S+) import", Path(pages.__file__).read_text(), re.M)
    assert used
    assert all(name.startswith(seal._MODULES) for name in used)


def test_other_version_of_a_library_makes_all_pages_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    before = _digest_anew()
    monkeypatch.setattr(seal, "version", lambda library: f"another {library}")
    assert _digest_anew() != before


def _digest_anew() -> str:
    seal.digest_program.cache_clear()
    try:
        return seal.digest_input("about.html", {})
    finally:
        seal.digest_program.cache_clear()

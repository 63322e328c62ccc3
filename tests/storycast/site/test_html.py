from __future__ import annotations

from pathlib import Path

import pytest

from tests.storycast.site.published import build, publish
from tests.storycast.validator import find_errors

_PAGES = (
    "index.html",
    "changes.html",
    "guides/add-a-task/index.html",
    "guides/add-a-task/fr/index.html",
    "guides/add-a-task/ar/index.html",
    "guides/bare/index.html",
)


@pytest.fixture(scope="module", params=["en", "ar"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with every kind of page, from left to right and from right to left."""
    output = tmp_path_factory.mktemp("library") / "output"
    publish(output, "add-a-task", browser="Chromium 126")
    publish(output, "add-a-task", "fr", title="Ajouter une tâche")
    publish(output, "add-a-task", "ar", title="إضافة مهمة", direction="rtl")
    publish(output, "remove-a-task")
    publish(output, "bare", film="", poster="", forms={}, tags=(), passages=(), changes=())
    part = '[[course.part]]\ntitle = "More"\nguides = ["remove-a-task"]\n'
    (output / "course.toml").write_text(
        f'[[course]]\ntitle = "Tasks"\ntext = "How."\nguides = ["add-a-task"]\n{part}'
    )
    return build(output, base_url="https://example.org", language=request.param).folder


@pytest.mark.parametrize("page", _PAGES)
def test_pages_are_html(site: Path, page: str) -> None:
    assert find_errors(site / page) == []


def test_page_of_an_empty_library_is_html(tmp_path: Path) -> None:
    (tmp_path / "output").mkdir()
    site = build(tmp_path / "output").folder
    assert [find_errors(site / name) for name in ("index.html", "changes.html")] == [[], []]

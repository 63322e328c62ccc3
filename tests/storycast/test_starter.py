from __future__ import annotations

from pathlib import Path

import pytest

from recorder import read_storyboard
from storycast.errors import StorycastError
from storycast.starter import write_starter


def test_starter_is_a_storyboard(tmp_path: Path) -> None:
    board = read_storyboard(write_starter(tmp_path / "water-the-plants.ipynb"))
    assert board.title == "Water the plants"
    assert board.parameters == {"base_url"}
    assert board.front.stage is not None
    assert (tmp_path / board.front.stage.folder / "index.html").exists()


def test_starter_of_an_application_has_its_address(tmp_path: Path) -> None:
    path = write_starter(tmp_path / "board", url="https://example.com", title="Buy milk")
    board = read_storyboard(path)
    assert path == tmp_path / "board.ipynb"
    assert board.title == "Buy milk"
    assert board.front.stage is not None
    assert board.front.stage.url == "https://example.com"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("url", ["", "https://example.com"])
def test_starter_shows_what_a_guide_tells_its_reader_first(tmp_path: Path, url: str) -> None:
    front = read_storyboard(write_starter(tmp_path / "board", url=url)).front
    assert front.goal
    assert front.needs
    assert front.outcome
    assert front.tags


def test_dot_in_a_name_is_no_ending(tmp_path: Path) -> None:
    assert write_starter(tmp_path / "version 1.2").name == "version 1.2.ipynb"


def test_equal_starters_are_equal_to_the_byte(tmp_path: Path) -> None:
    one, two = (write_starter(tmp_path / folder / "board.ipynb") for folder in ("one", "two"))
    assert one.read_bytes() == two.read_bytes()


def test_storyboard_is_never_replaced(tmp_path: Path) -> None:
    path = write_starter(tmp_path / "board.ipynb")
    path.write_text("mine")
    with pytest.raises(StorycastError, match="is there already"):
        write_starter(path)
    assert path.read_text() == "mine"


def test_page_of_others_is_never_replaced(tmp_path: Path) -> None:
    page = tmp_path / "site" / "index.html"
    page.parent.mkdir()
    page.write_text("mine")
    front = read_storyboard(write_starter(tmp_path / "board.ipynb")).front
    assert page.read_text() == "mine"
    assert front.stage is not None
    assert front.stage.folder == "board-site"

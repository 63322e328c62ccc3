from __future__ import annotations

from pathlib import Path

import pytest

from storycast.cache import content_name, made_once, source_digest, written_whole
from storycast.errors import FilmError


def test_file_appears_when_all_is_written(tmp_path: Path) -> None:
    out = tmp_path / "new" / "out.txt"
    with written_whole(out) as draft:
        draft.write_text("new")
        assert not out.exists()
    assert out.read_text() == "new"
    assert list(out.parent.iterdir()) == [out]


def test_failure_leaves_what_was_there_and_nothing_else(tmp_path: Path) -> None:
    out = tmp_path / "out.txt"
    out.write_text("old")

    def fail(draft: Path) -> None:
        draft.write_text("new")
        raise FilmError("broken")

    with pytest.raises(FilmError, match="broken"), written_whole(out) as draft:
        fail(draft)
    assert out.read_text() == "old"
    assert list(tmp_path.iterdir()) == [out]


def test_path_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(FilmError, match=r"out\.txt cannot be written"):
        made_once(tmp_path / "file" / "out.txt", Path.touch)


def test_file_is_made_once(tmp_path: Path) -> None:
    made: list[Path] = []

    def make(draft: Path) -> None:
        made.append(draft)
        draft.write_text("made")

    for _ in range(2):
        assert made_once(tmp_path / "out", make).read_text() == "made"
    assert len(made) == 1


def test_name_differs_wherever_a_part_differs() -> None:
    names = {content_name(*parts) for parts in (("ab", "c"), ("a", "bc"), ("abc",), ("abc", ""))}
    assert len(names) == 4


def test_name_of_sources_differs_between_modules() -> None:
    assert source_digest("storycast.look") != source_digest("storycast.errors")

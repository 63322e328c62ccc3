from __future__ import annotations

from pathlib import Path

import pytest

from recorder import RecorderError
from recorder.replacement import add_files, remove_others, replace_folder, write_whole


def files(folder: Path) -> dict[str, str]:
    """What is in a folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_text()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def fill(folder: Path, **content: str) -> Path:
    """A folder with these files."""
    (folder / "shots").mkdir(parents=True)
    for name, text in content.items():
        (folder / "shots" / name).write_text(text)
    (folder / "manifest").write_text(",".join(content))
    return folder


def test_file_is_written_whole_in_folders_that_are_made(tmp_path: Path) -> None:
    write_whole(tmp_path / "a" / "b", b"new")
    assert files(tmp_path) == {"a/b": "new"}


def test_file_that_cannot_be_written_is_told_and_leaves_no_draft(tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    with pytest.raises(RecorderError, match="taken cannot be written"):
        write_whole(tmp_path / "taken", b"new")
    assert files(tmp_path) == {}


def test_folder_is_replaced_and_what_is_old_removed(tmp_path: Path) -> None:
    new, old = fill(tmp_path / "new", b="2", c="3"), fill(tmp_path / "old", a="1", b="2")
    replace_folder(new, old, manifest="manifest")
    assert files(old) == {"manifest": "b,c", "shots/b": "2", "shots/c": "3"}


def test_files_can_be_added_and_others_removed_later(tmp_path: Path) -> None:
    new, old = fill(tmp_path / "new", b="2"), fill(tmp_path / "old", a="1")
    names = add_files(new, old, last="manifest")
    assert "shots/a" in files(old)
    remove_others(old, names)
    assert files(old) == {"manifest": "b", "shots/b": "2"}

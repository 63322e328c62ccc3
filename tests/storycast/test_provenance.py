from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest

from storycast.provenance import (
    Provenance,
    StageRecord,
    digest_file,
    digest_files,
    digest_package,
    read_provenance,
    write_provenance,
)


def test_provenance_is_read_as_it_was_written(tmp_path: Path) -> None:
    written = Provenance(stages={"film": StageRecord(key="k", files={"b": "1", "a": "2"})})
    write_provenance(tmp_path / "p.json", written)
    assert read_provenance(tmp_path / "p.json") == written


def test_day_of_a_take_is_kept(tmp_path: Path) -> None:
    record = StageRecord(key="k", files={}, on=date(2025, 12, 1))
    write_provenance(tmp_path / "p.json", Provenance(stages={"take": record}))
    assert read_provenance(tmp_path / "p.json").stages["take"].on == date(2025, 12, 1)


def test_order_of_making_does_not_show(tmp_path: Path) -> None:
    stages = {name: StageRecord(key=name, files={"2": "", "1": ""}) for name in ("b", "a")}
    write_provenance(tmp_path / "one", Provenance(stages=stages))
    write_provenance(tmp_path / "two", Provenance(stages=dict(sorted(stages.items()))))
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


@pytest.mark.parametrize("content", [None, "", "[]", '{"version": 2}', '{"keys": {}}'])
def test_provenance_that_cannot_be_read_knows_nothing(tmp_path: Path, content: str | None) -> None:
    if content is not None:
        (tmp_path / "p.json").write_text(content)
    assert read_provenance(tmp_path / "p.json") == Provenance()


def test_files_are_named_by_content_and_place(tmp_path: Path) -> None:
    (tmp_path / "take" / "shots").mkdir(parents=True)
    for name in ("take/take.json", "take/shots/a.png", "film.mp4"):
        (tmp_path / name).write_text(name)
    assert set(digest_files(tmp_path, "take")) == {"take/take.json", "take/shots/a.png"}
    assert digest_files(tmp_path, "film.mp4") == {"film.mp4": digest_file(tmp_path / "film.mp4")}
    assert digest_file(tmp_path / "nowhere") == ""


def test_package_is_named_by_all_its_files(tmp_path: Path) -> None:
    names = set()
    for number, (file, text) in enumerate([("a.py", "1"), ("a.py", "2"), ("page.html", "1")]):
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / file).write_text(text)
        package = ModuleType("package")
        package.__path__ = [str(folder)]
        names.add(digest_package(package))
        shutil.rmtree(folder)
    assert len(names) == 3

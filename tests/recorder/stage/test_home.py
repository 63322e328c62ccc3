from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import pytest

from recorder.stage.home import Home


@pytest.fixture(autouse=True)
def _alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))


def test_home_has_the_same_name_each_time_unless_that_is_taken(tmp_path: Path) -> None:
    first, second = Home.make(), Home.make()
    assert (first.path, second.path) == (
        tmp_path / "storycast-stage",
        tmp_path / "storycast-stage-2",
    )
    first.remove()
    assert Home.make().path == first.path
    second.remove()
    assert [path.name for path in tmp_path.iterdir()] == ["storycast-stage"]


def test_home_of_another_with_the_same_name_is_left_alone() -> None:
    first = Home.make()
    shutil.rmtree(first.path)  # as the keeper of a service does
    second = Home.make()
    (second.path / "services").mkdir()
    first.remove()
    assert (second.path / "services").is_dir()


def test_what_is_left_of_a_home_is_removed() -> None:
    home = Home.make()
    (home.path / "services").mkdir()
    (home.path / "owner").unlink()
    home.remove()
    assert not home.path.exists()

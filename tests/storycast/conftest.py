from __future__ import annotations

from pathlib import Path

import pytest

from storycast.starter import write_starter
from tests.storycast.studio import Studio


@pytest.fixture(scope="session")
def filmed(tmp_path_factory: pytest.TempPathFactory) -> Studio:
    """The starter's storyboard with all that is made of it; to be copied, not to be changed."""
    studio = Studio(tmp_path_factory.mktemp("filmed"))
    write_starter(studio.board)
    assert studio.start("make", studio.board).returncode == 0
    return studio


@pytest.fixture
def studio(filmed: Studio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Studio:
    """A copy of what was filmed, in a folder whose name is not plain."""
    studio = filmed.copy(tmp_path / "schöne [neue] Ordner")
    monkeypatch.setenv("STORYCAST_CACHE", str(studio.cache))
    return studio

from __future__ import annotations

from pathlib import Path

import pytest

from tests.storycast.studio import Studio


@pytest.fixture
def approved(studio: Studio) -> Studio:
    """A studio whose take is its baseline."""
    assert studio.run("approve", "--comment", "first").exit_code == 0
    return studio


@pytest.fixture(scope="session")
def checked(filmed: Studio, tmp_path_factory: pytest.TempPathFactory) -> Studio:
    """A studio whose page has another heading than approved, as a check has found; to be copied."""
    studio = filmed.copy(tmp_path_factory.mktemp("checked") / "studio")
    assert studio.start("approve", studio.board, "--comment", "first").returncode == 0
    studio.change_page(("<h1>Notes", "<h1>My notes"))
    assert studio.start("check", studio.board).returncode == 3
    return studio


@pytest.fixture
def retitled(checked: Studio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Studio:
    """A studio whose page has another heading than approved, as a check has found."""
    studio = checked.copy(tmp_path / "schöne [neue] Ordner")
    monkeypatch.setenv("STORYCAST_CACHE", str(studio.cache))
    return studio

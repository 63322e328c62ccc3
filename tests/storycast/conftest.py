from __future__ import annotations

import os
from pathlib import Path

import pytest
from filelock import FileLock

from storycast.starter import write_starter
from tests.storycast.studio import Studio


@pytest.fixture(scope="session")
def filmed(tmp_path_factory: pytest.TempPathFactory) -> Studio:
    """The starter's storyboard with all that is made of it; to be copied, not to be changed.

    Processes that share the tests share it: the first that needs it makes it.
    """
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    studio = Studio(shared / "filmed")
    with FileLock(shared / "filmed.lock"):
        if not studio.folder.exists():
            draft = Studio(tmp_path_factory.mktemp("draft"))
            write_starter(draft.board)
            made = draft.start("make", draft.board)
            assert made.returncode == 0, made.stderr
            draft.folder.rename(studio.folder)
    return studio


@pytest.fixture
def studio(filmed: Studio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Studio:
    """A copy of what was filmed, in a folder whose name is not plain."""
    studio = filmed.copy(tmp_path / "schöne [neue] Ordner")
    monkeypatch.setenv("STORYCAST_CACHE", str(studio.cache))
    return studio

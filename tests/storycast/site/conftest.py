from __future__ import annotations

from pathlib import Path

import pytest

from tests.storycast.site.published import publish


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """Two guides, one of them in French as well."""
    folder = tmp_path / "output"
    publish(folder, "add-a-task")
    publish(folder, "add-a-task", "fr", title="Ajouter une tâche")
    publish(folder, "remove-a-task", filmed_on=None, changes=())
    return folder

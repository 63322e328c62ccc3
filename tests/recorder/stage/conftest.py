"""A cache and a folder for temporary files that are a test's own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.recorder.stage.crew import Family


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The cache folder, of this test alone."""
    folder = tmp_path / "cache"
    monkeypatch.setenv("STORYCAST_CACHE", str(folder))
    return folder


@pytest.fixture
def temporary(scratch: Path) -> Iterator[Path]:
    """The folder for temporary files, of this test alone, which leaves none."""
    yield scratch
    assert list(scratch.iterdir()) == []


@pytest.fixture
def family() -> Family:
    """What tells which processes a test has started."""
    return Family()

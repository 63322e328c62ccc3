from __future__ import annotations

from pathlib import Path

import pytest

from tests.storycast.guide.press import make_film, publish
from tests.storycast.sample import Sample, write_sample


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    """The sample take, at its real scale."""
    return write_sample(tmp_path_factory.mktemp("sample"))


@pytest.fixture(scope="session")
def published(sample: Sample, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which a guide of the sample is published, beside its film."""
    folder = tmp_path_factory.mktemp("published")
    make_film(folder / "film.mp4")
    publish(sample, folder)
    return folder

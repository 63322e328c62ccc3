from __future__ import annotations

from pathlib import Path

import pytest

from storycast.verify import check_film
from tests.storycast.verify.edition import Made, make_edition


@pytest.fixture(scope="session")
def original(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """A finished edition that was looked at; to be copied, not to be changed."""
    made = make_edition(tmp_path_factory.mktemp("edition"))
    check_film(made.film, cache=made.seen)
    return made


@pytest.fixture
def made(original: Made, tmp_path: Path) -> Made:
    """A finished edition that a test may spoil."""
    return original.copy(tmp_path / "edition")

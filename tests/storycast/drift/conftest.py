from __future__ import annotations

import pytest

from tests.storycast.studio import Studio


@pytest.fixture
def approved(studio: Studio) -> Studio:
    """A studio whose take is its baseline."""
    assert studio.run("approve", "--comment", "first").exit_code == 0
    return studio

"""What the tests of narration share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from narration import Voice, open_voice


@pytest.fixture(scope="session")
def voice() -> Iterator[Voice]:
    """The real voice, in English."""
    opened = open_voice("pyttsx3", language="en")
    yield opened
    opened.close()

"""What holds for all tests."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest

# The library that tests start has the password of its own, whatever this machine films it with.
os.environ.pop("LIBRARY_PASSWORD", None)

_HERE = Path(__file__).parent
_LONGEST = (
    "storycast/drift/test_check.py",
    "recorder/test_recording.py",
    "storycast/test_make.py",
    "storycast/drift/healing/test_healer.py",
    "recorder/test_observer.py",
    "recorder/test_kernel.py",
    "storycast/verify/test_film.py",
    "storycast/drift/test_django.py",
    "recorder/test_movement.py",
    "recorder/test_actors.py",
    "storycast/translation/test_board.py",
    "recorder/fence/test_fence.py",
    "recorder/stage/test_lost.py",
    "storycast/test_kill.py",
    "storycast/drift/mask/test_learning.py",
    "recorder/secrecy/test_redactor.py",
    "hard/test_boards.py",
    "recorder/test_camera.py",
    "recorder/test_pinning.py",
    "storycast/drift/test_plain.py",
    "recorder/test_typing_states.py",
    "storycast/test_news.py",
    "storycast/test_readings.py",
    "actors/test_actors.py",
    "recorder/secrecy/test_take.py",
)
"""The files that take longest, as far as that was measured: they are begun first."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest files first: what is begun last is what all have to wait for."""
    ranks = {_HERE / name: rank for rank, name in enumerate(_LONGEST)}
    items.sort(key=lambda item: ranks.get(item.path, len(ranks)))


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Bytes do not name a test: archives hold the time, and processes that share tests differ."""
    return argname if isinstance(val, bytes) else None

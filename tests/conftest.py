"""What holds for all tests."""

from __future__ import annotations


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Bytes do not name a test: archives hold the time, and processes that share tests differ."""
    return argname if isinstance(val, bytes) else None

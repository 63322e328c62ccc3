"""Takes the guards away from every Python that finds this first: what a leak would look like."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from recorder.secrecy import Secrets
from recorder.secrecy.redactor import Redactor

if TYPE_CHECKING:
    from recorder.area import Area


def _forget(*_: Any) -> None:
    """Know no secret."""


def _find_nothing(*_: Any, **__: Any) -> tuple[Area, ...]:
    """Find nothing to hide."""
    return ()


setattr(Secrets, "add", _forget)  # noqa: B010 - mypy lets no method be another
setattr(Redactor, "find", _find_nothing)  # noqa: B010

"""Secrets: what the environment tells a stage and nobody else may read."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from recorder.errors import StageError

__all__ = ["HIDDEN", "Secrets", "read_secrets"]

HIDDEN = "***"
"""Stands for a secret wherever it would be told."""


@dataclass(frozen=True)
class Secrets:
    """Values by the names of their variables; they are not shown with it."""

    values: Mapping[str, str] = field(default_factory=dict, repr=False)

    def hide(self, text: str) -> str:
        """The text without any of the values; of one of several lines, without its lines."""
        lines = {line for value in self.values.values() for line in value.splitlines()}
        for line in sorted(lines, key=len, reverse=True):
            if line.strip():
                text = text.replace(line.strip(), HIDDEN)
        return text


def read_secrets(names: Iterable[str]) -> Secrets:
    """Read the variables of these names. Raises `StageError`, which names those not set."""
    values = {name: os.environ.get(name, "") for name in names}
    missing = [name for name, value in values.items() if not value.strip()]
    if missing:
        several = len(missing) > 1
        raise StageError(
            f"The stage's secret{'s' if several else ''} {', '.join(missing)} "
            f"{'are' if several else 'is'} not set.",
            "Set the environment variables of these names; their values are never shown or kept."
            if several
            else "Set the environment variable of this name; its value is never shown or kept.",
        )
    return Secrets(values)

"""Uses: one thing that a storyboard reaches for, and where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Kind", "Use", "tell_uses"]


class Kind(StrEnum):
    """What is reached for, in the order in which it is told."""

    STAGE = "stage"
    HOST = "hosts"
    MODULE = "modules"
    ADDRESS = "addresses"
    FILE = "files"
    PROCESS = "processes"
    NETWORK = "network"
    ENVIRONMENT = "environment"
    SECRET = "secrets"  # noqa: S105 - a heading
    CODE = "code"
    """Code that is not there to be read: made of text, or kept in another file."""


@dataclass(frozen=True)
class Use:
    """One use: ``what``, as the storyboard writes it.

    ``cell`` and ``line`` count from 1; both are 0 for what the front matter says.
    """

    kind: Kind
    what: str
    cell: int = 0
    line: int = 0

    @property
    def place(self) -> str:
        """Where it is, in brackets after a blank; "" for what the front matter says."""
        return f" (cell {self.cell}, line {self.line})" if self.cell else ""


def tell_uses(uses: Iterable[Use]) -> Iterator[str]:
    """A line for each thing that is reached for, at the first of its places, under its kind."""
    first: dict[tuple[Kind, str], Use] = {}
    for use in uses:
        first.setdefault((use.kind, use.what), use)
    for kind in Kind:
        title: str = kind
        for use in (use for use in first.values() if use.kind is kind):
            yield f"  {title:<12} {use.what}{use.place}"
            title = ""

"""What was blocked while a take was filmed, as it stands on disk beside the take's manifest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from recorder.replacement import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["FILE", "Blocked", "BlockedHost", "read_blocked", "write_blocked"]

FILE = "blocked.json"


class BlockedHost(BaseModel):
    """A host beyond the fence, with its port where that is not the usual one.

    ``requests`` is how often browsers asked for it: they ask for the same thing again, too.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    host: str
    requests: int


class Blocked(BaseModel):
    """All that was blocked, by host; no part of the manifest, because it differs by chance."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: Literal[1] = 1
    hosts: tuple[BlockedHost, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The hosts alone."""
        return tuple(each.host for each in self.hosts)

    def notes(self) -> Iterator[str]:
        """Each host in a few words."""
        for each in self.hosts:
            yield f"blocked: {each.host} ({each.requests} request{'s'[: each.requests > 1]})"


def read_blocked(folder: Path) -> Blocked:
    """What was blocked while the take in ``folder`` was filmed."""
    try:
        return Blocked.model_validate_json((folder / FILE).read_bytes())
    except (FileNotFoundError, ValidationError):
        return Blocked()


def write_blocked(folder: Path, blocked: Blocked) -> None:
    """Keep what was blocked, where anything was."""
    if blocked.hosts:
        write_whole(folder / FILE, blocked.model_dump_json(indent=1).encode())

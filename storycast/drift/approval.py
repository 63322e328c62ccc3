"""Approvals: single changes that were approved, while the rest of the baseline stays."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from recorder.replacement import write_whole
from storycast.drift.model import Change, Kind
from storycast.errors import StorycastError

__all__ = ["APPROVALS", "Approval", "add_approvals", "drop_approvals", "read_approvals"]

APPROVALS = "approved.jsonl"


class Approval(BaseModel):
    """A change that is not told any more; ``steps`` are those in which it was seen."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    kind: Kind
    sentence: str
    steps: tuple[int, ...]
    comment: str = ""


def read_approvals(folder: Path) -> tuple[Approval, ...]:
    """The changes that were approved of the baseline in ``folder``.

    Raises `StorycastError` where a line cannot be read.
    """
    path = folder / APPROVALS
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        return tuple(Approval.model_validate_json(line) for line in lines if line.strip())
    except FileNotFoundError:
        return ()
    except (OSError, ValueError, ValidationError) as error:
        raise StorycastError(
            f"The baseline's {path} is damaged.",
            "Remove the damaged line, or all of the file, and approve those changes again.",
        ) from error


def add_approvals(folder: Path, changes: Iterable[Change], comment: str) -> None:
    """Approve ``changes`` besides those that are approved already."""
    known = {each.id: each for each in read_approvals(folder)}
    for change in changes:
        known[change.id] = Approval(
            id=change.id,
            kind=change.kind,
            sentence=change.sentence,
            steps=(change.step, *change.also),
            comment=comment,
        )
    _write(folder, known.values())


def drop_approvals(folder: Path, steps: Collection[int] = ()) -> None:
    """Forget what was approved of ``steps``, which were approved as a whole; all without steps."""
    if not (folder / APPROVALS).exists():
        return
    left = []
    for each in read_approvals(folder) if steps else ():
        others = tuple(step for step in each.steps if step not in steps)
        if others:
            left.append(each.model_copy(update={"steps": others}))
    _write(folder, left)


def _write(folder: Path, approvals: Collection[Approval]) -> None:
    path = folder / APPROVALS
    if approvals:
        text = "".join(f"{each.model_dump_json(exclude_defaults=True)}\n" for each in approvals)
        write_whole(path, text.encode())
    else:
        path.unlink(missing_ok=True)

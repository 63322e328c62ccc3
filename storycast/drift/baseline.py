"""The baseline: the approved take, as small and plain as what is reviewed in git should be."""

from __future__ import annotations

import io
import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PIL import Image
from pydantic import ValidationError

from recorder.replacement import write_whole
from recorder.snapshot import Snapshot, read_snapshot
from recorder.take import MANIFEST, Action, Moment, Step, Take, read_take
from storycast.day import now
from storycast.drift.approval import add_approvals, drop_approvals, read_approvals
from storycast.edition import baseline_folder
from storycast.errors import StorycastError
from storycast.provenance import digest_file

if TYPE_CHECKING:
    from recorder.storyboard import Storyboard
    from storycast.drift.model import Change

__all__ = [
    "HISTORY",
    "Baseline",
    "FilmedTake",
    "Pages",
    "approve",
    "approve_changes",
    "read_baseline",
]

HISTORY = "history.jsonl"

_AGAIN = "Approve the take again: 'storycast approve'."


class Pages(Protocol):
    """A take, and what its moments showed."""

    @property
    def take(self) -> Take:
        """The take, as the storyboard tells it now."""

    def snapshot(self, name: str) -> Snapshot | None:
        """The snapshot of this name; None where there is none."""

    def picture(self, name: str) -> bytes:
        """The shot of this name, as a file of pictures."""


@dataclass(frozen=True)
class FilmedTake:
    """A take as the recorder has written it."""

    folder: Path
    take: Take

    def snapshot(self, name: str) -> Snapshot | None:
        """The snapshot of this name; None where there is none."""
        path = self.folder / "snapshots" / f"{name}.json.gz"
        return read_snapshot(path) if path.exists() else None

    def picture(self, name: str) -> bytes:
        """The shot of this name, as PNG."""
        return (self.folder / "shots" / f"{name}.png").read_bytes()


@dataclass(frozen=True)
class Baseline:
    """An approved take: ``take.json``, a snapshot a line for each element, lossless pictures."""

    folder: Path
    take: Take

    @property
    def name(self) -> str:
        """A name for what was approved as a whole, or by steps."""
        return (digest_file(self.folder / MANIFEST) or "")[:16]

    @property
    def approved(self) -> frozenset[str]:
        """The ids of single changes that were approved. Raises `StorycastError`."""
        return frozenset(each.id for each in read_approvals(self.folder))

    def snapshot(self, name: str) -> Snapshot | None:
        """The snapshot of this name. Raises `StorycastError` where it is damaged."""
        path = self.folder / "snapshots" / f"{name}.jsonl"
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
            return Snapshot.model_validate({"nodes": [json.loads(line) for line in lines]})
        except (OSError, ValueError) as error:
            raise _broken(path, "is damaged") from error

    def picture(self, name: str) -> bytes:
        """The shot of this name, as WebP. Raises `StorycastError` where it is none."""
        path = self.folder / "shots" / f"{name}.webp"
        try:
            content = path.read_bytes()
        except OSError as error:
            raise _broken(path, "cannot be read") from error
        if content[:4] != b"RIFF" or content[8:12] != b"WEBP":  # such as Git LFS's pointer to one
            raise _broken(path, "is no picture")
        return content


def _broken(path: Path, what: str) -> StorycastError:
    return StorycastError(f"The baseline's {path} {what}.", _AGAIN)


def read_baseline(board: Storyboard) -> Baseline:
    """Read the baseline of ``board``. Raises `StorycastError` where there is none, or a part."""
    folder = baseline_folder(board)
    try:
        baseline = Baseline(folder, read_take(folder))
    except FileNotFoundError as error:
        raise StorycastError(
            f"{board.path} has no baseline yet: there is no {folder / MANIFEST}.",
            "Film it and look at what came of it, then run 'storycast approve'.",
        ) from error
    except ValidationError as error:
        raise _broken(folder / MANIFEST, "is damaged, or of a newer Storycast") from error
    _require_whole(baseline)
    return baseline


def _require_whole(baseline: Baseline) -> None:
    """Raise `StorycastError` where a file is missing that the manifest names."""
    moments = baseline.take.moments
    names = {f"snapshots/{each.snapshot}.jsonl" for each in moments}
    names |= {f"shots/{each.shot}.webp" for each in moments}
    missing = sorted(name for name in names if not (baseline.folder / name).exists())
    if missing:
        others = len(missing) - 1
        more = f" and {others} other file{'s' if others > 1 else ''} are" if others else " is"
        raise StorycastError(
            f"The baseline {baseline.folder} is not whole: {missing[0]}{more} missing.",
            f"Was all of it committed? Otherwise: {_AGAIN[0].lower()}{_AGAIN[1:]}",
        )


def approve(
    board: Storyboard,
    filmed: FilmedTake,
    *,
    steps: Collection[int] = (),
    comment: str = "",
    changes: Collection[Change] = (),
) -> Path:
    """Make the take the baseline of ``board``, or only ``steps`` of it; return its folder.

    ``changes`` are what it differs in from the baseline until now, for the history. Raises
    `StorycastError` where there is no such step, or nothing to put it into.
    """
    take = _plain(filmed.take)
    folder = baseline_folder(board)
    old: Baseline | None = None
    if steps:
        old = read_baseline(board)
        take = _merged(old.take, take, steps)
    needed = tuple(_moments(take))
    _write(folder, take, needed, filmed, old)
    drop_approvals(folder, steps)
    browser = f"{filmed.take.browser.name} {filmed.take.browser.version}"
    _remember(folder, comment, steps=sorted(steps) or "all", browser=browser, **_told(changes))
    return folder


def approve_changes(baseline: Baseline, changes: Collection[Change], comment: str = "") -> None:
    """Approve single changes; the take that others are held against stays what it is."""
    add_approvals(baseline.folder, changes, comment)
    _remember(baseline.folder, comment, **_told(changes))


def _told(changes: Collection[Change]) -> dict[str, object]:
    told = [{"id": change.id, "sentence": change.sentence} for change in changes]
    return {"changes": told} if told else {}


def _remember(folder: Path, comment: str, **what: object) -> None:
    """Add a line to the baseline's history."""
    fact = {
        "approved": now().isoformat(timespec="seconds"),
        **what,
        "comment": comment,
    }
    with (folder / HISTORY).open("a", encoding="utf-8") as history:
        history.write(json.dumps(fact, ensure_ascii=False) + "\n")


def _plain(take: Take) -> Take:
    """The take without what only films need: keystrokes, movement, glides."""

    def plain(action: Action) -> Action:
        scroll = action.scroll and action.scroll.model_copy(update={"shots": ()})
        return action.model_copy(update={"keystrokes": (), "frames": (), "scroll": scroll})

    steps = tuple(
        step.model_copy(update={"actions": tuple(plain(action) for action in step.actions)})
        for step in take.steps
    )
    return take.model_copy(update={"steps": steps})


def _merged(old: Take, new: Take, steps: Collection[int]) -> Take:
    known = {step.number: step for step in new.steps}
    for number in steps:
        if number not in known or number > len(old.steps):
            raise StorycastError(
                f"There is no step {number} in both baseline and take.",
                "Approve all of it: 'storycast approve' without --step.",
            )
    merged = tuple(known[step.number] if step.number in steps else step for step in old.steps)
    return old.model_copy(update={"steps": merged})


def _moments(take: Take) -> Iterator[Moment]:
    for step in take.steps:
        yield from _step_moments(step)


def _step_moments(step: Step) -> Iterator[Moment]:
    for action in step.actions:
        yield from action.moments
    if step.end is not None:
        yield step.end


def _write(
    folder: Path,
    take: Take,
    moments: Collection[Moment],
    filmed: FilmedTake,
    old: Baseline | None,
) -> None:
    """Write pages and pictures, then the manifest that names them, then remove the others."""
    kept: set[Path] = {folder / MANIFEST, folder / HISTORY}
    for name in sorted({moment.snapshot for moment in moments}):
        path = folder / "snapshots" / f"{name}.jsonl"
        kept.add(path)
        if not path.exists():
            snapshot = filmed.snapshot(name) or (old.snapshot(name) if old else None)
            nodes = snapshot.nodes if snapshot else ()
            text = "".join(node.model_dump_json(exclude_defaults=True) + "\n" for node in nodes)
            write_whole(path, text.encode())
    for name in sorted({moment.shot for moment in moments}):
        path = folder / "shots" / f"{name}.webp"
        kept.add(path)
        if not path.exists():
            write_whole(path, _lossless(filmed.picture(name)))
    write_whole(folder / MANIFEST, (take.model_dump_json(indent=1) + "\n").encode())
    for path in (*folder.glob("snapshots/*"), *folder.glob("shots/*")):
        if path not in kept:
            path.unlink(missing_ok=True)


def _lossless(picture: bytes) -> bytes:
    with Image.open(io.BytesIO(picture)) as shot:
        out = io.BytesIO()
        shot.convert("RGB").save(out, "WEBP", lossless=True, quality=60, method=4)
        return out.getvalue()

"""Holds the report of drift between two real releases against a list that a person made."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.table import Table

from storycast.drift import Change, Drift, Weight

__all__ = ["RELEASES", "run_releases"]

_ROOT = Path(__file__).resolve().parents[1]
_FOLDER = _ROOT / "tests" / "releases"
RELEASES = tuple(sorted(path.stem for path in _FOLDER.glob("*.toml")))
"""The pairs of releases that there is a list of."""

_DRIFT = 3  # what `storycast check` ends with where it has found something
_HEADS = (
    "releases",
    "listed",
    "reported",
    "share",
    "shown",
    "on no list",
    "true",
    "wrong",
    "elsewhere",
)


@dataclass(frozen=True)
class Listed:
    """A change that a reader sees; a report tells it by one of ``kinds`` and ``sentence``."""

    step: int
    what: str
    kinds: tuple[str, ...]
    sentence: re.Pattern[str]

    def is_told_by(self, change: Change) -> bool:
        """Whether ``change`` tells it, in whichever step."""
        told = self.sentence.search(change.sentence)
        return change.kind in self.kinds and told is not None


@dataclass(frozen=True)
class Releases:
    """Two releases of an application, and what a person saw change between them.

    ``unlisted`` recognise what a report tells besides, and is true: it is no reader's business, or
    it follows from what is listed.
    """

    name: str
    storyboard: Path
    variable: str
    old: str
    new: str
    listed: tuple[Listed, ...]
    unlisted: tuple[re.Pattern[str], ...]


@dataclass(frozen=True)
class Outcome:
    """A report of drift, held against its list: what it tells of the pictures, and elsewhere."""

    releases: Releases
    told: tuple[Change, ...]
    elsewhere: tuple[Change, ...] = ()

    @property
    def missed(self) -> tuple[Listed, ...]:
        """What is on the list and was not told."""
        return tuple(
            each for each in self.releases.listed if not any(map(each.is_told_by, self.told))
        )

    @property
    def besides(self) -> tuple[Change, ...]:
        """What was told and is not on the list."""
        return tuple(
            change
            for change in self.told
            if not any(each.is_told_by(change) for each in self.releases.listed)
        )

    @property
    def wrong(self) -> tuple[Change, ...]:
        """What was told, and nobody has found to be true."""
        return tuple(
            change
            for change in self.besides
            if not any(each.search(change.sentence) for each in self.releases.unlisted)
        )


def run_releases(names: Sequence[str], output: Path | None, *, show: bool) -> None:
    """Film the releases of these names, compare them, and print what came of it.

    Storyboards, takes and reports are left in ``output`` where it is given. Raises
    `subprocess.CalledProcessError` where a storyboard cannot be filmed.
    """
    table = Table(box=None, pad_edge=False)
    for head in _HEADS:
        table.add_column(head, justify="left" if head == "releases" else "right")
    for name in names or RELEASES:
        releases = _read(_FOLDER / f"{name}.toml")
        with TemporaryDirectory() as desk:
            drift = _compare(releases, (output or Path(desk)) / name)
        outcome = Outcome(
            releases,
            tuple(each for each in drift.changes if each.weight in (Weight.BREAKS, Weight.SHOWS)),
            tuple(each for each in drift.changes if each.weight is Weight.ELSEWHERE),
        )
        table.add_row(*_row(outcome))
        if show:
            sys.stdout.writelines(_details(outcome))
    Console(highlight=False).print(table)


def _read(path: Path) -> Releases:
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    return Releases(
        name=path.stem,
        storyboard=path.with_name(raw["storyboard"]),
        variable=raw["variable"],
        old=raw["old"],
        new=raw["new"],
        listed=tuple(
            Listed(each["step"], each["what"], tuple(each["kind"]), re.compile(each["sentence"]))
            for each in raw["change"]
        ),
        unlisted=tuple(re.compile(each) for each in raw.get("unlisted", ())),
    )


def _compare(releases: Releases, folder: Path) -> Drift:
    """Film and approve the old release, film the new one, and return what differs."""
    folder.mkdir(parents=True, exist_ok=True)
    board = folder / releases.storyboard.name
    board.write_bytes(releases.storyboard.read_bytes())
    _storycast(releases, releases.old, "record", board)
    _storycast(releases, releases.old, "approve", board)
    _storycast(releases, releases.new, "check", board)
    report = folder / "output" / board.stem / "drift.json"
    return Drift.model_validate_json(report.read_bytes())


def _storycast(releases: Releases, version: str, command: str, board: Path) -> None:
    program = Path(sys.executable).with_name("storycast")
    words = [str(program), command, str(board), "-o", str(board.parent / "output")]
    environment = os.environ | {releases.variable: version}
    code = subprocess.run(words, env=environment, stdout=subprocess.DEVNULL, check=False).returncode
    if code not in (0, _DRIFT):
        raise subprocess.CalledProcessError(code, words)


def _row(outcome: Outcome) -> Iterator[str]:
    listed, besides = len(outcome.releases.listed), len(outcome.besides)
    reported, wrong = listed - len(outcome.missed), len(outcome.wrong)
    yield f"{outcome.releases.name} {outcome.releases.old} → {outcome.releases.new}"
    yield from (str(listed), str(reported), f"{100 * reported / listed:.0f}%")
    yield from (str(len(outcome.told)), str(besides), str(besides - wrong), str(wrong))
    yield str(len(outcome.elsewhere))


def _details(outcome: Outcome) -> Iterator[str]:
    name = outcome.releases.name
    for missed in outcome.missed:
        yield f"{name}: missed in step {missed.step}: {missed.what}\n"
    for change in outcome.besides:
        head = "wrong" if change in outcome.wrong else "on no list"
        yield f"{name}: {head}: step {change.step}: {change.sentence} [{change.kind}]\n"

"""Films storyboards again and again, and counts what succeeded and what is left behind."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from left_behind import Left, Watch
from rich.console import Console
from rich.table import Table

_FILMED = (0, 3)
"""Exit codes of `storycast check`: nothing has changed, something has."""


@dataclass(frozen=True)
class _Run:
    """How one take ended (an exit code), how long it took, and what was left of it."""

    code: int
    seconds: float
    left: Left


def main() -> int:
    """Film the storyboards that the command line names, and print what came of it."""
    parser = argparse.ArgumentParser(prog="scripts/takes", description=__doc__)
    parser.add_argument("boards", nargs="+", type=Path, metavar="STORYBOARD")
    parser.add_argument("--rounds", type=int, default=20, metavar="N", help="20 unless given")
    parser.add_argument(
        "--keep", type=Path, metavar="FOLDER", help="where takes that differ or fail go"
    )
    options = parser.parse_args()
    table = Table(box=None, pad_edge=False)
    heads = ("storyboard", "succeeded", "quiet", "processes", "ports", "files", "seconds")
    for head in heads:
        table.add_column(head, justify="left" if head == "storyboard" else "right")
    good = True
    for board in options.boards:
        runs = [*_film_often(board.resolve(), options.rounds, options.keep)]
        table.add_row(board.stem, *_tell(runs, has_baseline=_baseline(board).exists()))
        good = good and all(run.code == 0 and not run.left for run in runs)
    Console(highlight=False, width=100).print(table)
    return 0 if good else 1


def _baseline(board: Path) -> Path:
    return board.parent / "baselines" / board.stem


def _film_often(board: Path, rounds: int, keep: Path | None) -> Iterator[_Run]:
    with TemporaryDirectory(prefix="takes-") as desk:
        for number in range(1, rounds + 1):
            run = _film(board, Path(desk))
            if run.code and keep:
                _keep(Path(desk) / "output" / board.stem, keep / f"{board.stem}-{number}", run)
            yield run


def _keep(output: Path, kept: Path, run: _Run) -> None:
    """Keep what a take left: what it filmed, or what it failed with."""
    shutil.rmtree(kept, ignore_errors=True)
    source = output if run.code in _FILMED else output / "failed"
    if source.is_dir():
        shutil.copytree(source, kept)


def _film(board: Path, desk: Path) -> _Run:
    """Film ``board``, and hold it against its baseline where it has one."""
    command = "check" if _baseline(board).exists() else "record"
    watch = Watch(desk)
    began = time.monotonic()
    code, said = watch.run(
        [str(Path(sys.executable).parent / "storycast"), command, str(board)],
        output=desk / "output",
        environment={**os.environ},
    )
    seconds = time.monotonic() - began
    sys.stderr.write(f"{board.stem}: exit code {code} after {seconds:.0f} s\n")
    if code:
        sys.stderr.write(said)
    return _Run(code, seconds, watch.left())


def _tell(runs: Sequence[_Run], *, has_baseline: bool) -> tuple[str, ...]:
    count = len(runs)
    seconds = sorted(run.seconds for run in runs)
    return (
        f"{sum(run.code in _FILMED for run in runs)} of {count}",
        f"{sum(run.code == 0 for run in runs)} of {count}" if has_baseline else "-",
        str(sum(run.left.processes for run in runs)),
        str(sum(run.left.ports for run in runs)),
        str(sum(run.left.files for run in runs)),
        f"{seconds[0]:.0f} to {seconds[-1]:.0f}",
    )


if __name__ == "__main__":
    sys.exit(main())

"""Breaks takes in the middle on purpose, and tells what became of them."""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

import psutil
from left_behind import Watch
from rich.console import Console
from rich.table import Table
from severed import Line, open_line

from recorder import read_take

Fact = TypeVar("Fact")

_DISK = "size=2g"
_STORYCAST = str(Path(sys.executable).parent / "storycast")
_FOREIGN = (".work", "failed")
"""What lies in a storyboard's folder and is not published."""


@dataclass(frozen=True)
class _Desk:
    """A disk of its own, with a storyboard's output and all temporary files on it."""

    board: Path
    folder: Path

    @property
    def published(self) -> Path:
        return self.folder / "output" / self.board.stem

    @property
    def steps_done(self) -> int:
        """How many steps of the take that is being filmed are finished."""
        journals = [*(self.published / ".work").rglob("steps.jsonl")]
        return len(journals[0].read_bytes().splitlines()) if journals else 0

    def digest(self) -> str:
        """A name for all that is published."""
        found = hashlib.sha256()
        for path in sorted(self.published.rglob("*")):
            parts = path.relative_to(self.published).parts
            if path.is_file() and parts[0] not in _FOREIGN:
                found.update("/".join(parts).encode() + path.read_bytes())
        return found.hexdigest()

    def film(
        self, *options: str, meanwhile: Callable[[psutil.Process], None] = lambda _: None
    ) -> tuple[int, str, bool]:
        """Film the storyboard: the exit code, what was said, and whether anything is left."""
        watch = Watch(self.folder)
        code, said = watch.run(
            [_STORYCAST, "record", str(self.board), *options],
            output=self.folder / "output",
            environment={**os.environ},
            meanwhile=meanwhile,
        )
        return code, said, bool(watch.left())


def _kill_stage(desk: _Desk, process: psutil.Process, _line: Line) -> None:
    home = str(desk.folder / "tmp" / "storycast-stage")
    for each in _family(process):
        if str(_tell(each.cwd)).startswith(home):
            _kill(each)


def _kill_browser(_desk: _Desk, process: psutil.Process, _line: Line) -> None:
    for each in _family(process):
        words = _tell(each.cmdline)
        if any(word.startswith("--remote-debugging-port") for word in words) and not any(
            word.startswith("--type=") for word in words
        ):
            _kill(each)


def _fill_disk(desk: _Desk, process: psutil.Process, _line: Line) -> None:
    family = [process, *_family(process)]
    for each in family:  # which would else have done its work before the disk is full
        _tell(each.suspend)
    with (desk.folder / "filler").open("wb", buffering=0) as filler, contextlib.suppress(OSError):
        while filler.write(bytes(1 << 20)):
            continue
    for each in family:
        _tell(each.resume)


def _cut_network(_desk: _Desk, _process: psutil.Process, line: Line) -> None:
    line.cut()


_FAULTS = {
    "stage killed": _kill_stage,
    "browser killed": _kill_browser,
    "disk full": _fill_disk,
    "network cut": _cut_network,
}


def main() -> int:
    """Break takes of the storyboard that the command line names, and print a table."""
    parser = argparse.ArgumentParser(prog="scripts/break", description=__doc__)
    parser.add_argument("board", type=Path, metavar="STORYBOARD")
    parser.add_argument("--moments", type=int, default=5, metavar="N", help="5 unless given")
    parser.add_argument("--only", choices=_FAULTS, help="one fault alone")
    options = parser.parse_args()
    table = Table(box=None, pad_edge=False)
    for head in ("fault", "after step", "told", "published kept", "left", "next run"):
        table.add_column(head, overflow="fold")
    good = True
    with _open_disk() as folder:
        desk = _Desk(options.board.resolve(), folder)
        code, said, _ = desk.film()
        if code:
            sys.stderr.write(said)
            return code
        steps = len(read_take(desk.published / "take").steps)
        parts = range(1, options.moments + 1)
        moments = [round(steps * part / (options.moments + 1)) or 1 for part in parts]
        for name in [options.only] if options.only else _FAULTS:
            for moment in moments:
                row, is_good = _break(desk, name, moment)
                sys.stderr.write(f"{name} after step {moment}: {'; '.join(row)}\n")
                table.add_row(name, f"{moment} of {steps}", *row)
                good = good and is_good
    Console(highlight=False, width=150).print(table)
    return 0 if good else 1


@contextlib.contextmanager
def _open_disk() -> Iterator[Path]:
    """A small disk of its own."""
    with TemporaryDirectory(prefix="break-") as folder:
        subprocess.run(["/bin/mount", "-t", "tmpfs", "-o", _DISK, "tmpfs", folder], check=True)
        try:
            yield Path(folder)
        finally:
            subprocess.run(["/bin/umount", "--lazy", folder], check=True)


def _break(desk: _Desk, name: str, moment: int) -> tuple[Sequence[str], bool]:
    """Break one take, and film once more: what to print of it, and whether all was as it should."""
    before = desk.digest()
    with open_line(desk.board) if name == "network cut" else open_line(None) as line:

        def meanwhile(process: psutil.Process) -> None:
            while process.is_running() and desk.steps_done < moment:
                time.sleep(0.05)
            if process.is_running():
                _FAULTS[name](desk, process, line)

        options = ["-p", f"base_url={line.address}"] if line.address else []
        code, said, left = desk.film(*options, meanwhile=meanwhile)
    (desk.folder / "filler").unlink(missing_ok=True)
    told = _message(said)
    if code == 0:
        told = "nothing: the take came to its end without what was lost"
    is_clear = code == 1 and told != "nothing" and "itself has failed" not in told
    kept = desk.digest() == before
    again, said, _ = desk.film()
    if again:
        sys.stderr.write(said)
    row = (
        told,
        "yes" if kept else "no",
        "yes" if left else "no",
        "succeeded" if not again else "failed",
    )
    return row, is_clear and kept and not left and not again


def _message(said: str) -> str:
    """The error and its hint; "nothing" where there was none."""
    heads = ("error: ", "hint: ")
    return " ".join(line for line in said.splitlines() if line.startswith(heads)) or "nothing"


def _family(process: psutil.Process) -> Sequence[psutil.Process]:
    try:
        return process.children(recursive=True)
    except psutil.Error:
        return ()


def _kill(process: psutil.Process) -> None:
    with contextlib.suppress(psutil.Error):
        process.kill()


def _tell(ask: Callable[[], Fact]) -> Fact | str:
    """What a process tells of itself; "" where it has ended."""
    try:
        return ask()
    except psutil.Error:
        return ""


if __name__ == "__main__":
    sys.exit(main())

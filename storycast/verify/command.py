"""The command that verifies films, without its place in the command line."""

from __future__ import annotations

import sys
from pathlib import Path

from rich.console import Console

from storycast.verify.film import check_film
from storycast.verify.report import Report
from storycast.verify.table import render_report

__all__ = ["verify"]

_FILM = "film.mp4"


def verify(film: Path, *, as_json: bool = False) -> int:
    """Measure ``film``, print what was found, and return 0, or 1 where there is a fault.

    ``film`` may also be the folder that it was published in. Raises ``VerifyError`` where it
    cannot be measured.
    """
    report = check_film(film / _FILM if film.is_dir() else film)
    if as_json:
        sys.stdout.write(report.model_dump_json() + "\n")
    else:
        _print(report)
    return 0 if report.ok else 1


def _print(report: Report) -> None:
    console = Console(highlight=False, emoji=False)
    console.print(render_report(report))
    faults = len(report.faults)
    told = f"{faults} of {len(report.checks)} checks failed" if faults else "nothing is wrong"
    console.print(f"{report.film}: {told}", markup=False)

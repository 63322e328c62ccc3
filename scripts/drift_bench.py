"""Counts how often drift is told rightly, over changes made on purpose in real pages."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from drift_locators import count_healed
from drift_releases import RELEASES, run_releases
from drift_unchanged import count_unchanged
from rich.console import Console
from rich.table import Table

from storycast.drift.comparison.element import read_elements
from tests.storycast.drift.lab import Outcome, open_lab
from tests.storycast.drift.stages import STAGES, Bench

_BOARDS = Path(__file__).resolve().parents[1] / "storyboards"
_HEADS = (
    "page", "elements", "changes", "found", "kind", "sentence", "weight", "quiet", "false", "CPU ms"
)  # fmt: skip


def main() -> int:
    """Run the changes of the pages that the command line names, and print what came of it."""
    parser = argparse.ArgumentParser(prog="scripts/drift-bench", description=__doc__)
    parser.add_argument("pages", nargs="*", metavar="PAGE", help=", ".join(STAGES))
    parser.add_argument("--show", action="store_true", help="print what was told wrongly")
    parser.add_argument("--all", action="store_true", help="print all that was told")
    parser.add_argument("--locators", action="store_true", help="break locators, and heal them")
    parser.add_argument(
        "--unchanged", type=int, metavar="N", help="film each storyboard N times, unchanged"
    )
    parser.add_argument(
        "--releases",
        nargs="*",
        metavar="NAME",
        help=f"compare real releases instead: {', '.join(RELEASES)}",
    )
    parser.add_argument("--output", type=Path, metavar="FOLDER", help="keeps their reports there")
    options = parser.parse_args()
    console = Console(highlight=False, width=100)
    if options.locators:
        console.print(count_healed(show=options.show))
    if options.unchanged:
        console.print(count_unchanged(sorted(_BOARDS.glob("*.ipynb")), options.unchanged))
    if options.releases is not None:
        run_releases(options.releases, options.output, show=options.show)
    if options.locators or options.unchanged or options.releases is not None:
        return 0
    table = Table(box=None, pad_edge=False)
    for head in _HEADS:
        table.add_column(head, justify="left" if head == "page" else "right")
    for name in options.pages or STAGES:
        elements = 0
        measured: list[tuple[Outcome, float]] = []
        for count, found in _run(name):
            elements = max(elements, count)
            measured += found
        outcomes = [outcome for outcome, _ in measured]
        took_ms = 1000 * sum(took_s for _, took_s in measured) / len(measured)
        table.add_row(name, str(elements), *_counts(outcomes), f"{took_ms:.0f}")
        for each in outcomes:
            if options.all or (options.show and not _is_right(each)):
                told = "\n  ".join(each.sentences) or "nothing"
                sys.stdout.write(f"{name}: {each.mutation.name}:\n  {told}\n")
    console.print(table)
    return 0


def _run(name: str) -> Iterator[tuple[int, list[tuple[Outcome, float]]]]:
    """For each page of an application: its elements, and what was told, in which CPU time."""
    with STAGES[name].start() as opening:
        for page in STAGES[name].pages:
            with open_lab(page) as lab:
                bench = Bench(lab, opening)
                found = []
                for mutation in (*page.told, *page.quiet):
                    before, after = bench.after(mutation)
                    began = time.process_time()
                    outcome = lab.compare(mutation, before, after)
                    found.append((outcome, time.process_time() - began))
                shown = lab.snapshot(bench.before.take.moments[0])
                yield len(read_elements(shown)), found


def _counts(outcomes: list[Outcome]) -> tuple[str, ...]:
    made = [each for each in outcomes if each.mutation.kind]
    unmade = [each for each in outcomes if not each.mutation.kind]
    found = [each for each in made if each.told]
    weighed = [each for each in found if each.mutation.weight]
    return (
        str(len(made)),
        _share(len(found), len(made)),
        _share(sum(each.has_right_kind for each in found), len(found)),
        _share(sum(each.has_right_sentence for each in found), len(found)),
        _share(sum(each.has_right_weight for each in weighed), len(weighed)),
        str(len(unmade)),
        str(sum(bool(each.told) for each in unmade)),
    )


def _is_right(outcome: Outcome) -> bool:
    return outcome.has_right_kind and outcome.has_right_sentence and outcome.has_right_weight


def _share(count: int, of: int) -> str:
    return f"{100 * count / of:.0f}%" if of else "-"


if __name__ == "__main__":
    sys.exit(main())

"""Breaks locators in real pages, and counts how often what they found is found again."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from rich.table import Table

from tests.storycast.drift.healing.lab import Healed, open_healing_lab
from tests.storycast.drift.healing.locators import (
    APP,
    DJANGO,
    JUPYTERLAB,
    PLAIN,
    PageTarget,
    break_locators,
    remove_targets,
)
from tests.storycast.drift.mutations.django_form import DJANGO_FORM
from tests.storycast.drift.stages import STAGES, Opener

__all__ = ["count_healed"]

_PAGES = Path(__file__).resolve().parents[1] / "tests" / "storycast" / "drift" / "pages"
_TARGETS = {"plain": PLAIN, "app": APP, "django": DJANGO, "jupyterlab": JUPYTERLAB}


def count_healed(*, show: bool = False) -> Table:
    """Break every locator in every way that fits it; with ``show``, print what went wrong."""
    table = Table(box=None, pad_edge=False)
    for head in ("page", "broken", "found again", "wrong", "removed", "found all the same"):
        table.add_column(head, justify="left" if head == "page" else "right")
    for name, targets in _TARGETS.items():
        found = list(_run(name, targets))
        gone = [each for each in found if each.case.is_gone]
        broken = [each for each in found if not each.case.is_gone and each.is_broken]
        table.add_row(
            name,
            str(len(broken)),
            str(sum(each.is_right for each in broken)),
            str(sum(each.is_wrong for each in broken)),
            str(len(gone)),
            str(sum(each.found is not None for each in gone)),
        )
        for each in found if show else ():
            if not each.is_right:
                sys.stdout.write(f"{name}: {each.case.name}\n")
    return table


def _run(name: str, targets: tuple[PageTarget, ...]) -> Iterator[Healed]:
    with _start(name) as opening, open_healing_lab(DJANGO_FORM) as lab:
        opening(lab)
        cases = [*break_locators(targets, lab.ask), *remove_targets(targets)]
        for case in cases:
            opening(lab)
            yield lab.heal(case)


def _start(name: str) -> AbstractContextManager[Opener]:
    if name in STAGES and name != "plain":
        return STAGES[name].start()
    return nullcontext(lambda lab: lab.browser.get((_PAGES / f"{name}.html").as_uri()))

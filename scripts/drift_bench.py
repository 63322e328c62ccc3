"""Counts how often drift is told rightly, over changes made on purpose in real pages."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from rich.console import Console
from rich.table import Table
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from recorder.stage import open_stage
from recorder.storyboard import read_storyboard
from tests.storycast.drift.lab import Lab, Outcome, open_lab
from tests.storycast.drift.mutations import (
    JUPYTERLAB,
    JUPYTERLAB_QUIET,
    LARGE,
    LARGE_QUIET,
    PLAIN,
    PLAIN_QUIET,
    Mutation,
)

_ROOT = Path(__file__).resolve().parents[1]
_PLAIN = _ROOT / "tests" / "storycast" / "drift" / "pages" / "plain.html"
_BOARD = _ROOT / "storyboards" / "jupyterlab-first-notebook.ipynb"
_LOADED = (".jp-LauncherCard", ".jp-DirListing-headerItemText")
_REST_S = 1.5
_LOAD_S = 60

Opener = Callable[[Lab], None]


def main() -> int:
    """Run the changes of the pages that the command line names, and print what came of it."""
    parser = argparse.ArgumentParser(prog="scripts/drift-bench", description=__doc__)
    parser.add_argument("pages", nargs="*", metavar="PAGE", help=", ".join(_PAGES))
    parser.add_argument("--show", action="store_true", help="print what was told wrongly")
    options = parser.parse_args()
    table = Table(box=None, pad_edge=False)
    for head in (
        "page", "elements", "changes", "found", "kind", "sentence", "quiet", "false", "CPU ms",
    ):  # fmt: skip
        table.add_column(head, justify="left" if head == "page" else "right")
    for name in options.pages or _PAGES:
        told, quiet, stage = _PAGES[name]
        with stage() as opening, open_lab(_SCALES.get(name, 1)) as lab:
            opening(lab)
            before = lab.look()
            outcomes: list[Outcome] = []
            took_s = 0.0
            for mutation in (*told, *quiet):
                opening(lab)
                lab.change(mutation)
                after = lab.look()
                began = time.process_time()
                outcomes.append(Outcome(mutation, lab.compare(before, after)))
                took_s += time.process_time() - began
        made = [each for each in outcomes if each.mutation.kind]
        unmade = [each for each in outcomes if not each.mutation.kind]
        found = [each for each in made if each.found]
        table.add_row(
            name,
            str(len(before[0])),
            str(len(made)),
            _share(len(found), len(made)),
            _share(sum(each.has_right_kind for each in found), len(found)),
            _share(sum(each.has_right_sentence for each in found), len(found)),
            str(len(unmade)),
            str(sum(bool(each.found) for each in unmade)),
            f"{1000 * took_s / len(outcomes):.0f}",
        )
        if options.show:
            for each in outcomes:
                if not (each.has_right_kind and each.has_right_sentence):
                    sys.stdout.write(f"{name}: {each.mutation.name}: {each.sentences}\n")
    Console(highlight=False).print(table)
    return 0


def _share(count: int, of: int) -> str:
    return f"{100 * count / of:.0f}%" if of else "-"


@contextmanager
def _plain() -> Iterator[Opener]:
    yield lambda lab: lab.browser.get(_PLAIN.as_uri())


@contextmanager
def _large() -> Iterator[Opener]:
    rows = "".join(
        f"<tr><td>Course {number}<td>Teacher {number % 17}<td>{number * 7 % 100}"
        f"<td><button>Edit {number}</button></tr>"
        for number in range(300)
    )
    page = f"<!doctype html><title>Courses</title><table><tbody>{rows}</tbody></table>"
    with tempfile.TemporaryDirectory() as desk:
        path = Path(desk) / "large.html"
        path.write_text(page, encoding="utf-8")
        yield lambda lab: lab.browser.get(path.as_uri())


@contextmanager
def _jupyterlab() -> Iterator[Opener]:
    board = read_storyboard(_BOARD)
    stage = board.front.stage
    assert stage is not None  # noqa: S101 - it is ours
    with (
        tempfile.TemporaryDirectory() as desk,
        open_stage(stage, beside=_BOARD.parent, log=Path(desk) / "stage.log") as opened,
    ):

        def load(lab: Lab) -> None:
            lab.browser.get(f"{opened.base_url}/lab?reset")
            WebDriverWait(lab.browser, _LOAD_S).until(
                lambda driver: all(driver.find_elements(By.CSS_SELECTOR, css) for css in _LOADED)
            )
            time.sleep(_REST_S)

        yield load


_PAGES: dict[
    str,
    tuple[tuple[Mutation, ...], tuple[Mutation, ...], Callable[[], AbstractContextManager[Opener]]],
] = {
    "plain": (PLAIN, PLAIN_QUIET, _plain),
    "large": (LARGE, LARGE_QUIET, _large),
    "jupyterlab": (JUPYTERLAB, JUPYTERLAB_QUIET, _jupyterlab),
}

_SCALES = {"large": 2}
"""Device pixels to each of the page's; elsewhere one."""

if __name__ == "__main__":
    sys.exit(main())

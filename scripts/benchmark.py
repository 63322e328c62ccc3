"""Measures what a film costs: cold, with one sentence changed, and with nothing changed."""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any

from rich.console import Console
from rich.table import Table

_HERE = Path(__file__).resolve().parent
JOB = _HERE / "bench-job"
_OWN = _HERE.parent
_ROUNDS = {"six": 1, "sixty": 10}
"""How often the six steps are done in each job."""

_ORDINALS = (
    "",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "last",
)
_IMPORTS = """\
from selenium.webdriver.common.by import By

from recorder import highlight, open_browser"""
_CHANGED = 2  # the sentence that is changed: the third of the first round


@dataclass(frozen=True)
class Run:
    """What one command took. ``stages`` are seconds by stage, ``bytes`` those of the film."""

    project: str
    job: str
    mode: str
    round: int
    wall_s: float
    cpu_s: float
    peak_pss: int
    peak_rss: int
    film_s: float
    bytes: int
    stages: dict[str, float]
    pixels: str = ""


def main() -> int:
    """Measure as the command line asks, and print what came of it."""
    options = _options()
    projects = {"own": _OWN} | ({"other": options.against} if options.against else {})
    jobs = list(_ROUNDS) if options.job == "all" else [options.job]
    log = Console(stderr=True, highlight=False)
    runs: list[Run] = []
    for job in jobs:
        for number in range(1, options.rounds + 1):
            for name, checkout in projects.items():  # in turns, so that both meet the same weather
                log.print(f"{job}, round {number}, {name} …")
                runs += _measure(name, checkout, job, number)
    if options.json:
        sys.stdout.write(json.dumps({"runs": [asdict(run) for run in runs]}) + "\n")
    else:
        _print(runs)
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=2, help="how often each is measured (2)")
    parser.add_argument("--job", choices=[*_ROUNDS, "all"], default="all")
    parser.add_argument("--against", type=Path, help="another checkout with a .venv of its own")
    parser.add_argument("--json", action="store_true", help="every run, as JSON")
    options = parser.parse_args()
    if options.against:
        options.against = options.against.resolve()
        if not _program(options.against).exists():
            parser.error(f"{_program(options.against)} is missing: run scripts/setup there")
    return options


def _program(checkout: Path) -> Path:
    return checkout / ".venv" / "bin" / "storycast"


def _measure(project: str, checkout: Path, job: str, number: int) -> Iterator[Run]:
    """Yield a cold run, one with a sentence changed, and one with nothing changed."""
    with tempfile.TemporaryDirectory(prefix="bench-") as desk:
        folder = Path(desk)
        shutil.copytree(JOB / "site", folder / "site")
        board = folder / f"{job}.ipynb"
        modes: dict[str, tuple[str, tuple[str, ...]]] = {
            "cold": ("", ()),
            "sentence": ("Now click the add task button to keep it.", ("--no-record",)),
            "nothing": ("Now click the add task button to keep it.", ("--no-record",)),
        }
        for mode, (sentence, options) in modes.items():
            board.write_text(json.dumps(make_board(_ROUNDS[job], sentence)), encoding="utf-8")
            facts, told = _make(checkout, board, options)
            film = Path(told["film"])
            yield Run(
                project=project,
                job=job,
                mode=mode,
                round=number,
                wall_s=facts["wall_s"],
                cpu_s=facts["cpu_s"],
                peak_pss=facts["peak_pss"],
                peak_rss=facts["peak_rss"],
                film_s=told["film_s"],
                bytes=film.stat().st_size,
                stages=told["seconds"],
                pixels=_digest_pixels(film) if mode == "cold" else "",
            )


def _make(
    checkout: Path, board: Path, options: Sequence[str]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Make ``board`` with what stands in ``checkout``; return what it took, and what it tells."""
    result = board.with_name("meter.json")
    output = ("--output", str(board.with_name("output")), "--json", *options)
    command = (str(_program(checkout)), "make", str(board), *output)
    done = subprocess.run(
        (sys.executable, str(_HERE / "meter.py"), str(result), "--", *command),
        env=os.environ | {"STORYCAST_CACHE": str(board.with_name("cache"))},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(f"error: {' '.join(command)} failed:\n{done.stderr}{done.stdout}")
    return json.loads(result.read_text()), json.loads(done.stdout.splitlines()[-1])


def _digest_pixels(film: Path) -> str:
    """Return a name for every pixel of every frame, and its time."""
    command = ("ffmpeg", "-v", "error", "-i", str(film), "-map", "0:v", "-f", "framemd5", "-")
    frames = subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout
    return hashlib.sha256(frames).hexdigest()[:16]


def make_board(rounds: int, changed: str) -> dict[str, Any]:
    """Return the storyboard: the six steps, ``rounds`` times, in other words each time.

    ``changed`` takes one sentence's place where it is not "".
    """
    written = (JOB / "narration.txt").read_text(encoding="utf-8").splitlines()
    cells = [
        _markdown("# Acme Tasks"),
        _code('base_url = ""', "parameters"),
        _code(_IMPORTS),
    ]
    for number in range(rounds):
        sentences = [_reword(sentence, _ORDINALS[number]) for sentence in written]
        if changed and number == 0:
            sentences[_CHANGED] = changed
        codes = _codes(number)
        sentences[0] = f"## Task {number + 1}\n\n{sentences[0]}"
        for sentence, code in zip(sentences, codes, strict=True):
            cells += [_markdown(sentence), _code(code)]
    return _notebook(cells)


def _reword(sentence: str, ordinal: str) -> str:
    """Say a sentence for another task, in words of its own."""
    return f"{sentence[:-1]} for the {ordinal} task." if ordinal else sentence


def _codes(number: int) -> tuple[str, ...]:
    opening = "browser = open_browser(base_url)" if number == 0 else "browser.get(base_url)"
    return (
        opening,
        f'browser.find_element(By.ID, "task").send_keys("Water plant {number + 1}")',
        'browser.find_element(By.ID, "add").click()',
        'browser.find_element(By.ID, "menu-btn").click()',
        'browser.execute_script("window.scrollTo(0, document.body.scrollHeight)")',
        'highlight(browser.find_element(By.ID, "result"))',
    )


def _markdown(source: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "metadata": {}, "source": source}


def _code(source: str, *tags: str) -> dict[str, Any]:
    return {
        "cell_type": "code",
        "metadata": {"tags": list(tags)},
        "source": source,
        "outputs": [],
        "execution_count": None,
    }


def _notebook(cells: Sequence[dict[str, Any]]) -> dict[str, Any]:
    server = ["python3", "-m", "http.server", "{port}", "--bind", "127.0.0.1"]
    return {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {
            "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
            "storycast": {"language": "en", "stage": {"command": server, "folder": "site"}},
        },
        "cells": [{**cell, "id": f"cell-{place}"} for place, cell in enumerate(cells)],
    }


def _print(runs: Sequence[Run]) -> None:
    console = Console(highlight=False)
    console.print(_costs(runs), "", _stages(runs), "")
    for (job, project, mode), group in _groups(runs).items():
        if mode == "cold" and len(group) > 1:
            same = len({run.pixels for run in group}) == 1
            told = "the same to the pixel" if same else "NOT the same to the pixel"
            console.print(f"{job}, {project}: {len(group)} cold films are {told}")
    if any(run.project == "other" for run in runs):
        console.print("", _comparison(runs))


_NAMES = ("job", "project", "mode")


def _costs(runs: Sequence[Run]) -> Table:
    """Return what a second of film costs; the median of all rounds."""
    table = Table(box=None, pad_edge=False, title="for each second of film")
    for head in (*_NAMES, "film s", "wall s", "CPU s", "kB", "peak PSS MB", "peak RSS MB"):
        table.add_column(head, justify="left" if head in _NAMES else "right")
    for names, group in _groups(runs).items():
        film_s = _middle(group, "film_s")
        table.add_row(
            *names,
            f"{film_s:.1f}",
            f"{_middle(group, 'wall_s') / film_s:.3f}",
            f"{_middle(group, 'cpu_s') / film_s:.3f}",
            f"{_middle(group, 'bytes') / film_s / 1e3:.1f}",
            f"{_middle(group, 'peak_pss') / 1e6:.0f}",
            f"{_middle(group, 'peak_rss') / 1e6:.0f}",
        )
    return table


def _stages(runs: Sequence[Run]) -> Table:
    """Return where the seconds went; the median of all rounds."""
    stages = list(dict.fromkeys(stage for run in runs for stage in run.stages))
    table = Table(box=None, pad_edge=False, title="seconds")
    for head in (*_NAMES, "wall", "CPU", *stages):
        table.add_column(head, justify="left" if head in _NAMES else "right")
    for names, group in _groups(runs).items():
        took = (median(run.stages.get(stage, 0.0) for run in group) for stage in stages)
        whole = (_middle(group, "wall_s"), _middle(group, "cpu_s"))
        table.add_row(*names, *(f"{seconds:.2f}" for seconds in (*whole, *took)))
    return table


def _groups(runs: Sequence[Run]) -> dict[tuple[str, str, str], list[Run]]:
    groups: dict[tuple[str, str, str], list[Run]] = {}
    for run in runs:
        groups.setdefault((run.job, run.project, run.mode), []).append(run)
    return groups


def _middle(runs: Sequence[Run], name: str) -> float:
    return float(median(getattr(run, name) for run in runs))


def _comparison(runs: Sequence[Run]) -> Table:
    """Return what this project takes in parts of what the other does, round by round."""
    table = Table(box=None, pad_edge=False, title="own / other: median (least to most)")
    for head in ("job", "mode", "wall", "cpu"):
        table.add_column(head)
    groups = _groups(runs)
    for (job, project, mode), own in groups.items():
        if project == "own":
            other = groups[job, "other", mode]
            table.add_row(job, mode, *(_ratio(own, other, name) for name in ("wall_s", "cpu_s")))
    return table


def _ratio(own: Sequence[Run], other: Sequence[Run], name: str) -> str:
    ratios = [getattr(one, name) / getattr(two, name) for one, two in zip(own, other, strict=True)]
    return f"{median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})"


if __name__ == "__main__":
    sys.exit(main())

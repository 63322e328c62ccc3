"""Publishes a guide of twelve steps in all forms, and tells how long and how much work that is."""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from benchmark import JOB, make_board

from narration import as_webvtt
from recorder import read_storyboard
from storycast.desk import Desk
from storycast.edition import Choices
from storycast.guide import publish_guide
from storycast.guide.forms import ALL, choose_forms
from storycast.job import Job

_ROUNDS = 2  # of six steps


class _Silence:
    """A monitor that tells nobody."""

    @contextmanager
    def task(self, _board: str, _doing: str) -> Iterator[Callable[[int, int], None]]:
        yield lambda _done, _all: None


def main() -> int:
    """Film once; publish all forms twice with nothing kept, then each by itself."""
    argparse.ArgumentParser(prog="scripts/bench-forms", description=__doc__).parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-forms-") as name:
        folder = Path(name)
        board = _film(folder)
        choices = Choices(folder / "output", folder / "cache")
        with Desk(board.stem, output=choices.output, cache=choices.cache) as desk:
            job = Job(read_storyboard(board), desk, choices, _Silence())
            names = choose_forms([ALL])
            whole = [_publish(job, names, folder / f"guide-{number}") for number in (1, 2)]
            same = _contents(folder / "guide-1") == _contents(folder / "guide-2")
            alone = {form: _publish(job, [form], folder / f"alone-{form}") for form in names}
    told = {"unit": "seconds", "all": whole, "same_bytes": same, "each": alone}
    sys.stdout.write(json.dumps(told, indent=1) + "\n")
    return 0 if same else 1


def _film(folder: Path) -> Path:
    shutil.copytree(JOB / "site", folder / "site")
    board = folder / "twelve.ipynb"
    board.write_text(json.dumps(make_board(_ROUNDS, "")), encoding="utf-8")
    program = Path(sys.executable).with_name("storycast")
    words = [program, "make", board, "--voice", "none", "--output", folder / "output"]
    subprocess.run(list(map(str, words)), check=True, stdout=subprocess.DEVNULL)
    return board


def _publish(job: Job, forms: Sequence[str], folder: Path) -> dict[str, float]:
    """Publish ``forms`` to ``folder``, with a cache of its own; return the seconds it took."""
    began, worked = time.perf_counter(), _cpu_s()
    publish_guide(
        job.take,
        job.timeline,
        job.track,
        take_folder=job.take_folder,
        folder=folder,
        cache=folder.with_name(f"{folder.name}-cache"),
        captions_vtt=as_webvtt(job.captions, language=job.track.language),
        chapters_vtt=job.chapters_vtt,
        poster=job.desk.find("poster.png"),
        look=job.look,
        forms=forms,
        board=job.board,
        filmed_on=job.filmed_on,
    )
    took = time.perf_counter() - began
    return {"wall": round(took, 2), "processor": round(_cpu_s() - worked, 2)}


def _cpu_s() -> float:
    """Seconds of work of this process, and of those it started that have ended."""
    used = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in used)


def _contents(folder: Path) -> dict[str, bytes]:
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


if __name__ == "__main__":
    sys.exit(main())

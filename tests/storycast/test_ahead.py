from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, nullcontext
from pathlib import Path

import pytest

from recorder import read_storyboard
from recorder.take import Step, read_take
from recorder.take_writer import JOURNAL, TakeWriter
from storycast.ahead import Ahead
from storycast.desk import Desk
from storycast.edition import Choices
from storycast.film.form import Format
from storycast.film.reel import cut_up
from storycast.film.segment import segment_name
from storycast.job import Job
from storycast.timeline import read_timeline
from tests.storycast.studio import Studio

_PATIENCE_S = 120  # more than a machine needs that has much else to do


class _Silence:
    def task(self, _board: str, _doing: str) -> AbstractContextManager[Callable[[int, int], None]]:
        return nullcontext(lambda _done, _all: None)


@pytest.fixture
def job(studio: Studio) -> Iterator[Job]:
    """A job whose storyboard is being filmed, with an empty cache."""
    shutil.rmtree(studio.cache)
    board = read_storyboard(studio.board)
    choices = Choices(studio.output, studio.cache)
    with (
        Desk(board.name, output=studio.output, cache=studio.cache) as desk,
        closing(Job(board, desk, choices, _Silence())) as job,
    ):
        TakeWriter(desk.work / "take")
        yield job


def _steps(studio: Studio) -> tuple[Step, ...]:
    return read_take(studio.published / "take").steps


def _film(job: Job, studio: Studio, *steps: Step) -> None:
    """Leave what a recorder leaves that has filmed ``steps`` so far."""
    folder = job.desk.work / "take"
    shutil.copytree(studio.published / "take" / "shots", folder / "shots", dirs_exist_ok=True)
    for step in steps:
        TakeWriter(folder).append(step)


def _segments(studio: Studio) -> set[str]:
    return {path.stem for path in (studio.cache / "clips").glob("[!.]*.h264")}


def _planned(studio: Studio, *steps: Step) -> set[str]:
    """The segments of ``steps`` in the film that is published."""
    timeline = read_timeline(studio.published / "timeline.json")
    form = Format(timeline.viewport)
    numbers = {step.number for step in steps}
    clips = [clip for clip in timeline.clips if clip.step in numbers]
    pieces = [piece for clip in clips for piece in cut_up(clip, form)]
    return {segment_name(piece.shown, form) for piece in pieces}


def _wait(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + _PATIENCE_S
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_segments_are_made_while_it_is_filmed(job: Job, studio: Studio) -> None:
    *early, last = _steps(studio)
    planned = _planned(studio, *early)
    with Ahead(job):
        _film(job, studio, early[0])
        _film(job, studio, *early[1:], last)
        _wait(lambda: _segments(studio) >= planned)
    made = _segments(studio)
    job.desk.__exit__(None, None, None)
    (studio.published / "film.mp4").unlink()
    studio.again()
    assert made == planned
    assert _segments(studio) == planned | _planned(studio, last)


def test_words_are_spoken_before_anything_is_filmed(job: Job, studio: Studio) -> None:
    cues = {path.name for path in (studio.published / "track" / "cues").iterdir()}

    def spoken() -> set[str]:
        return {path.name for path in (studio.cache / "speech").rglob("[!.]*.wav")}

    with Ahead(job):
        _wait(lambda: spoken() >= cues)
    assert not _segments(studio)


def test_half_a_line_is_not_read(job: Job, studio: Studio) -> None:
    first, second, *_ = _steps(studio)
    with Ahead(job):
        _film(job, studio, first)
        path = job.desk.work / "take" / JOURNAL
        line = second.model_dump_json()
        with path.open("a") as journal:
            journal.write(line[: len(line) // 2])
        time.sleep(0.5)
        assert not _segments(studio)
        with path.open("a") as journal:
            journal.write(line[len(line) // 2 :] + "\n")
        _wait(lambda: bool(_segments(studio)))


def test_what_is_missing_is_left_to_the_stage_that_tells_it(job: Job, studio: Studio) -> None:
    first, second, *_ = _steps(studio)
    with Ahead(job) as ahead:
        _film(job, studio, first, second)
        for shot in (job.desk.work / "take" / "shots").iterdir():
            shot.unlink()
        ahead._thread.join(_PATIENCE_S)
        assert not ahead._thread.is_alive()


def test_it_ends_at_once_when_filming_fails(
    job: Job, studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[Path] = []

    def slow(draft: Path, **_options: object) -> tuple[str, ...]:
        begun.append(draft)
        reads = "while [ $(dd bs=65536 count=1 2>/dev/null | wc -c) -gt 0 ]; do sleep 0.02; done"
        return ("sh", "-c", reads)

    monkeypatch.setattr("storycast.film.ffmpeg.segment_command", slow)
    with pytest.raises(ZeroDivisionError), Ahead(job) as ahead:
        _film(job, studio, *_steps(studio))
        _wait(lambda: bool(begun))
        raise ZeroDivisionError
    assert not ahead._thread.is_alive()
    assert len(begun) == 1
    assert not _segments(studio)

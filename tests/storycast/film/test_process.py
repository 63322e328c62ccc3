from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from storycast.errors import FilmError
from storycast.film import process
from storycast.film.process import run, run_pipeline, start_ahead, stop_ahead

_SINE = ("ffmpeg", "-v", "error", "-f", "lavfi", "-i", "sine=duration=60", "-f", "wav", "pipe:1")
_COUNT = ("ffmpeg", "-i", "pipe:0", "-f", "null", "-")


def test_each_of_a_pipeline_says_what_it_did() -> None:
    said = run_pipeline((_SINE, _COUNT))
    assert said[0] == ""
    assert "time=00:01:00" in said[1]


def test_pipeline_names_what_failed_first() -> None:
    full = ("ffmpeg", "-v", "error", "-y", "-i", "pipe:0", "-f", "wav", "/dev/full")
    with pytest.raises(FilmError, match="disk is full"):
        run_pipeline((_SINE, full, _COUNT))


def test_pipeline_without_ffmpeg_says_how_to_install_it() -> None:
    with pytest.raises(FilmError, match="not installed"):
        run_pipeline((_SINE, ("/nowhere/ffmpeg",)))


_LISTEN = ("sh", "-c", "echo $$; cat")


@pytest.fixture(autouse=True)
def _nothing_left() -> Iterator[None]:
    yield
    stop_ahead()


def _ahead() -> list[int]:
    """The processes that were started ahead."""
    return [
        each._process.pid
        for lines in process._waiting.values()
        for line in lines
        for each in line.processes
    ]


def test_what_was_started_ahead_is_what_runs() -> None:
    start_ahead((_LISTEN,))
    (ahead,) = _ahead()
    assert run(_LISTEN, (memoryview(b"heard"),)).split() == [str(ahead), "heard"]
    assert not _ahead()
    assert run(_LISTEN).split() != [str(ahead)]


def test_pipeline_that_was_started_ahead_is_what_runs() -> None:
    pipeline = ("sed", "s/^/twice /"), _LISTEN
    start_ahead(pipeline)
    _, last = _ahead()
    said = run_pipeline(pipeline, (memoryview(b"heard"),))
    assert said == ("", f"{last}\ntwice heard")
    assert not _ahead()


def test_what_was_started_ahead_in_vain_is_ended() -> None:
    start_ahead((_LISTEN,), (("sleep", "60"), _LISTEN))
    ahead = _ahead()
    assert len(ahead) == 3
    stop_ahead()
    assert not _ahead()
    for pid in ahead:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


def test_what_cannot_be_started_ahead_is_told_when_it_should_run() -> None:
    missing = ("/nowhere/ffmpeg",)
    start_ahead((missing,))
    with pytest.raises(FilmError, match="not installed"):
        run(missing)


def test_process_has_started_when_its_first_piece_is_asked_for(tmp_path: Path) -> None:
    started = tmp_path / "started"

    def pieces() -> Iterator[memoryview]:
        deadline_s = time.monotonic() + 20
        while not started.exists() and time.monotonic() < deadline_s:
            time.sleep(0.01)
        yield memoryview(str(started.exists()).encode())

    assert run(("sh", "-c", f"touch '{started}'; cat"), pieces()) == "True"

from __future__ import annotations

import errno
import os

import pytest

from narration import NarrationError
from recorder.errors import ParameterError, RecorderError, StoryboardError
from storycast.ending import Ending, Terminated, explain
from storycast.errors import FilmError, StorycastError


@pytest.mark.parametrize("kind", [StorycastError, FilmError, RecorderError, NarrationError])
def test_what_failed_is_told_with_what_to_do(kind: type[StorycastError]) -> None:
    assert explain(kind("It failed.", "Do this.")) == Ending(1, "It failed.", "Do this.")


@pytest.mark.parametrize("kind", [StoryboardError, ParameterError])
def test_what_cannot_be_made_is_wrong_use(kind: type[StoryboardError]) -> None:
    assert explain(kind("It is none.", "Do this.")) == Ending(2, "It is none.", "Do this.")


def test_stopped_command_ends_as_shells_expect() -> None:
    assert explain(KeyboardInterrupt()).code == 130
    assert explain(Terminated()).code == 143


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_full_disk_is_told_with_its_place_and_a_way_out(number: int) -> None:
    ending = explain(OSError(number, os.strerror(number), "film.mp4"))
    assert ending.message == "film.mp4: The disk is full."
    assert "--output" in ending.hint
    assert "STORYCAST_CACHE" in ending.hint


def test_copy_that_fails_is_told_with_where_it_goes() -> None:
    error = OSError(errno.ENOSPC, "No space left on device", "from.wav", None, "to.wav")
    assert explain(error).message.startswith("to.wav: ")


def test_forbidden_folder_has_a_way_out() -> None:
    ending = explain(PermissionError(errno.EACCES, "Permission denied", "film.mp4"))
    assert ending == Ending(
        1, "film.mp4: Permission denied.", "Choose another folder with --output."
    )


def test_way_out_is_that_of_the_cause_where_an_error_has_none() -> None:
    error = FilmError("film.mp4 cannot be written.")
    error.__cause__ = OSError(errno.ENOSPC, "No space left on device")
    assert "--output" in explain(error).hint
    told = FilmError("film.mp4 cannot be written.", "Do this.")
    told.__cause__ = error.__cause__
    assert explain(told).hint == "Do this."


def test_unknown_error_is_one_line_and_asks_for_a_report() -> None:
    ending = explain(ZeroDivisionError("division\nby zero"))
    assert ending.code == 1
    assert ending.message == "Storycast itself has failed: ZeroDivisionError: division."
    assert "--debug" in ending.hint
    assert explain(ValueError()).message == "Storycast itself has failed: ValueError."

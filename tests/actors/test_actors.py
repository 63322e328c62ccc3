"""Two people are filmed, each in a browser of their own, and film and guide say who is who."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import nbformat
import pytest

from narration.track import Track
from recorder import read_storyboard, record
from recorder.take import shot_path
from storycast.guide.comparison import shot_comparison
from storycast.guide.outline import outline_guide
from storycast.look import DEFAULT_LOOK
from storycast.people import find_people
from storycast.script import retell
from storycast.timeline import Timeline
from storycast.wording import ENGLISH

if TYPE_CHECKING:
    from recorder import Take
    from storycast.guide.model import Guide

_BOARD = Path(__file__).parent / "actors.ipynb"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the take is."""
    return tmp_path_factory.mktemp("actors") / "take"


@pytest.fixture(scope="module")
def take(folder: Path) -> Take:
    """The storyboard, filmed once and told as it stands."""
    board = read_storyboard(_BOARD)
    told = retell(record(board, folder=folder), board)
    assert told is not None
    return told


@pytest.fixture(scope="module")
def guide(take: Take, folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Guide:
    """Its guide, without a film."""
    compare = shot_comparison(folder, take.scale, tmp_path_factory.mktemp("cache"))
    timeline = Timeline(title="", language="en", viewport=take.viewport, clips=(), chapters=())
    track = Track(language="en", voice="", sample_rate=22050, cues=())
    people = find_people(take, DEFAULT_LOOK)
    return outline_guide(take, timeline, track, compare=compare, wording=ENGLISH, people=people)


def _done(take: Take) -> list[tuple[str, str, str]]:
    return [(a.actor, a.kind.value, a.text) for step in take.steps for a in step.actions]


def test_each_action_is_that_of_who_did_it(take: Take) -> None:
    assert _done(take) == [
        ("kevin", "type", "Bring your laptop"),
        ("kevin", "click", ""),
        ("lawrence", "type", "With a charger?"),
        ("lawrence", "click", ""),
        ("kevin", "type", "Yes"),
        ("kevin", "click", ""),
        ("lawrence", "type", "Thanks"),
        ("lawrence", "click", ""),
        ("kevin", "click", ""),
    ]
    assert [(each.key, each.name) for each in take.actors] == [
        ("kevin", "Kevin (instructor)"),
        ("lawrence", "Lawrence"),
    ]


def test_what_is_off_camera_is_in_no_picture(take: Take, folder: Path) -> None:
    assert take.steps[0].end is None
    *earlier, last = take.moments
    assert {moment.title for moment in earlier[:-1]} == {"Notes"}
    assert last.title == "Sign in"  # where Kevin signs out, on camera
    shots = {shot_path(folder, moment) for moment in take.moments}
    kept = {path for path in (folder / "shots").iterdir() if path.stem in take.shots}
    assert kept == set((folder / "shots").iterdir()) >= shots
    notebook = nbformat.read(folder / "notebook.ipynb", as_version=4)  # type: ignore[no-untyped-call]
    assert notebook.cells[1].outputs == []
    assert "gesture" not in (folder / "take.json").read_text(encoding="utf-8")


def test_other_screen_is_seen_as_it_changes(take: Take) -> None:
    pinned = take.steps[3].actions[-1]
    assert pinned.beside is not None
    assert not pinned.beside.is_left
    assert pinned.beside.before.actor == pinned.beside.after.actor == "lawrence"
    assert pinned.beside.before.shot != pinned.beside.after.shot
    assert pinned.beside.after.shot == take.steps[4].actions[0].before.shot  # type: ignore[union-attr]
    answered = take.steps[4].actions[-1].beside
    assert answered is not None
    assert answered.is_left
    assert take.steps[5].actions[0].beside is None


def test_guide_says_whose_step_it_is(guide: Guide) -> None:
    steps = [step for scene in guide.scenes for step in scene.steps]
    assert [[person.name for person in step.people] for step in steps] == [
        ["Kevin (instructor)"], ["Lawrence"], ["Kevin (instructor)"], ["Lawrence"],
        ["Kevin (instructor)"],
    ]  # fmt: skip
    for step in steps:
        for figure in step.figures:
            assert figure.person == step.people[0]
            assert step.people[0].name in figure.alt


def test_guide_shows_both_screens_where_one_changes_the_other(guide: Guide) -> None:
    both = [figure for figure in guide.figures if figure.beside is not None]
    assert len(both) == 2
    assert both[0].alt == (
        "The screens of Kevin (instructor) and Lawrence beside each other. "
        "The page “Notes” after this step."
    )
    assert re.match(r"The screens of Kevin \(instructor\) and Lawrence ", both[1].alt)
    assert all(figure.is_result for figure in both)

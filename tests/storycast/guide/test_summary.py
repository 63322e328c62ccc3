from __future__ import annotations

import pytest

from recorder.take import Action, ActionKind
from storycast.guide.summary import summarise_prose, summarise_step
from tests.storycast.guide.board import action, moment, step, target

A = moment("a")


def _summary(prose: str, *names: str) -> str:
    clicks: tuple[Action, ...] = tuple(
        action(ActionKind.CLICK, A, A, target(name)) for name in names
    )
    return summarise_step(step(1, *clicks, prose=prose))


def test_summary_is_the_first_sentence_in_plain_words() -> None:
    assert summarise_prose("Select **Add\ntask**. Then wait.") == "Select Add task"
    assert summarise_prose("- Version 2.5 is new\n") == "Version 2.5 is new"
    assert summarise_prose("") == ""


def test_long_summary_is_cut_between_words() -> None:
    summary = summarise_prose("word " * 30)
    assert len(summary) <= 65
    assert summary.endswith("word…")


def test_summary_has_no_comments() -> None:
    assert summarise_prose("<!-- action -->Go there.") == "Go there"


@pytest.mark.parametrize(
    ("prose", "summary"),
    [
        ("It has no name. Open **File** and wait.", "Open File and wait"),
        ("It is long: open **File**, and wait.", "Open File, and wait"),
        ("Open **File**. Then choose **Rename**.", "Open File"),
        ("Choose **Start** now. Open **File**.", "Choose Start now"),
        ("There it is: **File**. Look.", "There it is"),
        ("It has **no** name. Wait.", "It has no name"),
        ("It has no name.\n\nOpen **File** and wait.", "It has no name"),
        ("名前がない。**File** を開く。", "File を開く"),
    ],
)
def test_summary_is_the_clause_that_names_what_is_acted_on(prose: str, summary: str) -> None:
    names = ("Start",) if "Start" in prose else ("File", "Rename")
    assert _summary(prose, *names) == summary


def test_heading_of_a_step_is_its_summary() -> None:
    named = step(1, action(ActionKind.CLICK, A, A, target("File")), prose="Open **File**.")
    assert summarise_step(named.model_copy(update={"title": "Files"})) == "Files"

from __future__ import annotations

import json
from pathlib import Path

import pytest

from storycast.errors import StorycastError
from storycast.terms import FILE, read_terms
from tests.storycast.studio import Studio, edit


def test_without_a_file_there_are_the_storyboards_own(tmp_path: Path) -> None:
    assert read_terms(tmp_path, "en", {"PyPI": "pie P I"}) == {"PyPI": "pie P I"}


def test_the_storyboard_goes_before_the_language_and_that_before_all(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(
        '[all]\na = "1"\nb = "1"\nc = "1"\n[en]\nb = "2"\nc = "2"\n[fr]\na = "no"\n'
    )
    assert read_terms(tmp_path, "en-GB", {"c": "3"}) == {"a": "1", "b": "2", "c": "3"}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[en", "is no TOML file"),
        ('[en]\nPyPI = ["a"]', r"en\.PyPI is not a word"),
        ('PyPI = "a"', "PyPI is not a word"),
        ('[en]\n"two words" = "a"', "'two words', which is not one word"),
    ],
)
def test_damaged_file_is_told(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / FILE).write_text(text)
    with pytest.raises(StorycastError, match=says):
        read_terms(tmp_path, "en", {})


def test_words_that_stand_for_each_other_are_no_loop(studio: Studio) -> None:
    studio.say("Write one two into the field **Note**.")
    terms = {"one": "two", "two": "one"}
    edit(studio.board, lambda notebook: notebook["metadata"]["storycast"].update(lexicon=terms))
    assert studio.again()["made"] == ["track", "film", "guide"]
    track = json.loads((studio.published / "track" / "track.json").read_text())
    said = {cue["written"]: cue["spoken"] for cue in track["cues"]}
    assert said["Write one two into the field Note."] == "Write two one into the field Note."
    assert "one two" in (studio.published / "captions.en.srt").read_text().replace("\n", " ")


def test_changed_file_is_spoken_again_and_nothing_is_filmed(studio: Studio) -> None:
    assert studio.again()["made"] == []
    (studio.board.parent / FILE).write_text('[en]\nfield = "feeled"\n')
    assert "track" in studio.again()["made"]
    assert studio.again()["made"] == []

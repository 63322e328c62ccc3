from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from recorder import read_storyboard
from storycast.lint import Finding, Linted, lint
from tests.storycast.studio import Studio, edit, run

_LONG = " ".join(["Then you look at the list"] * 5) + " again."


def _cell(kind: str, source: str) -> dict[str, Any]:
    extra: dict[str, Any] = {"outputs": [], "execution_count": None} if kind == "code" else {}
    return {"cell_type": kind, "metadata": {}, "source": source, **extra}


def _lint(folder: Path, *cells: dict[str, Any], language: str = "en") -> Linted:
    path = folder / "board.ipynb"
    metadata = {"storycast": {"language": language}}
    notebook = {"nbformat": 4, "nbformat_minor": 5, "metadata": metadata, "cells": list(cells)}
    path.write_text(json.dumps(notebook), encoding="utf-8")
    return lint(read_storyboard(path), take_folder=folder / "none")


def _told(linted: Linted) -> list[tuple[int, int, str]]:
    return [(finding.cell, finding.line, finding.rule) for finding in linted.findings]


CODE = _cell("code", "browser.get('/')")


def test_plain_prose_is_not_found_fault_with(tmp_path: Path) -> None:
    linted = _lint(tmp_path, _cell("markdown", "# Title\n\nOpen the **File** menu."), CODE)
    assert _told(linted) == []
    assert linted.words == 4
    assert not linted.compared


def test_long_sentence_is_told_with_its_cell_and_line(tmp_path: Path) -> None:
    text = f"# Title\n\nOpen it. Now wait.\n\n- Short.\n- Then, **then**,\n  {_LONG}\n\nEnd."
    (finding,) = _lint(tmp_path, _cell("markdown", text), CODE).findings
    assert (finding.cell, finding.line, finding.rule) == (1, 6, "long-sentence")
    assert finding.message.startswith("The sentence “Then, then, Then you look …” has 33 words")


def test_sentence_that_is_said_twice_is_found_twice(tmp_path: Path) -> None:
    text = f"{_LONG}\n\nShort.\n\n{_LONG}"
    linted = _lint(tmp_path, CODE, _cell("markdown", text), CODE)
    assert _told(linted) == [(2, 1, "long-sentence"), (2, 5, "long-sentence")]


def test_step_of_many_sentences_is_told_where_it_begins(tmp_path: Path) -> None:
    cells = (
        _cell("markdown", "## One\n\nOpen it. Wait. Look. Go on."),
        _cell("markdown", "Press it. Then rest. Stop."),
        CODE,
    )
    (finding,) = _lint(tmp_path, *cells).findings
    assert (finding.cell, finding.line, finding.rule) == (1, 3, "long-step")
    assert "7 sentences" in finding.message


def test_step_that_says_nothing_is_told(tmp_path: Path) -> None:
    cells = (_cell("markdown", "Open it."), CODE, _cell("markdown", "## Next"), CODE)
    assert _told(_lint(tmp_path, *cells)) == [(4, 1, "silent-step")]


@pytest.mark.parametrize(
    ("comment", "is_wrong"),
    [
        ("pause 1.5", False), ("pause 2 s", False), ("action", False), ("action 2", False),
        ("a note", False), ("pause", True), ("pause long", True), ("action two", True),
    ],
)  # fmt: skip
def test_comment_that_is_not_understood_is_told(
    tmp_path: Path, comment: str, is_wrong: bool
) -> None:
    linted = _lint(tmp_path, _cell("markdown", f"Open it.\n<!-- {comment} -->"), CODE)
    assert _told(linted) == ([(1, 2, "comment")] if is_wrong else [])


def test_words_are_counted_as_a_language_writes_them(tmp_path: Path) -> None:
    text = "この画面で新しいノートブックを作成して、名前を付けて保存します。"
    assert _told(_lint(tmp_path, _cell("markdown", text), CODE, language="ja")) == []


def test_film_length_grows_with_the_prose(tmp_path: Path) -> None:
    short = _lint(tmp_path, _cell("markdown", "Open it."), CODE).film_s
    long = _lint(tmp_path, _cell("markdown", "Open it. " * 6), CODE).film_s
    assert 2 < short < 8
    assert long > short + 3


def test_length_of_what_was_filmed_is_nearly_that_of_its_film(studio: Studio) -> None:
    linted = lint(read_storyboard(studio.board), take_folder=studio.published / "take")
    timeline = json.loads((studio.published / "timeline.json").read_text())
    film_s = sum(clip["duration_ms"] for clip in timeline["clips"]) / 1000
    assert linted.compared
    assert linted.film_s == pytest.approx(film_s, rel=0.15)


def test_name_that_is_nowhere_on_the_page_is_told(studio: Studio) -> None:
    studio.say("Write what you like into the field **Note**. Then press **Launch rocket**.")
    result = studio.run("lint")
    assert result.exit_code == 1
    assert "cell 5, line 1: Nothing on the page is called “Launch rocket”" in result.stdout
    assert "“Note”" not in result.stdout


def test_command_tells_machines_too(studio: Studio) -> None:
    told = json.loads(studio.run("lint", "--json").stdout)
    assert told["findings"] == []
    assert told["words"] > 10
    studio.say(_LONG)
    (finding,) = json.loads(studio.run("lint", "--json").stdout)["findings"]
    assert Finding(**finding).rule == "long-sentence"


def test_damaged_take_is_no_trouble(studio: Studio) -> None:
    (studio.published / "take" / "take.json").write_text("{}")
    assert studio.run("lint").exit_code == 0


def test_file_that_is_no_storyboard_is_told(tmp_path: Path) -> None:
    result = run("lint", tmp_path / "gone.ipynb")
    assert result.exit_code == 2
    assert "There is no file" in result.stderr


def test_storyboard_of_another_code_is_not_compared(studio: Studio) -> None:
    edit(studio.board, lambda notebook: notebook["cells"][-1].update(source="pass"))
    linted = lint(read_storyboard(studio.board), take_folder=studio.published / "take")
    assert not linted.compared

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.storycast.drift.healing.lab import HealingLab, open_healing_lab
from tests.storycast.drift.healing.locators import (
    APP,
    PLAIN,
    PageTarget,
    break_locators,
    remove_targets,
)
from tests.storycast.studio import Studio, edit

_PAGES = Path(__file__).parents[1] / "pages"
_ALL = [
    pytest.param(page, target, marks=pytest.mark.long if place % 2 else ())
    for page, targets in (("plain", PLAIN), ("app", APP))
    for place, target in enumerate(targets)
]
"""Every other one is looked for on every change of the code."""


@pytest.fixture(scope="module")
def lab() -> Iterator[HealingLab]:
    with open_healing_lab() as opened:
        yield opened


@pytest.mark.parametrize(("page", "target"), _ALL, ids=lambda each: getattr(each, "css", each))
def test_broken_locators_are_healed(lab: HealingLab, page: str, target: PageTarget) -> None:
    address = (_PAGES / f"{page}.html").as_uri()
    lab.browser.get(address)
    for case in tuple(break_locators((target,), lab.ask)):
        lab.browser.get(address)
        healed = lab.heal(case)
        assert healed.is_broken, case.name
        assert healed.is_right, case.name


@pytest.mark.parametrize(("page", "target"), _ALL, ids=lambda each: getattr(each, "css", each))
def test_what_is_gone_is_not_healed(lab: HealingLab, page: str, target: PageTarget) -> None:
    lab.browser.get((_PAGES / f"{page}.html").as_uri())
    (case,) = remove_targets((target,))
    assert lab.heal(case).found is None


def _check(studio: Studio, code: int, *options: str) -> dict[str, Any]:
    result = studio.run("check", "--json", *options)
    assert result.exit_code == code, result.stderr
    told: dict[str, Any] = json.loads(result.stdout)
    return told


def test_step_is_filmed_and_marked_where_its_locator_fails(
    approved: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(approved.folder)
    approved.change_page(('id="add"', 'id="store"'))
    told = _check(approved, 3, "--patch")
    (healed,) = told["healed"]
    assert (healed["step"], healed["cell"], healed["line"]) == (4, 8, 1)
    assert healed["locator"] == {"by": "id", "value": "add"}
    assert healed["found_by"] == {"by": "id", "value": "store"}
    assert "its name “Keep”" in healed["reason"]
    assert told["changes"] == []
    for name in ("drift.md", "drift.html", "drift.xml"):
        assert "is not found by id=add" in (approved.published / name).read_text(encoding="utf-8")
    git = shutil.which("git") or pytest.skip("there is no git: apt-get install git")
    patch = approved.published / "drift.patch"
    subprocess.run([git, "apply", str(patch)], cwd=approved.folder, check=True)
    assert 'By.ID, "store"' in approved.board.read_text(encoding="utf-8").replace('\\"', '"')
    assert _check(approved, 0)["healed"] == []


def test_film_is_made_and_its_maker_told(approved: Studio) -> None:
    approved.change_page(('id="add"', 'id="store"'))
    result = approved.run("make")
    assert result.exit_code == 0, result.stderr
    assert "Step 4 is healed: id=add finds nothing any more" in result.stderr


def test_wait_of_the_storyboards_own_is_helped_before_it_is_over(approved: Studio) -> None:
    def change(notebook: Any) -> None:
        notebook["cells"][7]["source"] = (
            "from selenium.webdriver.support.expected_conditions import element_to_be_clickable\n"
            "from selenium.webdriver.support.ui import WebDriverWait\n"
            'WebDriverWait(browser, 4).until(element_to_be_clickable((By.ID, "add"))).click()'
        )

    edit(approved.board, change)
    assert approved.run("record").exit_code == 0
    assert approved.run("approve").exit_code == 0
    approved.change_page(('id="add"', 'id="store"'))
    (healed,) = _check(approved, 3)["healed"]
    assert (healed["line"], healed["found_by"]["value"]) == (3, "store")


def test_what_is_looked_for_in_the_step_before_is_helped_and_corrected_there(
    approved: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    def change(notebook: Any) -> None:
        before = "".join(notebook["cells"][5]["source"])
        notebook["cells"][5]["source"] = f'{before}\nbutton = browser.find_element(By.ID, "add")'
        notebook["cells"][7]["source"] = "button.click()"

    monkeypatch.chdir(approved.folder)
    edit(approved.board, change)
    notebook = json.loads(approved.board.read_text(encoding="utf-8"))
    approved.board.write_text(json.dumps(notebook, indent=1), encoding="utf-8")
    assert approved.run("record").exit_code == 0
    assert approved.run("approve").exit_code == 0
    approved.change_page(('id="add"', 'id="store"'))
    (healed,) = _check(approved, 3, "--patch")["healed"]
    assert (healed["step"], healed["found_by"]["value"]) == (4, "store")
    patch = (approved.published / "drift.patch").read_text(encoding="utf-8")
    assert 'button = browser.find_element(By.ID, \\"store\\")' in patch


def test_what_does_something_else_is_not_taken(approved: Studio) -> None:
    before = approved.contents()
    approved.change_page(
        ('id="add"', 'id="store"'),
        ('<form onsubmit="list', '<form onsubmit="if (0) list'),
        ("note.value = ''; return", "note.value = note.value; return"),
    )
    result = approved.run("make")
    assert result.exit_code == 1
    assert "id=add finds nothing any more" in result.stderr
    assert "does not do what that did" in result.stderr
    now = {name: text for name, text in approved.contents().items() if "failed/" not in name}
    assert now == before


def test_locator_that_finds_something_else_is_corrected(approved: Studio) -> None:
    approved.change_page(
        ('<button id="add">Keep', '<button type="button" id="add">Cancel</button>\n'
         '  <button id="store">Keep'),
    )  # fmt: skip
    told = _check(approved, 3)
    (healed,) = told["healed"]
    assert healed["found_by"] == {"by": "id", "value": "store"}
    assert [change["sentence"] for change in told["changes"] if change["kind"] == "added"] == [
        "The button “Cancel” is new."
    ]


def test_locator_that_finds_what_was_there_before_is_refused(studio: Studio) -> None:
    studio.change_page(("Keep</button>", 'Keep</button>\n  <button type="button" id="clear">Clear'))
    assert studio.run("record").exit_code == 0
    assert studio.run("approve").exit_code == 0
    studio.change_page(('<button id="add">Keep</button>', ""), ('id="clear"', 'id="add"'))
    told = _check(studio, 1)
    (stopped,) = [each for each in told["changes"] if each["kind"] == "unreachable"]
    assert "id=add finds the button “Clear” now" in stopped["sentence"]
    assert "the button “Keep”, which is gone" in stopped["sentence"]

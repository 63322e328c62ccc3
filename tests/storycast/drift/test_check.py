from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import nbformat
import pytest

from tests.storycast.studio import Studio, edit


def _check(studio: Studio, code: int, *options: str) -> dict[str, Any]:
    """Film and compare; what was told."""
    result = studio.run("check", "--json", *options)
    assert result.exit_code == code, result.stderr
    told: dict[str, Any] = json.loads(result.stdout)
    return told


def _baseline(studio: Studio) -> Path:
    return studio.folder / "baselines" / studio.board.stem


def test_application_that_did_not_change_has_no_drift(approved: Studio) -> None:
    before = approved.contents()
    told = _check(approved, 0)
    assert (told["changes"], told["false_sentences"]) == ([], [])
    reports = {"drift.json", "drift.md", "drift.xml", "drift.html"}
    now = {name: text for name, text in approved.contents().items() if name not in reports}
    assert now == before
    assert "no drift" in (approved.published / "drift.md").read_text(encoding="utf-8")


def test_renamed_button_makes_a_sentence_false(approved: Studio) -> None:
    approved.change_page((">Keep<", ">Save<"))
    told = _check(approved, 3)
    (change,) = told["changes"]
    assert change["sentence"] == "The button “Keep” is now called “Save”."
    assert (change["kind"], change["weight"], change["step"]) == ("renamed", "breaks the guide", 2)
    assert change["also"] == [3, 4]
    (false,) = told["false_sentences"]
    assert (false["name"], false["now"]) == ("Keep", "Save")
    assert (false["step"], false["cell"], false["line"]) == (4, 7, 1)
    assert false["corrected"] == "Select Save, and your note is in the list."
    assert told["consequences"] == {
        "pictures": [2, 3, 4],
        "cues": ["Select Keep, and your note is in the list."],
        "editions": ["my board"],
    }
    text = (approved.published / "drift.md").read_text(encoding="utf-8")
    assert "The button “Keep” is now called “Save”" in text
    assert approved.run("check", "--no-record").exit_code == 3


def test_name_that_has_become_longer_makes_a_sentence_false(approved: Studio) -> None:
    approved.change_page((">Keep<", ">Keep note<"))
    (false,) = _check(approved, 3)["false_sentences"]
    assert false["corrected"] == "Select Keep note, and your note is in the list."


def test_name_that_is_still_read_on_a_button_stays_true(approved: Studio) -> None:
    approved.change_page((">Keep<", " aria-label='Keep note'>Keep<"))
    assert _check(approved, 3)["false_sentences"] == []


def test_approving_ends_the_drift_and_is_remembered(retitled: Studio) -> None:
    (change,) = _check(retitled, 3, "--no-record")["changes"]
    assert change["kind"] == "text changed"
    assert retitled.run("approve", "--comment", "the heading is meant").exit_code == 0
    assert retitled.run("check", "--no-record").exit_code == 0
    lines = (_baseline(retitled) / "history.jsonl").read_text(encoding="utf-8").splitlines()
    first, second = map(json.loads, lines)
    assert (first["comment"], second["comment"]) == ("first", "the heading is meant")
    assert [each["sentence"] for each in second["changes"]] == [change["sentence"]]
    assert "changes" not in first


def test_one_step_is_approved_alone(retitled: Studio) -> None:
    (change,) = _check(retitled, 3, "--no-record")["changes"]
    steps = [change["step"], *change["also"]]
    for step in steps[:-1]:
        assert retitled.run("approve", "--step", str(step)).exit_code == 0
    left = retitled.run("check", "--no-record", "--json")
    assert left.exit_code == 3
    (change,) = json.loads(left.stdout)["changes"]
    assert change["step"] == steps[-1]
    assert retitled.run("approve", "--step", str(steps[-1])).exit_code == 0
    assert retitled.run("check", "--no-record").exit_code == 0


def test_one_change_is_approved_alone(approved: Studio) -> None:
    approved.change_page(("<h1>Notes", "<h1>My notes"), ("<ul id", "<p>New.</p><ul id"))
    told = _check(approved, 3)["changes"]
    heading = next(change for change in told if change["kind"] == "text changed")
    assert sorted(change["number"] for change in told) == [1, 2]
    number = str(heading["number"])
    result = approved.run("approve", "--change", number, "--comment", "meant")
    assert result.exit_code == 0, result.stderr
    assert heading["sentence"] in result.stdout
    left = json.loads(approved.run("check", "--no-record", "--json").stdout)
    (other,) = left["changes"]
    assert (other["kind"], other["number"], left["approved"]) == ("added", 1, 1)
    (line,) = (_baseline(approved) / "approved.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(line)["sentence"] == heading["sentence"]
    history = (_baseline(approved) / "history.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(history[-1])["changes"][0]["id"] == heading["id"]
    assert json.loads(history[-1])["comment"] == "meant"
    stale = approved.run("approve", "--change", "2")
    assert stale.exit_code == 1
    assert "told of 1 change, and none is '2'" in stale.stderr
    assert approved.run("approve", "--change", other["id"]).exit_code == 0
    quiet = approved.run("check", "--no-record")
    assert quiet.exit_code == 0
    assert "(2 approved changes not told)" in quiet.stdout


def test_approved_change_that_goes_on_changing_is_told(retitled: Studio) -> None:
    assert retitled.run("approve", "--change", "1").exit_code == 0
    retitled.change_page(("<h1>My notes", "<h1>Your notes"))
    (change,) = _check(retitled, 3)["changes"]
    assert "Your notes" in change["sentence"]


def test_approving_steps_drops_their_single_changes(retitled: Studio) -> None:
    (change,) = _check(retitled, 3, "--no-record")["changes"]
    assert retitled.run("approve", "--change", change["id"]).exit_code == 0
    path = _baseline(retitled) / "approved.jsonl"
    steps = [change["step"], *change["also"]]
    assert retitled.run("approve", "--step", str(steps[0])).exit_code == 0
    assert json.loads(path.read_text(encoding="utf-8"))["steps"] == steps[1:]
    stale = retitled.run("approve", "--change", "1")
    assert stale.exit_code == 1
    assert "is no longer what was compared" in stale.stderr
    assert retitled.run("approve").exit_code == 0
    assert not path.exists()


@pytest.mark.parametrize(
    ("prepare", "message"),
    [
        (lambda path: path.unlink(missing_ok=True), "was not checked yet"),
        (lambda path: path.write_text("{}"), "is damaged, or of another Storycast"),
    ],
)
def test_change_without_a_report_is_told(approved: Studio, prepare: Any, message: str) -> None:
    assert approved.run("check", "--no-record").exit_code == 0
    prepare(approved.published / "drift.json")
    result = approved.run("approve", "--change", "1")
    assert result.exit_code == 1
    assert message in result.stderr


def test_damaged_approvals_are_told(approved: Studio) -> None:
    (_baseline(approved) / "approved.jsonl").write_text("{", encoding="utf-8")
    result = approved.run("check", "--no-record")
    assert result.exit_code == 1
    assert "approved.jsonl is damaged" in result.stderr


def test_changes_are_not_steps(approved: Studio) -> None:
    assert approved.run("approve", "--change", "1", "--step", "1").exit_code == 2


def test_action_that_leads_elsewhere_is_told(approved: Studio) -> None:
    approved.change_page(
        ("note.value = '';", "note.value = ''; history.pushState(0, '', '/kept');")
    )
    told = _check(approved, 3)
    (change,) = [each for each in told["changes"] if each["kind"] == "behaviour"]
    assert change["weight"] == "breaks the guide"
    assert "leads to /kept now" in change["sentence"]
    assert change["step"] == 4


def test_changed_prose_is_no_change_of_the_application(approved: Studio) -> None:
    approved.say("Write something short into the field **Note**.")
    assert approved.run("check", "--no-record").exit_code == 0


def test_new_step_is_a_change_of_the_storyboard(approved: Studio) -> None:
    def change(notebook: Any) -> None:
        more = [dict(cell) for cell in notebook["cells"][4:6]]
        more[0] |= {"source": "Write once more into **Note**.", "id": "more-1"}
        more[1] |= {"source": 'browser.find_element(By.ID, "note").click()', "id": "more-2"}
        notebook["cells"] += more

    edit(approved.board, change)
    told = _check(approved, 0)
    assert told["told"] == ["Step 5 is new in the storyboard."]
    assert told["changes"] == []


def test_baseline_is_small_and_plain(approved: Studio) -> None:
    folder = _baseline(approved)
    assert sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) < 100_000
    for path in folder.glob("snapshots/*.jsonl"):
        assert all(json.loads(line)["role"] for line in path.read_text().splitlines())
    before = {
        path: path.read_bytes() for path in folder.rglob("*.*") if path.name != "history.jsonl"
    }
    assert approved.run("approve").exit_code == 0
    assert all(path.read_bytes() == content for path, content in before.items())


def test_storyboard_without_a_baseline_is_told(studio: Studio) -> None:
    result = studio.run("check", "--no-record")
    assert result.exit_code == 1
    assert "has no baseline yet" in result.stderr
    assert "storycast approve" in result.stderr


def test_storyboard_without_a_take_cannot_be_approved(studio: Studio) -> None:
    shutil.rmtree(studio.published)
    result = studio.run("approve")
    assert result.exit_code == 1
    assert "has no take" in result.stderr


@pytest.mark.parametrize("part", ["take.json", "snapshots", "shots"])
def test_half_a_baseline_is_told(approved: Studio, part: str) -> None:
    path = _baseline(approved) / part
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.write_text("{", encoding="utf-8")
    approved.change_page(("<h1>Notes", "<h1>My notes"))
    result = approved.run("check")
    assert ("is damaged" if part == "take.json" else "are missing") in result.stderr
    assert result.exit_code == 1


@pytest.mark.parametrize("part", ["snapshots", "shots"])
def test_damaged_file_of_a_baseline_is_told(retitled: Studio, part: str) -> None:
    for path in (_baseline(retitled) / part).iterdir():
        path.write_text("version https://git-lfs.github.com/spec/v1\n", encoding="utf-8")
    result = retitled.run("check", "--no-record")
    assert result.exit_code == 1
    assert ("is damaged" if part == "snapshots" else "is no picture") in result.stderr


def test_missing_files_of_a_baseline_are_told_at_once(approved: Studio) -> None:
    first, *_ = sorted((_baseline(approved) / "shots").iterdir())
    first.unlink()
    result = approved.run("check", "--no-record")
    assert result.exit_code == 1
    assert f"is not whole: shots/{first.name} is missing." in result.stderr
    assert "Was all of it committed?" in result.stderr


def test_baseline_of_another_browser_is_noted(approved: Studio) -> None:
    def change(take: Any) -> None:
        take["browser"]["version"] = "1.2.3"

    edit(_baseline(approved) / "take.json", change)
    result = approved.run("check", "--no-record")
    assert result.exit_code == 0
    assert "note: Approved was what chrome 1.2.3 showed" in result.stdout
    assert "looks may differ" in (approved.published / "drift.md").read_text(encoding="utf-8")


def test_baseline_of_another_viewport_is_told(approved: Studio) -> None:
    def change(notebook: Any) -> None:
        notebook["metadata"]["storycast"]["viewport"] = [1000, 600]

    edit(approved.board, change)
    result = approved.run("check", "--no-record")
    assert result.exit_code == 1
    assert "is of 1280 by 720 pixels at scale 2" in result.stderr
    assert "asks for 1000 by 600 at 2." in result.stderr


_RESTLESS = (
    "<p id=restless></p><script>setInterval(() => { restless.textContent = Math.random(); }, 20)"
    "</script><ul id"
)


def test_page_that_lost_its_rest_is_told_as_such(approved: Studio) -> None:
    approved.change_page(("<ul id", _RESTLESS))
    told = _check(approved, 3)
    (change,) = told["changes"]
    assert (change["kind"], change["weight"]) == ("behaviour", "shows")
    assert "does not come to rest any more" in change["sentence"]
    assert approved.run("approve").exit_code == 0
    again = approved.run("check", "--no-record", "--json")
    assert again.exit_code == 0
    (note,) = json.loads(again.stdout)["notes"]
    # On a busy machine such a page is still for long enough, by chance, in one step or another.
    assert re.search(r"had not come to rest in steps? [2-4, ]+ when it was approved", note)


def test_baseline_of_another_scale_is_told(approved: Studio) -> None:
    def change(notebook: Any) -> None:
        notebook["metadata"]["storycast"]["scale"] = 1

    edit(approved.board, change)
    result = approved.run("check", "--no-record")
    assert result.exit_code == 1
    assert "1280 by 720 pixels at scale 2" in result.stderr
    assert "at 1." in result.stderr


def test_unknown_step_is_not_approved(approved: Studio) -> None:
    result = approved.run("approve", "--step", "9")
    assert result.exit_code == 1
    assert "There is no step 9" in result.stderr


def test_step_that_cannot_be_done_is_told_with_what_was_seen_before(approved: Studio) -> None:
    approved.change_page(('<button id="add">Keep<', '<button id="store">Save<'))
    told = _check(approved, 1)
    kinds = {change["kind"]: change for change in told["changes"]}
    assert set(kinds) == {"unreachable", "renamed"}
    stopped = kinds["unreachable"]
    assert (stopped["step"], stopped["weight"]) == (4, "breaks the guide")
    assert "“Keep” was not reached: no element matches id=add" in stopped["sentence"]
    (false,) = told["false_sentences"]
    assert (false["step"], false["now"]) == (4, "Save")
    assert "could not be done" in (approved.published / "drift.html").read_text(encoding="utf-8")


def test_step_that_fails_after_its_action_does_not_say_that_it_was_not_reached(
    approved: Studio,
) -> None:
    def change(notebook: Any) -> None:
        cell = next(each for each in notebook["cells"] if '"add"' in "".join(each["source"]))
        cell["source"] = "".join(cell["source"]) + '\nbrowser.find_element(By.ID, "nowhere")'

    edit(approved.board, change)
    (stopped,) = _check(approved, 1)["changes"]
    assert "The step could not be done to its end: no element matches" in stopped["sentence"]


def test_what_a_step_shows_at_its_end_is_not_missed_where_it_fails_before(
    approved: Studio,
) -> None:
    def name_outcome(notebook: Any) -> None:
        notebook["cells"][6]["source"] = "Select **Keep**, and you see **Kept**."

    def fail(notebook: Any) -> None:
        cell = notebook["cells"][7]
        cell["source"] = "".join(cell["source"]) + '\nbrowser.find_element(By.ID, "nowhere")'

    approved.change_page(("textContent: note.value", "textContent: 'Kept'"))
    edit(approved.board, name_outcome)
    assert approved.run("record").exit_code == 0
    assert approved.run("approve").exit_code == 0
    edit(approved.board, fail)
    told = _check(approved, 1)
    assert [change["kind"] for change in told["changes"]] == ["unreachable"]
    assert told["false_sentences"] == []


def test_patch_corrects_the_prose_and_nothing_else(approved: Studio) -> None:
    raw = approved.board.read_text(encoding="utf-8")
    nbformat.write(nbformat.reads(raw, as_version=4), approved.board)  # type: ignore[no-untyped-call]
    before = approved.board.read_text(encoding="utf-8")
    approved.change_page((">Keep<", ">Save “all”<"))
    result = approved.start("check", approved.board.name, "--patch")
    assert result.returncode == 3, result.stderr
    patch = approved.published / "drift.patch"
    assert str(patch.relative_to(approved.folder)) in result.stdout
    git = shutil.which("git") or pytest.skip("there is no git: apt-get install git")
    subprocess.run([git, "apply", str(patch)], cwd=approved.folder, check=True)
    after = approved.board.read_text(encoding="utf-8")
    assert after == before.replace("**Keep**", "**Save “all”**")
    assert approved.run("check", "--no-record").exit_code == 3
    assert approved.run("approve").exit_code == 0
    assert approved.run("check", "--no-record", "--patch").exit_code == 0
    assert patch.read_text(encoding="utf-8") == ""

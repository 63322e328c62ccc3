from __future__ import annotations

import errno
import json
import os
import re
import shutil
import subprocess
import sys
import wave
from datetime import date
from pathlib import Path
from typing import Any

import nbformat
import pytest

from recorder import read_storyboard
from recorder.fence import read_blocked
from storycast.guide.card import read_card
from storycast.provenance import FILE
from tests.storycast.studio import Studio, edit


def test_second_make_does_nothing_and_says_so(studio: Studio) -> None:
    before = studio.contents()
    result = studio.run("make", "--no-record")
    assert result.exit_code == 0
    assert "nothing to do" in result.stdout
    assert not result.stderr
    assert studio.contents() == before


def test_changed_sentence_alone_is_spoken_and_no_picture_made_or_looked_at(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storycast.verify.question.decode", pytest.fail)
    kept = {*(studio.cache / "speech").rglob("*.wav"), *(studio.cache / "clips").rglob("*.h264")}
    studio.say("Write whatever you like into the field **Note**.")
    assert studio.again()["made"] == ["track", "film", "guide"]
    now = {*(studio.cache / "speech").rglob("*.wav"), *(studio.cache / "clips").rglob("*.h264")}
    assert [path.suffix for path in now - kept] == [".wav"]
    for name in ("guide.html", "guide.md", "transcript.txt", "captions.en.vtt", "notebook.ipynb"):
        text = re.sub(r"<[\d:.]+>", "", (studio.published / name).read_text())
        assert "whatever you like" in text.replace("\n", " ")


def test_guide_made_beside_the_film_is_the_one_made_after_it(studio: Studio) -> None:
    studio.say("Write into the field **Note**.")
    studio.run("make", "--no-record")
    assert "nothing to do" in studio.run("publish").stdout
    beside = (studio.published / "guide.html").read_bytes()
    (studio.published / "guide.html").unlink()
    studio.run("publish")
    assert (studio.published / "guide.html").read_bytes() == beside


def test_executed_notebook_keeps_its_pictures_when_prose_changes(studio: Studio) -> None:
    studio.say("Other words.")
    studio.again()
    notebook = json.loads((studio.published / "notebook.ipynb").read_text())
    assert any(cell.get("outputs") for cell in notebook["cells"])


def test_chapters_are_written_as_platforms_read_them(studio: Studio) -> None:
    lines = (studio.published / "chapters.txt").read_text().splitlines()
    timeline = json.loads((studio.published / "timeline.json").read_text())
    assert len(lines) == len(timeline["chapters"])
    assert lines[0].startswith("0:00 ")
    assert lines[-1].endswith(timeline["chapters"][-1]["title"])


def test_constant_frame_rate_is_another_film_of_the_same_take(studio: Studio) -> None:
    before = (studio.published / "film.mp4").read_bytes()
    assert studio.again("--constant-frame-rate")["made"] == ["film"]
    assert studio.again("--constant-frame-rate")["made"] == []
    assert (studio.published / "film.mp4").read_bytes() != before
    assert studio.again()["made"] == ["film"]
    assert (studio.published / "film.mp4").read_bytes() == before


def test_other_voice_needs_no_filming(studio: Studio) -> None:
    assert studio.again("--voice", "none")["made"] == ["track", "film", "guide"]
    assert json.loads((studio.published / "track" / "track.json").read_text())["voice"] == "none"


@pytest.mark.parametrize(
    ("name", "stage"),
    [
        ("film.mp4", "film"),
        ("poster.png", "film"),
        ("timeline.json", "film"),
        ("captions.en.vtt", "film"),
        ("guide.html", "guide"),
        ("notebook.ipynb", "guide"),
        ("pictures", "guide"),
        ("track/track.json", "track"),
        ("track/cues", "track"),
    ],
)
def test_missing_file_is_made_again_and_nothing_else(studio: Studio, name: str, stage: str) -> None:
    before = studio.contents()
    path = studio.published / name
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()
    assert studio.again()["made"] == [stage]
    assert studio.contents() == before


@pytest.mark.parametrize("name", ["film.mp4", "guide.html", "track/track.json", FILE])
def test_damaged_file_is_repaired(studio: Studio, name: str) -> None:
    before = studio.contents()
    (studio.published / name).write_text("damaged")
    assert studio.again()["made"]
    after = studio.contents()
    after.pop(FILE), before.pop(FILE)  # after its loss it does not know the take's origin
    if name == FILE:
        for told in ("guide.html", "guide.json"):  # nor do these, which tell when it was filmed
            after.pop(told), before.pop(told)
    assert after == before


def test_lost_cache_changes_nothing(studio: Studio) -> None:
    shutil.rmtree(studio.cache)
    assert studio.again()["made"] == []


def test_captions_of_another_language_do_not_stay(studio: Studio) -> None:
    edit(studio.board, lambda notebook: notebook["metadata"]["storycast"].update(language="de"))
    german = {"language": "de", "code": read_storyboard(studio.board).code}
    edit(studio.published / "take" / "take.json", lambda take: take.update(german))
    studio.again("--voice", "none")
    names = sorted(path.name for path in studio.published.glob("captions.*"))
    assert names == ["captions.de.srt", "captions.de.vtt"]


def test_code_that_was_not_filmed_is_an_error(studio: Studio) -> None:
    def change(notebook: Any) -> None:
        notebook["cells"][5]["source"] += "\npass"

    edit(studio.board, change)
    result = studio.run("make", "--no-record")
    assert result.exit_code == 1
    assert "is no longer what was filmed" in result.stderr


@pytest.mark.parametrize("command", ["render", "publish"])
def test_words_that_were_not_spoken_are_an_error(studio: Studio, command: str) -> None:
    studio.say("Other words.")
    result = studio.run(command)
    assert result.exit_code == 1
    assert "storycast narrate" in result.stderr


@pytest.mark.parametrize(
    ("lost", "commands", "hint"),
    [
        ("take", ("narrate", "render", "publish"), "storycast record"),
        ("track", ("render", "publish"), "storycast narrate"),
    ],
)
def test_stage_says_which_one_comes_first(
    studio: Studio, lost: str, commands: tuple[str, ...], hint: str
) -> None:
    shutil.rmtree(studio.published / lost)
    for command in commands:
        result = studio.run(command)
        assert result.exit_code == 1
        assert hint in result.stderr


@pytest.mark.parametrize("damage", ["", "{}", '{"version": ', "\x00"])
def test_damaged_take_is_an_error_in_a_sentence(studio: Studio, damage: str) -> None:
    (studio.published / "take" / "take.json").write_text(damage)
    result = studio.run("make", "--no-record")
    assert result.exit_code == 1
    assert "take.json is damaged" in result.stderr
    assert "storycast record" in result.stderr


@pytest.mark.parametrize("manifest", ["take/take.json", "track/track.json"])
def test_newer_format_is_an_error_in_a_sentence(studio: Studio, manifest: str) -> None:
    edit(studio.published / manifest, lambda content: content.update(version=7, more=1))
    result = studio.run("render")
    assert result.exit_code == 1
    assert "newer Storycast (format 7" in result.stderr


def test_shot_that_was_changed_is_found(studio: Studio) -> None:
    shot = next((studio.published / "take" / "shots").iterdir())
    shot.write_bytes(shot.read_bytes()[:-1])
    result = studio.run("make", "--no-record")
    assert result.exit_code == 1
    assert f"{shot.name} is missing or was changed" in result.stderr


def test_failure_leaves_what_was_published(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    studio.say("Other words.")
    before = studio.contents()
    monkeypatch.setenv("PATH", "/nowhere")
    result = studio.run("make", "--no-record")
    assert result.exit_code == 1
    assert "ffmpeg is not installed" in result.stderr
    assert "apt-get install ffmpeg" in result.stderr
    assert studio.contents() == before


def test_failed_take_shows_where_and_what(studio: Studio) -> None:
    def change(notebook: Any) -> None:
        notebook["cells"][5]["source"] = 'browser.find_element(By.ID, "nowhere")'

    edit(studio.board, change)
    before = studio.contents()
    result = studio.start("make", studio.board)
    assert result.returncode == 1
    assert "cell 6, line 1: no element matches id=nowhere" in result.stderr
    assert f"hint: What the page showed then: {Path('output/my board/failed/failure.png')}" in (
        result.stderr
    )
    assert "Traceback" not in result.stderr
    assert (studio.published / "failed" / "failure.png").exists()
    assert {name: studio.contents()[name] for name in before} == before


@pytest.mark.parametrize(
    ("stage", "writer"),
    [
        ("Speaking", "narration.store.SpeechStore.add"),
        ("Rendering", "storycast.film.render.process.run"),
        ("Publishing", "storycast.guide.publication.write_whole"),
    ],
)
def test_full_disk_is_told_and_leaves_what_was_published(
    studio: Studio, monkeypatch: pytest.MonkeyPatch, stage: str, writer: str
) -> None:
    def fail(*_arguments: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    studio.say("Other words.")
    before = studio.contents()
    monkeypatch.setattr(writer, fail)
    result = studio.run("make", "--no-record")
    assert result.exit_code == 1
    *done, error, hint = result.stderr.splitlines()
    assert any(line.startswith(stage) for line in done)
    assert re.search("^error: .*(The disk is full|No space left on device).$", error)
    assert re.search("^hint: .*--output", hint)
    assert studio.contents() == before
    assert not studio.drafts()


_OWN_MOUNTS = (shutil.which("unshare") or "", "--mount", "--map-root-user")


def _may_mount() -> bool:
    trial = (*_OWN_MOUNTS, "mount", "-t", "tmpfs", "none", "/mnt")
    return bool(trial[0]) and not subprocess.run(trial, capture_output=True, check=False).returncode


def _make_on_a_small_disk(studio: Studio, place: Path) -> subprocess.CompletedProcess[str]:
    """Make with no more room at ``place`` than is taken there; nobody else sees that disk."""
    copy = studio.folder / "copy"
    shutil.copytree(place, copy)
    script = (
        'taken=$(du -sk "$1" | cut -f 1); mount -t tmpfs -o size=$((taken + 100))k none "$2" &&'
        ' cp -a "$1/." "$2" && rm -rf "$1"; "$3" -c "from storycast.cli import main; main()" make'
        ' "$4" --no-record; code=$?; cp -a "$2" "$1"; exit $code'
    )
    words = ["sh", "-c", script, "sh", copy, place, sys.executable, studio.board]
    result = subprocess.run(
        [*_OWN_MOUNTS, *map(str, words)],
        cwd=studio.folder,
        capture_output=True,
        text=True,
        check=False,
    )
    shutil.rmtree(place)
    copy.replace(place)
    return result


@pytest.mark.skipif(not _may_mount(), reason="this system lets nobody mount a disk")
@pytest.mark.parametrize("place", ["output", "cache"])
def test_disk_that_is_really_full_is_told(studio: Studio, place: str) -> None:
    studio.say("Other words, and many more of them, so that there is something to be written.")
    before = studio.contents()
    result = _make_on_a_small_disk(studio, studio.folder / place)
    assert result.returncode == 1, result.stderr
    errors = [line for line in result.stderr.splitlines() if not line.endswith(" …")]
    assert len(errors) == 2
    assert re.search("^error: .*(The disk is full|No space left on device)", errors[0])
    assert errors[1].startswith("hint: ")
    assert studio.contents() == before
    assert studio.again()["made"] == ["track", "film", "guide"]


def test_forms_that_were_asked_for_are_made_and_go_with_the_next_edition(studio: Studio) -> None:
    before = studio.contents()
    told = studio.again("--form", "checklist", "--form", "ouxml", "--form", "animation")
    assert told["made"] == ["guide"]
    assert Path(told["checklist"]).is_file()
    assert (studio.published / "guide.xml").is_file()
    assert list((studio.published / "animations").iterdir())
    assert studio.again()["made"] == ["guide"]
    assert studio.contents() == before
    assert not (studio.published / "animations").exists()


def test_storyboard_says_in_which_forms(studio: Studio) -> None:
    told = {"forms": ["checklist"], "goal": "You want *a note*.", "tags": ["notes"]}
    edit(studio.board, lambda notebook: notebook["metadata"]["storycast"].update(told))
    assert studio.again()["made"] == ["guide"]
    left = {path.name for path in studio.published.iterdir() if path.is_file()}
    assert left >= {"checklist.html", "transcript.txt", "guide.json"}
    assert not left & {"guide.html", "guide.md", "notebook.ipynb"}
    assert not (studio.published / "pictures").exists()
    card = read_card(studio.published)
    assert (card.forms, card.goal) == ({"checklist": "checklist.html"}, "You want a note.")
    assert (card.board, card.tags, card.film) == ("my board", ("notes",), "film.mp4")


def test_unknown_form_is_told_before_anything_is_made(studio: Studio) -> None:
    before = studio.contents()
    result = studio.run("make", "--form", "pdff")
    assert result.exit_code == 1
    assert "error: There is no form 'pdff'." in result.stderr
    assert "Did you mean 'pdf'?" in result.stderr
    assert "Filming" not in result.stderr
    assert studio.contents() == before


def test_day_of_filming_is_kept_while_the_application_is_as_it_was(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    path = studio.published / FILE
    edit(path, lambda told: told["stages"]["take"].update(on="2025-12-01"))
    studio.say("Other words.")
    studio.again()
    assert read_card(studio.published).filmed_on == date(2025, 12, 1)
    for _ in range(2):  # first with other words, then with the same
        assert studio.run("make").exit_code == 0
        assert read_card(studio.published).filmed_on == date(2025, 12, 1)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    studio.again()
    assert read_card(studio.published).filmed_on == date(1970, 1, 1)


def test_notebook_shows_the_pictures_of_the_guide_and_nothing_of_the_machine(
    studio: Studio,
) -> None:
    notebook: Any = nbformat.reads(  # type: ignore[no-untyped-call]
        (studio.published / "notebook.ipynb").read_text(encoding="utf-8"), as_version=4
    )
    nbformat.validate(notebook)
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", ())]
    markdown = (studio.published / "guide.md").read_text(encoding="utf-8")
    assert len(outputs) == markdown.count("![")
    for output in outputs:
        assert output.output_type == "display_data"
        assert output.metadata["image/png"]["alt"].startswith("The page")
        assert 0 < output.metadata["image/png"]["width"] <= 1280  # as large as on the screen
    text = (studio.published / "notebook.ipynb").read_text(encoding="utf-8")
    assert "WebElement" not in text
    assert str(studio.folder) not in text


def test_blocked_host_is_noted_and_kept_with_the_take(studio: Studio) -> None:
    font = '<link rel="stylesheet" href="https://fonts.example.com/a.css">'
    studio.change_page(("</title>", f"</title>{font}"))
    made = studio.run("record")
    assert made.exit_code == 0
    assert re.search(r"note: blocked: fonts\.example\.com \(\d+ requests?\)", made.stderr)
    assert read_blocked(studio.published / "take").names == ("fonts.example.com",)


def test_film_in_the_guide_is_the_published_one(studio: Studio) -> None:
    assert studio.again("--embed-film")["made"] == ["guide"]
    guide = studio.published / "guide.html"
    assert guide.stat().st_size > (studio.published / "film.mp4").stat().st_size
    assert studio.again("--embed-film")["made"] == []


def test_paths_are_those_of_published_files(studio: Studio) -> None:
    told = studio.again()
    paths = [told[name] for name in ("film", "guide", "captions_vtt", "take", "notebook")]
    assert all(Path(path).exists() for path in paths)


def test_music_that_is_not_there_is_told_before_anything_is_filmed(studio: Studio) -> None:
    def change(notebook: Any) -> None:
        notebook["metadata"]["storycast"]["film"] = {"music": "quiet.ogg"}

    before = studio.contents()
    edit(studio.board, change)
    result = studio.start("make", studio.board)
    assert result.returncode == 1
    assert "There is no file" in result.stderr
    assert "quiet.ogg" in result.stderr
    assert "Filming" not in result.stderr
    assert studio.contents() == before


def test_click_is_another_film_of_the_same_take(studio: Studio) -> None:
    def change(notebook: Any) -> None:
        notebook["metadata"]["storycast"]["film"] = {"click": "click.wav"}

    with wave.open(str(studio.folder / "click.wav"), "wb") as sound:
        sound.setparams((1, 2, 8000, 0, "NONE", ""))
        sound.writeframes(b"\x00\x40" * 80)
    edit(studio.board, change)
    assert studio.again()["made"] == ["film"]
    assert studio.again()["made"] == []
    (studio.folder / "click.wav").unlink()
    assert studio.run("make", "--no-record").exit_code == 1

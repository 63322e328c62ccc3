from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from recorder import read_storyboard
from recorder.front_matter import VoiceSettings
from storycast.errors import StorycastError
from storycast.translation import find_languages, list_messages, read_told, update_catalogue
from tests.storycast.studio import Studio, edit

_FRENCH = {
    "My board": "Mon tableau",
    "First scene": "Première scène",
    "Open the page in your browser.": "Ouvrez la page dans votre navigateur.",
    "Type a few words into the field **Note**.": "Écrivez quelques mots dans le champ **Note**.",
    "Select **Keep**, and your note is in the list.": "Choisissez **Keep**, et voilà.",
}


def _fill(studio: Studio, language: str = "fr") -> Path:
    """Translate all but one of the storyboard's sentences."""
    path = update_catalogue(studio.board, language).path
    text = path.read_text(encoding="utf-8")
    for source, said in _FRENCH.items():
        text = text.replace(f'msgid "{source}"\nmsgstr ""', f'msgid "{source}"\nmsgstr "{said}"')
    path.write_text(text, encoding="utf-8")
    return path


def test_storyboard_is_told_in_another_language(studio: Studio) -> None:
    _fill(studio)
    told, review = read_told(studio.board, "fr")
    own = read_storyboard(studio.board)
    assert (told.language, told.title, told.steps[1].scene) == (
        "fr",
        "Mon tableau",
        "Première scène",
    )
    assert told.steps[2].prose == "Écrivez quelques mots dans le champ **Note**."
    assert told.steps[0].prose == "⚠ Say in a sentence what this is about."
    assert (told.code, told.front.language, told.films_itself) == (own.code, "en", False)
    assert review is not None
    assert [message.cell for message in review.missing] == [0, 0, 0, 1]  # goal, needs, outcome
    assert find_languages(studio.board) == ("fr",)


def test_what_highlights_say_and_the_metadata_are_translated_too(studio: Studio) -> None:
    def change(notebook: Any) -> None:
        notebook["metadata"]["storycast"] |= {
            "title": "Notes",
            "film": {"end_card": "Bye"},
            "actors": {"ann": {"name": "Ann (teacher)", "colour": "#123456"}, "ben": {}},
        }
        notebook["cells"][5]["source"] = (
            'highlight(field, "Look here.")\nhighlight(a, say="There.")'
        )

    edit(studio.board, change)
    texts = [message.text for message in list_messages(read_storyboard(studio.board))]
    assert texts[:2] == ["Notes", "Bye"]
    assert texts[texts.index("Look here.") + 1] == "There."
    update_catalogue(studio.board, "de")
    told, _ = read_told(studio.board, "de")
    assert told.title == "⚠ Notes"
    assert told.front.film.end_card == "⚠ Bye"
    assert told.front.actors["ann"].name == "⚠ Ann (teacher)"
    assert told.front.actors["ann"].colour == "#123456"
    assert told.front.actors["ben"].name == ""
    assert told.sayings == {"Look here.": "⚠ Look here.", "There.": "⚠ There."}


def test_what_the_guide_says_of_itself_is_translated_by_sentences(studio: Studio) -> None:
    told = {"goal": "You want **notes**. Many.", "needs": ["A browser."], "outcome": "Notes."}
    edit(studio.board, lambda notebook: notebook["metadata"]["storycast"].update(told))
    texts = [message.text for message in list_messages(read_storyboard(studio.board))]
    assert [text for text in texts if text in "You want **notes**. Many. A browser. Notes."] == [
        "You want **notes**.", "Many.", "A browser.", "Notes.",
    ]  # fmt: skip
    update_catalogue(studio.board, "de")
    front = read_told(studio.board, "de")[0].front
    assert front.goal == "⚠ You want **notes**. ⚠ Many."
    assert (front.needs, front.outcome) == (("⚠ A browser.",), "⚠ Notes.")


@pytest.mark.parametrize("language", ["../fr", "fr/../../x", "..", "f r"])
def test_language_that_is_none_is_an_error(studio: Studio, language: str) -> None:
    with pytest.raises(StorycastError, match="is no language"):
        read_told(studio.board, language)


def test_one_take_gives_films_in_every_language(studio: Studio) -> None:
    _fill(studio)
    result = studio.run("make", "--no-record", "--json")
    assert result.exit_code == 0, result.output
    own, french = map(json.loads, result.stdout.splitlines())
    assert (own["made"], french["made"]) == ([], ["track", "film", "guide"])
    folder = studio.published / "fr"
    assert not (folder / "take").exists()
    assert (
        "quelques mots"
        in (folder / "captions.fr.vtt").read_text().replace("\n", " ").replace("<", "\n<")
        or "quelques" in (folder / "captions.fr.vtt").read_text()
    )
    assert "Première scène" in (folder / "guide.html").read_text()
    assert 'lang="fr"' in (folder / "guide.html").read_text()
    captions = re.sub(r"<[\d:.]+>", "", (folder / "captions.fr.vtt").read_text())
    assert "quelques mots" in captions
    assert "Première scène" in (folder / "guide.html").read_text()
    assert 'lang="fr"' in (folder / "guide.html").read_text()
    assert "quelques mots" in (folder / "notebook.ipynb").read_text(encoding="utf-8")
    assert json.loads((folder / "timeline.json").read_text())["language"] == "fr"
    assert [note for note in french["notes"] if "not translated in my board.fr.po" in note]
    again = studio.run("make", "--no-record")
    assert again.stdout.count("nothing to do") == 2


def test_film_of_a_translation_is_verified_against_the_take_above_it(studio: Studio) -> None:
    _fill(studio)
    assert studio.run("make", "--no-record", "--language", "fr").exit_code == 0
    result = studio.start("verify", studio.published / "fr" / "film.mp4", "--json")
    assert result.returncode == 0
    checks = {check["name"]: check for check in json.loads(result.stdout)["checks"]}
    assert checks["sharpness"]["value"] > 0.9


def test_storyboard_with_a_language_parameter_is_filmed_once_for_each(studio: Studio) -> None:
    def change(notebook: Any) -> None:
        notebook["cells"][1]["source"] = 'base_url = ""\nlanguage = "en"'
        notebook["cells"][3]["source"] += (
            "\nbrowser.execute_script("
            "\"document.querySelector('h1').textContent = navigator.language + arguments[0]\", "
            "language)"
        )

    edit(studio.board, change)
    _fill(studio)
    result = studio.run("make", "--json")
    assert result.exit_code == 0, result.stderr
    french = json.loads(result.stdout.splitlines()[1])
    assert french["made"] == ["take", "track", "film", "guide"]
    take = json.loads((studio.published / "fr" / "take" / "take.json").read_text())
    assert take["parameters"]["language"] == "fr"
    assert studio.run("make", "--no-record").stdout.count("nothing to do") == 2


@pytest.mark.parametrize(
    ("voice", "voices", "spoken"),
    [
        ("pyttsx3:en-us", {}, "pyttsx3"),
        ("hibari", {}, "pyttsx3"),
        ("none", {}, "none"),
        ("hibari", {"fr": "pyttsx3:fr-be"}, "pyttsx3:fr-be"),
        ({"command": ["say", "{language}"]}, {}, VoiceSettings(command=("say", "{language}"))),
    ],
)
def test_voice_follows_the_language(
    studio: Studio, voice: object, voices: object, spoken: object
) -> None:
    def change(notebook: Any) -> None:
        notebook["metadata"]["storycast"] |= {"voice": voice, "voices": voices}

    edit(studio.board, change)
    _fill(studio)
    told, _ = read_told(studio.board, "fr")
    assert told.front.voice == spoken
    assert told.code == read_storyboard(studio.board).code


def test_language_without_a_catalogue_is_told(studio: Studio) -> None:
    result = studio.run("make", "--no-record", "--language", "de")
    assert result.exit_code == 1
    assert "is not translated into de: there is no my board.de.po" in result.stderr
    assert "storycast translate --language de" in result.stderr


@pytest.mark.parametrize(("language", "says"), [("en", "already"), ("../x", "is no language")])
def test_catalogue_of_no_other_language_is_refused(
    studio: Studio, language: str, says: str
) -> None:
    with pytest.raises(StorycastError, match=says):
        update_catalogue(studio.board, language)


def test_broken_catalogue_leaves_what_was_published(studio: Studio) -> None:
    path = _fill(studio)
    assert studio.run("make", "--no-record").exit_code == 0
    before = studio.contents()
    path.write_text("msgid nonsense", encoding="utf-8")
    result = studio.run("make", "--no-record")
    assert result.exit_code == 1
    assert "is no gettext catalogue" in result.stderr
    assert studio.contents() == before

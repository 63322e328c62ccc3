from __future__ import annotations

from pathlib import Path

import pytest

from storycast.errors import StorycastError
from storycast.translation.catalogue import UNTRANSLATED, Message, read_catalogue

_OPEN, _SAVE = Message("Open the file.", 1, 3), Message("Press **Save** now.", 2, 1)


def _translate(path: Path, **told: str) -> None:
    text = path.read_text(encoding="utf-8")
    for name, said in told.items():
        source = {"open": _OPEN.text, "save": _SAVE.text}[name]
        text = text.replace(f'msgid "{source}"\nmsgstr ""', f'msgid "{source}"\nmsgstr "{said}"')
    path.write_text(text, encoding="utf-8")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "board.fr.po"
    read_catalogue(path, "fr", title="A board").update([_OPEN, _SAVE])
    return path


def test_new_catalogue_names_each_sentence_and_its_place(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert '#. cell 1, line 3\nmsgid "Open the file."\nmsgstr ""' in text
    assert "Language: fr" in text
    assert "fuzzy" not in text


def test_same_sentences_leave_the_file_alone(path: Path) -> None:
    before = path.read_bytes()
    update = read_catalogue(path, "fr").update([_OPEN, _SAVE])
    assert (update.is_written, path.read_bytes()) == (False, before)


def test_what_is_not_translated_is_seen(path: Path) -> None:
    _translate(path, open="Ouvrez le fichier.")
    catalogue = read_catalogue(path, "fr")
    assert catalogue.translate(_OPEN.text) == "Ouvrez le fichier."
    assert catalogue.translate(_SAVE.text) == UNTRANSLATED + _SAVE.text
    review = catalogue.review([_OPEN, _SAVE])
    assert review.missing == (_SAVE,)
    assert list(review.notes()) == [
        "not translated in board.fr.po: “Press **Save** now.” (cell 2, line 1)"
    ]


def test_changed_sentence_keeps_its_translation_as_a_fuzzy_one(path: Path) -> None:
    _translate(path, open="Ouvrez le fichier.", save="Appuyez sur **Save**.")
    changed = Message("Open the new file.", 1, 3)
    update = read_catalogue(path, "fr").update([changed, _SAVE])
    assert (update.fuzzy, update.missing, update.gone) == ((changed,), (), 1)
    catalogue = read_catalogue(path, "fr")
    assert catalogue.translate(changed.text) == UNTRANSLATED + changed.text
    assert catalogue.find(_SAVE.text) == "Appuyez sur **Save**."
    assert '#| msgid "Open the file."' in path.read_text(encoding="utf-8")


def test_sentence_that_is_said_again_has_its_translation_again(path: Path) -> None:
    _translate(path, open="Ouvrez le fichier.", save="Appuyez sur **Save**.")
    assert read_catalogue(path, "fr").update([_SAVE]).gone == 1
    assert "#~ msgid" in path.read_text(encoding="utf-8")
    read_catalogue(path, "fr").update([_OPEN, _SAVE])
    assert read_catalogue(path, "fr").find(_OPEN.text) == "Ouvrez le fichier."


def test_translation_without_a_bold_name_is_doubtful(path: Path) -> None:
    _translate(path, open="Ouvrez.", save="Enregistrez maintenant.")
    review = read_catalogue(path, "fr").review([_OPEN, _SAVE])
    assert review.doubtful == ("cell 2, line 1: the translation lacks what is bold: “Save”",)


def test_percent_signs_are_no_format(tmp_path: Path) -> None:
    path = tmp_path / "b.de.po"
    read_catalogue(path, "de").update([Message("Use 5 % of it, 100% done.", 1, 1)])
    assert "python-format" not in path.read_text(encoding="utf-8")


def test_language_that_nobody_knows_has_a_catalogue_too(tmp_path: Path) -> None:
    path = tmp_path / "b.xyz.po"
    read_catalogue(path, "xyz").update([_OPEN])
    assert read_catalogue(path, "xyz").review([_OPEN]).missing == (_OPEN,)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b'msgid "a"\nmsgstr "b"\nnonsense\n', r"board\.fr\.po, line 3 is no gettext catalogue"),
        (b'msgid "a\nmsgstr "b"\n', r"is no gettext catalogue"),
        (b'msgid "\xff"\nmsgstr ""\n', r"is not UTF-8"),
        (b'msgid ""\nmsgstr "Language: de\\n"\n\nmsgid "a"\nmsgstr "b"\n', r"says that it is de"),
    ],
)
def test_broken_catalogue_is_told(tmp_path: Path, content: bytes, says: str) -> None:
    path = tmp_path / "board.fr.po"
    path.write_bytes(content)
    with pytest.raises(StorycastError, match=says):
        read_catalogue(path, "fr")

from __future__ import annotations

from pathlib import Path

import pytest

from storycast.wording.catalogue import LOCALE, extract_texts, main, review, update

_CATALOGUES = sorted(LOCALE.glob("*.po"))


def _known(catalogue: Path) -> str:
    return catalogue.read_text(encoding="utf-8")


def _told(catalogue: Path) -> list[str]:
    """What is translated and how, without the places where it is said."""
    lines = (line for line in _known(catalogue).splitlines() if not line.startswith("#: "))
    return [line for line in lines if line]


def _say(catalogue: Path, text: str, told: str) -> None:
    """Translate ``text``, which has no context, in a catalogue that was just begun."""
    before = _known(catalogue)
    after = before.replace(f'msgid "{text}"\nmsgstr ""', f'msgid "{text}"\nmsgstr "{told}"')
    assert after != before
    catalogue.write_text(after, encoding="utf-8")


@pytest.fixture
def begun(tmp_path: Path) -> Path:
    path = tmp_path / "es.po"
    update(path)
    return path


def test_there_are_french_german_and_arabic() -> None:
    assert {path.stem for path in _CATALOGUES} >= {"fr", "de", "ar"}


@pytest.mark.parametrize("path", _CATALOGUES, ids=lambda path: path.stem)
def test_every_text_of_the_code_is_translated(path: Path) -> None:
    assert review(path).wrong == ()


@pytest.mark.parametrize("path", _CATALOGUES, ids=lambda path: path.stem)
def test_bringing_it_up_to_date_changes_no_translation(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / path.name
    copy.write_bytes(path.read_bytes())
    update(copy)
    assert _told(copy) == _told(path)
    assert not update(copy)


def test_texts_are_taken_from_python_and_from_templates() -> None:
    said = extract_texts()
    assert said.get("The page") is not None
    assert said.get("Contents") is not None
    assert said.get("sixth", "entry") is not None


def test_no_context_is_taken_for_a_text() -> None:
    assert {"entry", "key", "button"} & {message.context for message in extract_texts()}
    assert extract_texts().get("key") is None


def test_new_texts_are_to_be_translated(begun: Path) -> None:
    assert "“The page” is not translated" in review(begun).wrong


def test_translation_stays_when_the_catalogue_is_brought_up_to_date(begun: Path) -> None:
    _say(begun, "Contents", "Índice")
    update(begun)
    assert 'msgstr "Índice"' in _known(begun)
    assert "“Contents” is not translated" not in review(begun).wrong


def test_nothing_changes_the_second_time(begun: Path) -> None:
    assert not update(begun)


def test_other_braces_are_found(begun: Path) -> None:
    _say(begun, "The page “{title}”", "La página «{titulo}»")
    assert any("has other braces than" in fault for fault in review(begun).wrong)


def test_fuzzy_translation_is_found(begun: Path) -> None:
    _say(begun, "Contents", "Índice")
    marked = _known(begun).replace('msgid "Contents"', '#, fuzzy\nmsgid "Contents"')
    begun.write_text(marked, encoding="utf-8")
    assert "“Contents” is marked as fuzzy: see whether it is right" in review(begun).wrong
    update(begun)
    assert "“Contents” is marked as fuzzy: see whether it is right" in review(begun).wrong


def test_missing_text_is_found(begun: Path) -> None:
    begun.write_text(
        _known(begun).replace('msgid "Contents"', 'msgid "Contents of old"'), encoding="utf-8"
    )
    faults = review(begun).wrong
    assert "“Contents” is missing: run scripts/wording, then translate it" in faults


def test_text_that_the_code_does_not_say_stays_until_it_is_pruned(begun: Path) -> None:
    begun.write_text(_known(begun) + '\nmsgid "Ahead"\nmsgstr "Adelante"\n', encoding="utf-8")
    update(begun)
    assert review(begun).unsaid == ("Ahead",)
    update(begun, prune=True)
    assert review(begun).unsaid == ()


def test_shipped_catalogues_pass_the_check(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--check"]) == 0
    assert all(line.startswith("note: ") for line in capsys.readouterr().out.splitlines())

"""What a guide says by itself is said in its own language."""

from __future__ import annotations

import re
from gettext import NullTranslations
from html.parser import HTMLParser
from pathlib import Path

import pytest

from storycast.wording import Wording, open_wording
from storycast.wording.catalogue import extract_texts
from tests.storycast.guide.press import publish
from tests.storycast.sample import Sample

_TOLD = {"alt", "aria-label", "data-copied", "data-told", "label", "placeholder", "title"}
_UNTOLD = {"style", "script", "title"}
_SAID = re.compile(r"⟦[^⟦⟧]*⟧")
_WORDS = re.compile(r"[^\W\d_]{2,}")


class _Marked(NullTranslations):
    """Says everything in brackets, so that what it did not say is seen."""

    def gettext(self, message: str) -> str:
        return f"⟦{message}⟧"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return f"⟦{msgid1 if n == 1 else msgid2}⟧"

    def pgettext(self, context: str, message: str) -> str:  # noqa: ARG002 - gettext's signature
        return f"⟦{message}⟧"


class _Reader(HTMLParser):
    """Reads what a page says to its reader: texts, and attributes that are read out or shown."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.told: list[str] = []
        self._inside = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside = tag
        spoken = [(name, value) for name, value in attrs if name in _TOLD]
        self.told += [value for _, value in spoken if value]

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 - the parser's signature
        self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside not in _UNTOLD:
            self.told.append(data)


def _without_said(text: str) -> str:
    """``text`` without what the program says, and what it says that in."""
    before = ""
    while before != text:
        before, text = text, _SAID.sub(" ", text)
    return text


def _own_words(sample: Sample) -> set[str]:
    written = sample.take.model_dump_json() + sample.track.model_dump_json()
    written += sample.timeline.model_dump_json() + sample.take.browser.name.capitalize()
    return set(_WORDS.findall(written))


@pytest.mark.parametrize("form", ["guide.html", "guide.md"])
def test_all_that_a_guide_says_by_itself_is_marked(
    form: str, sample: Sample, tmp_path: Path
) -> None:
    publish(sample, tmp_path / "guide", wording=Wording("en", _Marked()))
    text = (tmp_path / "guide" / form).read_text(encoding="utf-8")
    told = "\n".join(_Reader(text).told) if form.endswith("html") else _without_addresses(text)
    assert "⟦" in told
    assert set(_WORDS.findall(_without_said(told))) - _own_words(sample) == set()


def _without_addresses(markdown: str) -> str:
    return re.sub(r"\]\([^)]*\)", "]", markdown)


@pytest.mark.parametrize("language", ["fr", "de", "ar"])
def test_no_text_is_left_in_english(language: str, sample: Sample, tmp_path: Path) -> None:
    wording = open_wording(language)
    texts = [message.id for message in extract_texts() if message.id and not message.context]
    english = {text for text in texts if isinstance(text, str) and wording.gettext(text) != text}
    told = {text.strip() for text in _Reader(_page(sample, tmp_path, wording)).told}
    assert told & english == set()
    assert told & {wording.gettext(text) for text in english}


@pytest.mark.parametrize(("language", "direction"), [("ar", "rtl"), ("fr", "ltr")])
def test_page_is_written_in_the_direction_of_its_language(
    language: str, direction: str, sample: Sample, tmp_path: Path
) -> None:
    page = _page(sample, tmp_path, open_wording(language))
    assert re.search(rf'<html [^>]*dir="{direction}"', page)


def _page(sample: Sample, folder: Path, wording: Wording) -> str:
    publish(sample, folder / "guide", wording=wording)
    return (folder / "guide" / "guide.html").read_text(encoding="utf-8")

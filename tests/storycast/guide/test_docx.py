from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from tests.storycast.guide.press import publish
from tests.storycast.sample import Sample

_STYLE = re.compile(r'<w:pStyle w:val="(\w+)"')


def _read(folder: Path, part: str) -> str:
    with zipfile.ZipFile(folder / "guide.docx") as document:
        return document.read(part).decode()


def _paragraphs(folder: Path) -> Iterator[tuple[str, str]]:
    """Each paragraph's style and source."""
    for source in re.findall(r"<w:p>.*?</w:p>", _read(folder, "word/document.xml"), re.DOTALL):
        found = _STYLE.search(source)
        yield found[1] if found else "", source


def test_document_says_its_title(sample: Sample, tmp_path: Path) -> None:
    take = sample.take.model_copy(update={"title": "Salt & pepper <3"})
    publish(replace(sample, take=take), tmp_path, forms=("docx",))
    assert "<dc:title>Salt &amp; pepper &lt;3</dc:title>" in _read(tmp_path, "docProps/core.xml")


def test_picture_stays_with_its_caption_and_the_words_before_it(
    sample: Sample, tmp_path: Path
) -> None:
    first, second, third = sample.take.steps
    both = second.model_copy(update={"actions": (*second.actions, *third.actions)})
    take = sample.take.model_copy(update={"steps": (first, both, third)})
    publish(replace(sample, take=take), tmp_path, forms=("docx",))
    paragraphs = list(_paragraphs(tmp_path))
    styles = [style for style, _ in paragraphs]
    pictures = [place for place, (_, source) in enumerate(paragraphs) if "<w:drawing>" in source]
    assert pictures
    captioned = [styles[place + 1] for place in pictures if styles[place] == "CaptionedFigure"]
    assert set(captioned) == {"ImageCaption"}
    for place in pictures:
        style, before = paragraphs[place - 1]
        assert style.startswith("Heading") or "<w:keepNext />" in before or "drawing" in before


def test_latin_names_keep_their_signs_in_a_document_from_right_to_left(
    sample: Sample, tmp_path: Path
) -> None:
    steps = [step.model_copy(update={"prose": "اختر **Rename…**."}) for step in sample.take.steps]
    take = sample.take.model_copy(update={"language": "ar", "steps": tuple(steps)})
    publish(replace(sample, take=take), tmp_path, forms=("docx",))
    runs = re.findall(r"<w:r>.*?</w:r>", _read(tmp_path, "word/document.xml"), re.DOTALL)
    name = next(place for place, run in enumerate(runs) if "Rename…" in run)
    assert "<w:rtl />" not in runs[name]
    assert all("\u200e" in "".join(runs[place]) for place in (name - 1, name + 1))

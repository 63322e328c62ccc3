from __future__ import annotations

import json
import re
import sys
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from importlib.metadata import EntryPoint
from pathlib import Path
from xml.etree.ElementTree import Element, fromstring

import pytest
from PIL import Image

from storycast.errors import StorycastError
from storycast.guide.card import read_card
from storycast.guide.forms import Material, choose_forms, open_forms, register
from storycast.guide.forms.ouxml_prose import add_prose
from storycast.guide.forms.place import require_places
from tests.storycast.guide.audit import Audit
from tests.storycast.guide.press import publish
from tests.storycast.sample import Sample

_FORMS = ("html", "markdown", "myst", "checklist", "animation", "ouxml", "docx", "pdf")


@pytest.fixture(autouse=True)
def _forget_forms() -> Iterator[None]:
    """What is installed is looked for anew."""
    register.find_entries.cache_clear()
    yield
    register.find_entries.cache_clear()


@pytest.fixture(scope="module")
def everything(sample: Sample, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the sample is published in all forms that need no storyboard."""
    folder = tmp_path_factory.mktemp("everything")
    publish(sample, folder, forms=_FORMS)
    return folder


def test_same_input_gives_the_same_bytes_in_every_form(
    sample: Sample, everything: Path, tmp_path: Path
) -> None:
    written = publish(sample, tmp_path, forms=_FORMS)
    assert len(written) > len(_FORMS)
    for path in written:
        assert path.read_bytes() == (everything / path.relative_to(tmp_path)).read_bytes(), path


def test_card_tells_of_every_form(everything: Path) -> None:
    card = read_card(everything)
    assert set(card.forms) == set(_FORMS)
    assert all((everything / path).is_file() for path in card.forms.values())
    page = Audit((everything / "guide.html").read_text("utf-8"))
    anchors = {passage.anchor for passage in card.passages} - {""}
    assert anchors
    assert anchors <= {values["id"] for _, values in page.elements if "id" in values}
    assert card.steps == len([name for name in anchors if name.startswith("step-")])
    assert all("<" not in passage.text for passage in card.passages)


def test_pdf_is_tagged_and_has_an_outline_and_no_time(everything: Path) -> None:
    pdf = (everything / "guide.pdf").read_bytes()
    assert pdf.startswith(b"%PDF-")
    assert b"/Marked true" in pdf
    assert b"/Outlines" in pdf
    assert b"/Lang (en)" in pdf
    assert pdf.count(b"/S /Figure") == pdf.count(b"/Alt ") > 0
    assert re.search(rb"/Title\s*\(Step 1 of \d+: ", pdf)
    assert b"(D:19800101000000+00'00')" in pdf


def test_document_holds_pictures_with_their_alt_texts(everything: Path) -> None:
    with zipfile.ZipFile(everything / "guide.docx") as document:
        text = document.read("word/document.xml").decode()
        pictures = [name for name in document.namelist() if name.startswith("word/media/")]
        assert {info.date_time for info in document.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    markdown = (everything / "guide.md").read_text("utf-8")
    assert pictures
    assert text.count("<pic:pic") == markdown.count("![")
    assert 'descr="The page' in text


def test_checklist_has_a_box_for_each_step_and_no_pictures(everything: Path) -> None:
    page = Audit((everything / "checklist.html").read_text("utf-8"))
    assert len(page.every("input")) == read_card(everything).steps
    assert not page.every("img")
    assert not page.every("script")


def test_animations_move_and_are_small(everything: Path) -> None:
    animations = sorted((everything / "animations").iterdir())
    assert len(animations) == read_card(everything).steps
    for path in animations:
        assert path.stat().st_size < 300_000
        with Image.open(path) as animation:
            assert animation.width == 800
    with Image.open(animations[-1]) as last:
        assert getattr(last, "n_frames", 1) > 1


def test_myst_has_a_figure_for_each_picture(everything: Path) -> None:
    myst = (everything / "guide.myst.md").read_text("utf-8")
    assert myst.count("```{figure} pictures/") == (everything / "guide.md").read_text().count("![")
    assert myst.count("\n:alt: ") == myst.count("```{figure}")


def _course(folder: Path) -> Element:
    return fromstring((folder / "guide.xml").read_bytes())  # noqa: S314 - ours


def test_course_has_the_elements_of_the_format_in_their_order(everything: Path) -> None:
    item = _course(everything)
    assert (item.tag, item.get("SchemaVersion")) == ("Item", "2.0")
    order = ["CourseCode", "CourseTitle", "ItemID", "ItemTitle", "Unit"]
    assert [child.tag for child in item] == order
    sessions = item.findall("Unit/Session")
    assert sessions
    assert all(session[0].tag == "Title" for session in sessions)
    assert len(item.findall(".//Section")) == read_card(everything).steps
    for figure in item.iter("Figure"):
        tags = [child.tag for child in figure if child.tag != "Caption"]
        assert tags == ["Image", "Alternative", "Description"]
        assert (everything / figure[0].attrib["src"]).is_file()
    (film,) = item.iter("MediaContent")
    assert (film.get("type"), film.get("src")) == ("video", "film.mp4")
    identities = [element.attrib["id"] for element in item.iter() if "id" in element.attrib]
    assert len(identities) == len(set(identities))


def test_prose_becomes_elements_of_the_course() -> None:
    section = Element("Section")
    add_prose(
        section,
        "Select **A & B** or `<b>`.\n\n1. One\n   - in it\n2. Two\n\n```\na < b\nc\n```\n\n"
        "> Say\n\n"
        "| A | B |\n|---|---|\n| 1 | 2 |\n\n### Head\n\n[here](https://example.org)",
    )
    names = [child.tag for child in section]
    assert names == [
        "Paragraph", "NumberedList", "ProgramListing", "Quote", "Table", "Paragraph", "Paragraph",
    ]  # fmt: skip
    paragraph = section[0]
    assert [(child.tag, child.text) for child in paragraph] == [
        ("b", "A & B"), ("ComputerCode", "<b>"),
    ]  # fmt: skip
    first, second = section[1]
    assert first.findtext("Paragraph", "").strip() == "One"
    assert first.findtext("BulletedSubsidiaryList/SubListItem/Paragraph") == "in it"
    assert second.findtext("Paragraph") == "Two"
    assert [line.tail for line in section[2].iter("br")] == ["c"]
    assert [cell.text for cell in section[4].iter("td")] == ["1", "2"]
    (link,) = section[6]
    assert link.get("href") == "https://example.org"


def _make_leaflet(material: Material) -> Mapping[str, bytes]:
    return {"leaflet/leaflet.txt": material.guide.title.encode()}


def test_form_of_somebody_else_is_found_by_its_entry_point(
    sample: Sample, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    point = EntryPoint("leaflet", f"{__name__}:_make_leaflet", "storycast.forms")
    monkeypatch.setattr(register, "entry_points", lambda group: (point,) if group else ())
    publish(sample, tmp_path, forms=("leaflet",))
    assert (tmp_path / "leaflet" / "leaflet.txt").read_text() == sample.take.title
    assert json.loads((tmp_path / "guide.json").read_text())["forms"] == {
        "leaflet": "leaflet/leaflet.txt"
    }


def test_guide_without_a_goal_is_told_by_its_first_words(sample: Sample, tmp_path: Path) -> None:
    intro, *others = sample.take.steps
    told = intro.model_copy(
        update={
            "scene": sample.take.title,
            "actions": (),
            "prose": "You keep **notes**.\n\nIt takes a minute.",
        }
    )
    take = sample.take.model_copy(update={"steps": (told, *others)})
    publish(replace(sample, take=take), tmp_path, forms=("markdown",))
    assert json.loads((tmp_path / "guide.json").read_text())["goal"] == "You keep notes."


def _raise(material: Material) -> Mapping[str, bytes]:
    raise KeyError(material.guide.title)


def _make_text(material: Material) -> object:
    return {"leaflet.txt": material.guide.title}


@pytest.mark.parametrize(
    ("maker", "told"), [("_raise", "has failed: KeyError: "), ("_make_text", "gives no files")]
)
def test_form_that_fails_is_named_and_nothing_is_written(
    sample: Sample, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, maker: str, told: str
) -> None:
    point = EntryPoint("leaflet", f"{__name__}:{maker}", "storycast.forms")
    html = EntryPoint("html", "storycast.guide.forms.html:make_html", "storycast.forms")
    monkeypatch.setattr(register, "entry_points", lambda group: (html, point) if group else ())
    with pytest.raises(StorycastError, match=f"The form 'leaflet' {told}"):
        publish(sample, tmp_path, forms=("html", "leaflet"))
    assert not list(tmp_path.iterdir())


def test_unknown_form_is_told_with_the_nearest() -> None:
    with pytest.raises(StorycastError, match="There is no form 'pfd'") as raised:
        choose_forms(("html",), ("pfd",))
    assert raised.value.hint == "Did you mean 'pdf'?"


def test_all_are_all_and_each_is_there_once() -> None:
    chosen = choose_forms(("pdf", "html"), ("all", "html"))
    assert chosen[:2] == ("pdf", "html")
    assert set(chosen) == {*_FORMS, "notebook"}
    assert len(chosen) == len(set(chosen))


def test_form_that_cannot_be_loaded_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    point = EntryPoint("leaflet", "nowhere.at.all:make", "storycast.forms")
    monkeypatch.setattr(register, "entry_points", lambda group: (point,) if group else ())
    with pytest.raises(StorycastError, match="'leaflet' cannot be loaded"):
        open_forms(("leaflet",))


@pytest.mark.parametrize(
    "path",
    [
        "../guide.html", "/etc/passwd", "a/../../b", "", ".", "..", "a//b", ".work/x", "a\\b",
        "c:x", "take/take.json", "Track", "film.mp4", "provenance.json", "guide.json",
        "captions.en.vtt", "fr/guide.html", "pt-BR/x", "a\nb", "dot.", "GUIDE.JSON",
    ],
)  # fmt: skip
def test_form_may_write_nowhere_else(path: str) -> None:
    with pytest.raises(StorycastError, match="The form 'leaflet' may not write"):
        require_places({"leaflet": {path: b""}})


def test_forms_share_a_file_only_where_it_is_the_same() -> None:
    same = {name: {"pictures/x.png": b"1"} for name in "ab"}
    assert require_places(same) == {"pictures/x.png": b"1"}
    with pytest.raises(StorycastError, match="something else"):
        require_places({**same, "c": {"pictures/x.png": b"2"}})


def test_document_without_pandoc_names_the_extra(
    sample: Sample, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pypandoc", None)
    with pytest.raises(StorycastError, match="needs pandoc") as raised:
        publish(sample, tmp_path, forms=("html", "docx"))
    assert "storycast[docx]" in raised.value.hint
    assert not list(tmp_path.iterdir())


def test_title_that_leads_elsewhere_stays_in_the_folder(sample: Sample, tmp_path: Path) -> None:
    take = sample.take.model_copy(update={"title": "../../x", "storyboard": "../../y"})
    away = replace(sample, take=take)
    for path in publish(away, tmp_path / "a" / "b", forms=_FORMS):
        assert path.resolve().is_relative_to(tmp_path / "a" / "b")
    assert {path.name for path in tmp_path.iterdir()} == {"a"}
    assert (tmp_path / "a" / "b" / "transcript.txt").read_text().startswith("../../x\n")


def test_documents_show_pictures_no_larger_than_a_screen_does(everything: Path) -> None:
    told = (everything / "guide.myst.md").read_text("utf-8")
    widths = [int(width) for width in re.findall(r"^:width: (\d+)px$", told, re.MULTILINE)]
    assert widths
    item = fromstring((everything / "guide.xml").read_bytes())  # noqa: S314 - ours
    assert [int(image.get("width", "")) for image in item.iter("Image")] == widths
    with zipfile.ZipFile(everything / "guide.docx") as document:
        body = document.read("word/document.xml").decode()
    shown = [int(width) / 9525 for width in re.findall(r'<wp:extent cx="(\d+)"', body)]
    assert len(shown) == len(widths)
    assert all(one <= width + 1 for one, width in zip(shown, widths, strict=True))


def test_formula_is_an_equation_in_a_document(sample: Sample, tmp_path: Path) -> None:
    first, *others = sample.take.steps
    first = first.model_copy(update={"prose": "Of $a^2$ there is:\n\n- [ ] one[^1]\n\n[^1]: x"})
    steps = (first, *others)
    take = sample.take.model_copy(update={"title": "From $a to $b", "steps": steps})
    publish(replace(sample, take=take), tmp_path, forms=("docx",))
    with zipfile.ZipFile(tmp_path / "guide.docx") as document:
        body = document.read("word/document.xml").decode()
    assert body.count("<m:oMath>") == 1
    assert "From $a to $b" in body
    assert "<w:footnoteReference" in body


def test_course_holds_breaks_tasks_footnotes_and_formulas() -> None:
    section = Element("Section")
    add_prose(section, "One\\\ntwo $a^2$[^1].\n\n- [ ] task\n\n$$b$$\n\n[^1]: the note\n")
    paragraph = section[0]
    assert [child.tag for child in paragraph] == ["br", "InlineEquation"]
    assert "".join(paragraph.itertext()) == "One\ntwo a2[1]."
    assert section.find("Equation/MathML/math") is not None
    assert "☐ task" in "".join(section.itertext())
    assert "the note" in "".join(section.itertext())

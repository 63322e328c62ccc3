"""The guide as OU-XML, the Open University's format of courses.

Its elements and their order are those of the schema ``OUIntermediateSchema.xsd``, version 2.0.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.etree.ElementTree import Element, SubElement, tostring

from storycast.clock import tell_time
from storycast.guide.enclosure import data_pictures
from storycast.guide.forms.form import PICTURES, Material
from storycast.guide.forms.ouxml_prose import add_prose
from storycast.guide.model import Entry, Figure, Guide, GuideStep, Scene
from storycast.guide.words import tell_doers, tell_times
from storycast.wording import Wording

__all__ = ["make_ouxml"]

_NEVER = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML may hold."""

_HOLDERS = {
    "Item", "Unit", "Session", "Section", "Figure", "MediaContent", "Transcript", "Description",
    "BulletedList", "NumberedList", "ListItem", "Table", "tbody", "tr", "Quote",
}  # fmt: skip


def make_ouxml(material: Material) -> Mapping[str, bytes]:
    """``guide.xml`` and its pictures; the film lies beside it."""
    guide, wording = material.guide, material.wording
    item = Element("Item", TextType="CompleteItem", SchemaVersion="2.0", id=_identity(guide))
    item.set("xml:lang", guide.language)
    for name, text in (
        ("CourseCode", guide.about.storyboard),
        ("CourseTitle", guide.title),
        ("ItemID", guide.about.storyboard),
        ("ItemTitle", guide.title),
    ):
        _add(item, name, text)
    unit = SubElement(item, "Unit")
    _add(unit, "UnitID", guide.about.storyboard)
    _add(unit, "UnitTitle", guide.title)
    _add_opening(unit, material)
    for scene in guide.scenes:
        _add_scene(unit, scene, material)
    if guide.outcome:
        _add_prose_session(unit, wording.gettext("What you have at the end"), guide.outcome)
    _indent(_cleaned(item))
    told = tostring(item, encoding="utf-8", xml_declaration=True).decode()
    text, enclosed = data_pictures(f"{told}\n", PICTURES)
    return {"guide.xml": text.encode(), **material.picture_files, **enclosed}


def _add_opening(unit: Element, material: Material) -> None:
    """What is read before the first scene, and the film."""
    guide, wording = material.guide, material.wording
    if not (guide.goal or guide.needs or guide.introduction or material.film):
        return
    session = _add_session(unit, "introduction", wording.gettext("Introduction"))
    add_prose(session, guide.goal)
    if guide.needs:
        _add(session, "Paragraph", _labelled(wording.gettext("What you need"), wording))
        needs = SubElement(session, "BulletedList")
        for need in guide.needs:
            add_prose(SubElement(needs, "ListItem"), need)
    for step in guide.introduction:
        _add_body(session, step, material)
    if material.film:
        _add_film(session, material.film.name, guide, wording)


def _add_scene(unit: Element, scene: Scene, material: Material) -> None:
    session = _add_session(unit, scene.anchor, scene.title)
    for step in scene.steps:
        if step.number is None and not step.title:
            _add_body(session, step, material)
            continue
        section = SubElement(session, "Section", {"id": step.anchor} if step.anchor else {})
        _add(section, "Title", _heading(step, material.wording))
        _add_body(section, step, material)


def _heading(step: GuideStep, wording: Wording) -> str:
    if step.number is None:
        return step.title
    if not step.title:
        return wording.gettext("Step {number}").format(number=step.number)
    return wording.gettext("Step {number}: {title}").format(number=step.number, title=step.title)


def _add_body(parent: Element, step: GuideStep, material: Material) -> None:
    if step.people:
        _add(_add(parent, "Paragraph", ""), "b", tell_doers(step.people, material.wording))
    add_prose(parent, step.prose)
    if step.entries:
        entries = SubElement(parent, "NumberedList")
        for entry in step.entries:
            _add_entry(SubElement(entries, "ListItem"), entry, material.wording)
    for figure in step.figures:
        _add_figure(parent, figure, material)


def _add_entry(item: Element, entry: Entry, wording: Wording) -> None:
    label = _labelled(entry.label, wording)
    paragraph = _add(item, "Paragraph", f"{label} ")
    texts = entry.keys or ((entry.text,) if entry.literal else ())
    for place, text in enumerate(texts):
        code = _add(paragraph, "ComputerCode", text)
        code.tail = " + " if place + 1 < len(texts) else ""
    if not texts:
        paragraph.text = f"{label} {entry.text}"
    if entry.times > 1:
        times = tell_times(entry.times, wording)
        last = paragraph[-1] if len(paragraph) else None
        if last is None:
            paragraph.text = f"{paragraph.text} ({times})"
        else:
            last.tail = f" ({times})"


def _labelled(label: str, wording: Wording) -> str:
    return wording.gettext("{label}:").format(label=label)


def _add_figure(parent: Element, figure: Figure, material: Material) -> None:
    shown = SubElement(parent, "Figure", id=figure.anchor)
    width, height = map(str, material.pictures[figure].size)
    SubElement(shown, "Image", src=material.picture_paths[figure], width=width, height=height)
    if figure.caption:
        _add(shown, "Caption", figure.caption)
    _add(shown, "Alternative", figure.alt)
    described = SubElement(shown, "Description")
    _add(described, "Paragraph", figure.alt)


def _add_film(parent: Element, name: str, guide: Guide, wording: Wording) -> None:
    width, height = map(str, guide.viewport)
    film = SubElement(
        parent, "MediaContent", type="video", src=name, width=width, height=height, id="film"
    )
    _add(film, "Caption", wording.gettext("Film"))
    if guide.transcript:
        transcript = SubElement(film, "Transcript")
        for speech in guide.transcript:
            heading = _add(transcript, "Paragraph", "")
            _add(heading, "b", speech.title)
            for line in speech.lines:
                _add(transcript, "Paragraph", f"[{tell_time(line.at_ms)}] {line.text}")


def _add_prose_session(unit: Element, title: str, prose: str) -> None:
    add_prose(_add_session(unit, "outcome", title), prose)


def _add_session(unit: Element, name: str, title: str) -> Element:
    session = SubElement(unit, "Session", id=name)
    _add(session, "Title", title)
    return session


def _add(parent: Element, name: str, text: str) -> Element:
    child = SubElement(parent, name)
    child.text = text
    return child


def _indent(element: Element, depth: int = 1) -> None:
    """A line for each element that holds no text; what holds some stays as it is."""
    if element.tag not in _HOLDERS or not len(element):
        return
    element.text = "\n" + " " * depth
    for child in element:
        _indent(child, depth + 1)
        child.tail = "\n" + " " * depth
    element[-1].tail = "\n" + " " * (depth - 1)


def _identity(guide: Guide) -> str:
    return f"X_{re.sub(r'[^A-Za-z0-9]+', '-', guide.about.storyboard)}"


def _cleaned(item: Element) -> Element:
    """``item`` without the characters that would make it no XML."""
    for element in item.iter():
        element.text = element.text and _NEVER.sub("", element.text)
        element.tail = element.tail and _NEVER.sub("", element.tail)
        for name, value in element.items():
            element.set(name, _NEVER.sub("", value))
    return item

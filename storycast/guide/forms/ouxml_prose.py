"""The prose of a step as elements of OU-XML."""

from __future__ import annotations

from copy import deepcopy
from xml.etree.ElementTree import Element, SubElement

from storycast.guide.forms.html_tree import parse_html
from storycast.guide.prose import render_prose

__all__ = ["add_prose"]

_INLINES = {"strong": "b", "em": "i", "a": "a", "code": "ComputerCode", "kbd": "b", "br": "br"}
_LISTS = {"ul": "BulletedList", "ol": "NumberedList"}
_LISTS_INSIDE = {"ul": "BulletedSubsidiaryList", "ol": "NumberedSubsidiaryList"}


def add_prose(parent: Element, markdown: str) -> None:
    """Add what ``markdown`` says to ``parent``: paragraphs, lists, listings, tables, formulas."""
    for block in parse_html(render_prose(markdown)):
        _add_block(parent, block)


def _add_block(parent: Element, block: Element) -> None:
    if block.tag in _LISTS:
        _add_list(parent, block, _LISTS[block.tag], "ListItem")
    elif block.tag == "pre":
        _add_listing(SubElement(SubElement(parent, "ProgramListing"), "Paragraph"), block)
    elif block.tag == "math":
        _add_formula(SubElement(parent, "Equation"), block)
    elif block.tag == "table":
        _add_table(SubElement(parent, "Table"), block)
    elif block.tag == "blockquote":
        quote = SubElement(parent, "Quote")
        for inner in block:
            _add_block(quote, inner)
    elif block.tag == "p":
        paragraph = SubElement(parent, "Paragraph")
        heading = block.get("class") == "heading"
        _add_inlines(SubElement(paragraph, "b") if heading else paragraph, block)
        if not (len(paragraph) or (paragraph.text or "").strip()):
            parent.remove(paragraph)
        for picture in filter(_is_enclosed, block.iter("img")):
            _add_picture(SubElement(parent, "Figure"), picture)
    elif len(block) or block.text:
        for inner in block:
            _add_block(parent, inner)


def _add_list(parent: Element, block: Element, name: str, item_name: str) -> None:
    """A list, and one inside of it; a third inside of that has no element: it is paragraphs."""
    entries = SubElement(parent, name)
    if start := block.get("start"):
        entries.set("start", start)
    for item in block:
        entry = SubElement(entries, item_name)
        blocks = [inner for inner in item if inner.tag in {"p", "pre", *_LISTS}]
        if (item.text or "").strip() or item[:1] != blocks[:1]:  # text that is in no paragraph
            _add_inlines(SubElement(entry, "Paragraph"), item)
        for inner in blocks:
            if inner.tag in _LISTS and item_name == "ListItem":
                _add_list(entry, inner, _LISTS_INSIDE[inner.tag], "SubListItem")
            elif inner.tag in _LISTS:
                for line in inner:
                    _add_inlines(SubElement(entry, "Paragraph"), line)
            elif inner.tag == "pre" and item_name == "ListItem":
                _add_block(entry, inner)
            else:
                _add_inlines(SubElement(entry, "Paragraph"), inner)


def _add_listing(paragraph: Element, block: Element) -> None:
    lines = "".join(block.itertext()).rstrip("\n").split("\n")
    paragraph.text = lines[0]
    for line in lines[1:]:
        SubElement(paragraph, "br").tail = line


def _add_formula(parent: Element, math: Element) -> None:
    formula = deepcopy(math)
    formula.tail = None
    SubElement(parent, "MathML").append(formula)


def _is_enclosed(element: Element) -> bool:
    """Whether it is a picture that the prose brings along; of others it has the text."""
    return element.tag == "img" and element.get("src", "").startswith("data:")


def _add_picture(figure: Element, picture: Element) -> None:
    SubElement(figure, "Image", src=picture.get("src", ""))
    SubElement(figure, "Alternative").text = picture.get("alt", "")


def _add_table(table: Element, block: Element) -> None:
    SubElement(table, "TableHead")
    body = SubElement(table, "tbody")
    for row in block.iter("tr"):
        line = SubElement(body, "tr")
        for cell in row:
            _add_inlines(SubElement(line, cell.tag), cell)


def _add_inlines(goal: Element, source: Element) -> None:
    """Add text and inline elements of ``source`` up to its first list.

    What has no element of its own is its text.
    """
    _say(goal, source.text)
    for inner in source:
        if inner.tag in _LISTS:
            break
        name = _INLINES.get(inner.tag)
        if inner.tag == "a" and inner.get("href", "").startswith("#"):
            name = None  # a footnote's; the course has other anchors
        if inner.tag == "math":
            _add_formula(SubElement(goal, "InlineEquation"), inner)
        elif _is_enclosed(inner):
            pass  # a figure of its own
        elif name is None:
            _say(goal, inner.get("alt"))
            _add_inlines(goal, inner)
        else:
            child = SubElement(goal, name)
            if inner.tag == "a":
                child.set("href", inner.get("href", ""))
            _add_inlines(child, inner)
        _say(goal, inner.tail)


def _say(goal: Element, text: str | None) -> None:
    if not text:
        return
    if len(goal):
        goal[-1].tail = (goal[-1].tail or "") + text
    else:
        goal.text = (goal.text or "") + text

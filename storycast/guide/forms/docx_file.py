"""What pandoc leaves out of a Word document: its title, and what belongs on one page."""

from __future__ import annotations

import io
import re
import zipfile
from html import escape

__all__ = ["finish"]

_PARAGRAPH = re.compile(r"<w:p>.*?</w:p>", re.DOTALL)
_BEGINNING = re.compile(r'<w:p>(?:<w:pPr>(?:<w:pStyle w:val="(\w+)" ?/>)?)?')
_MOST_LINES = 6  # paragraphs before a picture that go with it; a page has to hold them all


def finish(docx: bytes, title: str) -> bytes:
    """``docx`` with its title, each picture on the page of the words before it."""
    finished = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(docx)) as old,
        zipfile.ZipFile(finished, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename == "docProps/core.xml":
                told = f"<dc:title>{escape(title, quote=False)}</dc:title>".encode()
                content = content.replace(b"<dc:title></dc:title>", told)
            elif entry.filename == "word/document.xml":
                content = _keep_together(content.decode()).encode()
            new.writestr(entry, content)
    return finished.getvalue()


def _keep_together(document: str) -> str:
    """``document`` with what comes before a picture, up to its heading, kept with it."""
    paragraphs = [(*found.span(), found[0]) for found in _PARAGRAPH.finditer(document)]
    left, end = 0, len(document)
    parts: list[str] = []
    for start, stop, text in reversed(paragraphs):
        parts.append(document[stop:end])
        end = start
        beginning = _BEGINNING.match(text)
        style = (beginning and beginning[1]) or ""
        if "<w:drawing>" in text:
            left = _MOST_LINES
        elif style == "ImageCaption" or style.startswith("Heading"):
            left = 0
        elif left:
            left -= 1
            parts.append(_kept(text, style))
            continue
        parts.append(text)
    parts.append(document[:end])
    return "".join(reversed(parts))


def _kept(paragraph: str, style: str) -> str:
    """``paragraph`` on the page of the next; the element comes right after the style (17.3.1)."""
    told = f'<w:pStyle w:val="{style}" />' if style else ""
    if paragraph.startswith("<w:p><w:pPr>"):
        return _BEGINNING.sub(f"<w:p><w:pPr>{told}<w:keepNext />", paragraph, count=1)
    return paragraph.replace("<w:p>", "<w:p><w:pPr><w:keepNext /></w:pPr>", 1)

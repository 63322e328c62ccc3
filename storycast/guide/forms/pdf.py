"""The page as PDF: what the browser prints of it, tagged, with an outline."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from storycast.guide.forms.form import Material
from storycast.guide.page import render_page

__all__ = ["make_pdf"]

_DATE = re.compile(rb"/(CreationDate|ModDate) \(D:[^)]*\)")
_SOME_DAY = date(1980, 1, 1)


def make_pdf(material: Material) -> Mapping[str, bytes]:
    """``guide.pdf``. Raises `recorder.BrowserError` where there is no browser to print it."""
    from recorder.printer import open_printer  # noqa: PLC0415 - other forms need no browser

    guide = material.guide
    with open_printer() as print_page:
        page = render_page(
            guide, None, pictures=material.pictures, wording=material.wording, on_paper=True
        )
        printed = print_page(page)
    return {"guide.pdf": _pinned(printed, guide.about.filmed_on or _SOME_DAY)}


def _pinned(pdf: bytes, day: date) -> bytes:
    """``pdf`` as if it were made on ``day``; the date is as long as before, so nothing moves."""

    def pin(found: re.Match[bytes]) -> bytes:
        told = f"/{found[1].decode()} (D:{day:%Y%m%d}000000+00'00')".encode()
        return told if len(told) == len(found[0]) else found[0]

    return _DATE.sub(pin, pdf)

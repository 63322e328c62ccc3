"""The sanitiser: HTML that a storyboard's author may write, without what could run or reach out."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import nh3

__all__ = ["sanitise", "sanitise_tag"]

_MATH = {
    "math", "menclose", "merror", "mfrac", "mi", "mmultiscripts", "mn", "mo", "mover", "mpadded",
    "mphantom", "mroot", "mrow", "ms", "mspace", "msqrt", "mstyle", "msub", "msubsup", "msup",
    "mtable", "mtd", "mtext", "mtr", "munder", "munderover",
}  # fmt: skip
_MATH_ATTRIBUTES = {"display", "fence", "form", "lspace", "rspace", "stretchy"}
_MORE = {"section"}
_CLASSES = {
    "center", "footnote-backref", "footnote-ref", "footnotes", "footnotes-list", "footnotes-sep",
    "heading", "keys", "note", "right", "table",
}  # fmt: skip


def sanitise(html: str) -> str:
    """``html`` with harmless elements and attributes alone, by the lists of ammonia.

    There is no script, style, frame, form or event handler; links lead to web and mail addresses
    and to places in the page; pictures are inside the page.
    """
    return _cleaner().clean(html)


def sanitise_tag(tag: str) -> str:
    """``tag``, which opens or closes an element, as `sanitise` leaves it; "" where that is nothing.

    What it opens stays open, for what is inside may be Markdown.
    """
    name = tag.strip("</>").split()[0].rstrip("/") if tag.strip("</> ") else ""
    if tag.startswith("</"):
        closed = f"</{name.lower()}>"
        return closed if closed in sanitise(f"<{name}></{name}>") else ""
    return sanitise(tag).removesuffix(f"</{name.lower()}>")


@cache
def _cleaner() -> nh3.Cleaner:
    import nh3  # noqa: PLC0415 - few storyboards allow HTML

    attributes = {name: set(allowed) for name, allowed in nh3.ALLOWED_ATTRIBUTES.items()}
    attributes |= {name: set(_MATH_ATTRIBUTES) for name in _MATH}
    attributes["*"] = {"class", "dir", "id", "lang", "role", "title"}
    attributes["div"] = {"tabindex"}
    return nh3.Cleaner(
        tags=nh3.ALLOWED_TAGS | _MATH | _MORE,
        attributes=attributes,
        attribute_filter=_filter,
        url_schemes={"data", "http", "https", "mailto"},
        link_rel="noreferrer",
    )


def _filter(tag: str, name: str, value: str) -> str | None:
    """Keep only names and classes of ours; pictures from the page, links that lead out of it."""
    if name == "class":
        return " ".join(word for word in value.split() if word in _CLASSES) or None
    if name == "id":
        return value if value.startswith(("fn-", "fnref-")) else None
    if name == "tabindex":
        return value if value == "0" else None
    if name == "role":
        return value if value == "note" else None
    if name in ("src", "href", "cite"):
        is_data = value.lstrip().lower().startswith("data:")
        return value if is_data == (tag == "img") else None
    return value

"""The tree of HTML of ours: elements that are closed, or need not be."""

from __future__ import annotations

from html.parser import HTMLParser
from xml.etree.ElementTree import Element, TreeBuilder

__all__ = ["parse_html"]

_VOID = {"br", "hr", "img", "input", "wbr"}  # HTML 13.1.2


def parse_html(html: str) -> Element:
    """What ``html`` holds, inside an element ``body``."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.tree()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._builder = TreeBuilder()
        self._builder.start("body", {})

    def tree(self) -> Element:
        self._builder.end("body")
        return self._builder.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._builder.start(tag, {name: value or "" for name, value in attrs})
        if tag in _VOID:
            self._builder.end(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in _VOID:
            self._builder.end(tag)

    def handle_data(self, data: str) -> None:
        self._builder.data(data)

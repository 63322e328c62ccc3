"""What an HTML page loads, links, and holds, read with Python's own parser."""

from __future__ import annotations

import base64
import hashlib
from html.parser import HTMLParser

__all__ = ["Audit"]

_LOADING = {"src", "srcset", "poster", "data", "background"}


class Audit(HTMLParser):
    """Reads a page: ``loads`` and ``links`` are addresses, ``elements`` all tags with attributes.

    ``sources`` are the contents of style and script elements, by tag.
    """

    def __init__(self, page: str) -> None:
        super().__init__()
        self.loads: list[str] = []
        self.links: list[str] = []
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.sources: dict[str, str] = {}
        self._inside = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what the element loads and links."""
        values = {name: value or "" for name, value in attrs}
        self.elements.append((tag, values))
        self.loads += [value for name, value in values.items() if name in _LOADING]
        if "href" in values:
            (self.loads if tag == "link" else self.links).append(values["href"])
        is_source = tag in ("style", "script") and "type" not in values
        self._inside = tag if is_source else ""

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 - the parser's signature
        """Leave a style or script."""
        self._inside = ""

    def handle_data(self, data: str) -> None:
        """Note the source of a style or script."""
        if self._inside:
            self.sources[self._inside] = self.sources.get(self._inside, "") + data

    def every(self, tag: str) -> list[dict[str, str]]:
        """The attributes of every element of this kind."""
        return [values for name, values in self.elements if name == tag]

    def hash(self, tag: str) -> str:
        """The hash that a policy must name for the page's style or script."""
        digest = hashlib.sha256(self.sources[tag].encode()).digest()
        return f"'sha256-{base64.b64encode(digest).decode()}'"

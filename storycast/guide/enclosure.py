"""Enclosures: pictures in the prose, of the notebook's own or beside it, put into the prose.

As data addresses they need nothing beside a guide, and every form that reads Markdown shows them.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import io
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from storycast.errors import StorycastError
from storycast.guide.page import data_address

if TYPE_CHECKING:
    from recorder.storyboard import Storyboard
    from recorder.take import Take

__all__ = ["Enclosures", "data_pictures"]

_PICTURE = re.compile(r"(?P<start>!\[(?:[^\[\]\\]|\\.)*\]\(\s*<?)(?P<source>[^\s()<>]+)")
_DATA = re.compile(
    r"""(?P<before>[("])data:image/(?P<kind>png|jpeg|gif|webp);base64,(?P<data>[A-Za-z0-9+/=]+)"""
)
_ATTACHMENT = "attachment:"
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
_KINDS = {"PNG": "image/png", "JPEG": "image/jpeg", "GIF": "image/gif", "WEBP": "image/webp"}


@dataclass(frozen=True)
class Enclosures:
    """The pictures that the prose of ``board`` shows."""

    board: Storyboard

    @property
    def key(self) -> str:
        """A name for all of them; another one where a picture is another one.

        Raises `StorycastError` where one is missing or cannot be read.
        """
        return hashlib.sha256(repr(self._enclosed).encode()).hexdigest()

    def enclose(self, take: Take) -> Take:
        """``take`` with its pictures in its prose; the same one where there are none.

        Pictures of other kinds than PNG, JPEG, GIF and WebP, of other sites and from outside of the
        storyboard's folder stay as they are. Raises as `key` does.
        """
        found = self._enclosed
        if not found:
            return take
        steps = tuple(
            step.model_copy(update={"prose": _replace(step.prose, found.get(step.number, {}))})
            for step in take.steps
        )
        return take.model_copy(update={"steps": steps})

    def tell(self, text: str) -> str:
        """``text`` of a cell that keeps its attachments, with pictures from beside the notebook."""
        known = {name: each for step in self._enclosed.values() for name, each in step.items()}
        beside = {name: each for name, each in known.items() if not name.startswith(_ATTACHMENT)}
        return _replace(text, beside)

    @cached_property
    def _enclosed(self) -> dict[int, Mapping[str, str]]:
        """By steps' numbers, the pictures' data addresses by how the prose calls them."""
        enclosed: dict[int, Mapping[str, str]] = {}
        for step in self.board.steps:
            known: dict[str, str] = {}
            for block in step.blocks:
                for found in _PICTURE.finditer(block.text):
                    source = found["source"]
                    content = self._read(source, block.cell, step.number)
                    address = _address(content) if content is not None else ""
                    if address:
                        known[source] = address
            if known:
                enclosed[step.number] = known
        return enclosed

    def _read(self, source: str, cell: int, step: int) -> bytes | None:
        """What ``source`` holds; None where it is no picture of this storyboard."""
        place = unquote(source)
        if place.startswith(_ATTACHMENT):
            return self._attachment(place.removeprefix(_ATTACHMENT), cell, step)
        if _SCHEME.match(place):
            return None
        folder = self.board.path.parent.resolve()
        path = (folder / place).resolve()
        if not path.is_relative_to(folder):
            return None
        try:
            return path.read_bytes()
        except OSError as error:
            raise self._missing(place, step, error.strerror or "it cannot be read") from error

    def _attachment(self, name: str, cell: int, step: int) -> bytes:
        kinds = self._attachments.get(cell, {}).get(name, {})
        data = next((each for kind, each in kinds.items() if kind.startswith("image/")), None)
        if data is None:
            raise self._missing(name, step, "the cell has no such attachment")
        try:
            return base64.b64decode("".join(data), validate=False)
        except (binascii.Error, TypeError, ValueError) as error:
            raise self._missing(name, step, "its attachment is damaged") from error

    @cached_property
    def _attachments(self) -> dict[int, dict[str, dict[str, Any]]]:
        cells = json.loads(self.board.path.read_bytes())["cells"]
        return {place: cell.get("attachments", {}) for place, cell in enumerate(cells)}

    def _missing(self, name: str, step: int, reason: str) -> StorycastError:
        return StorycastError(
            f"{self.board.path}, step {step}: the picture {name!r} in the prose is not there: "
            f"{reason[:1].lower()}{reason[1:]}.",
            "Put it beside the notebook or drag it into the cell, or take it out of the prose.",
        )


def data_pictures(text: str, folder: str) -> tuple[str, dict[str, bytes]]:
    """Markdown or XML whose enclosed pictures are files in ``folder``, and those by their paths."""
    files: dict[str, bytes] = {}

    def refer(found: re.Match[str]) -> str:
        content = base64.b64decode(found["data"])
        name = hashlib.sha256(content).hexdigest()[:16]
        path = f"{folder}/{name}.{found['kind']}"
        files[path] = content
        return f"{found['before']}{path}"

    return _DATA.sub(refer, text), files


def _replace(prose: str, known: Mapping[str, str]) -> str:
    return _PICTURE.sub(
        lambda found: found["start"] + known.get(found["source"], found["source"]), prose
    )


def _address(content: bytes) -> str:
    """``content`` as a data address; "" where it is no picture that browsers show everywhere."""
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415 - only where prose has pictures

    try:
        with Image.open(io.BytesIO(content)) as picture:
            kind = _KINDS.get(picture.format or "", "")
            picture.verify()
    except (UnidentifiedImageError, OSError, SyntaxError, Image.DecompressionBombError):
        return ""
    return data_address(kind, content) if kind else ""

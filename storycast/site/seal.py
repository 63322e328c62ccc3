"""The seal of a page: it shows that the page would be rendered just as it lies in the site."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

from pydantic import BaseModel

from storycast.cache import content_name, source_digest
from storycast.site.shelf import Volume

__all__ = ["Sealed", "digest_input", "digest_program", "make_seal"]

_MODULES = (
    "storycast.site",
    "storycast.wording",
    "storycast.clock",
    "storycast.template",
    "storycast.guide.card",
)
_LIBRARIES = ("babel", "jinja2", "markupsafe")
_TEXTS = (("storycast.site", "templates"), ("storycast.wording", "locale"))


@dataclass(frozen=True)
class Sealed:
    """The pages in the folder ``root``, with their ``seals`` by their paths from there."""

    root: Path = Path()
    seals: Mapping[str, str] = field(default_factory=dict)

    def find(self, name: str, made_of: str) -> bytes | None:
        """The page ``name`` if it was made of just that, and nobody has changed it since."""
        seal = self.seals.get(name)
        if seal is None:
            return None
        try:
            page = (self.root / name).read_bytes()
        except OSError:
            return None
        return page if make_seal(made_of, page) == seal else None


def make_seal(made_of: str, page: bytes) -> str:
    """What only this page has, made of only that."""
    return content_name(made_of, hashlib.sha256(page).hexdigest())


def digest_input(template: str, told: Mapping[str, object]) -> str:
    """A name for all that a page is made of: the program, its words, and what the page tells."""
    return content_name(digest_program(), template, json.dumps(told, default=_plain))


@cache
def digest_program() -> str:
    """A name for the program that makes pages: its modules, templates, words and libraries."""
    found = (files(package).joinpath(folder) for package, folder in _TEXTS)
    texts = (each for folder in found for each in folder.iterdir() if each.is_file())
    contents = {each.name: hashlib.sha256(each.read_bytes()).hexdigest() for each in texts}
    versions = (version(library) for library in _LIBRARIES)
    return content_name(source_digest(*_MODULES), json.dumps(contents, sort_keys=True), *versions)


def _plain(told: object) -> object:
    """What a page is told, as JSON can hold it; where a guide's folder lies is not told."""
    if isinstance(told, Volume):
        return [told.place, told.digest]
    if isinstance(told, BaseModel):
        return told.model_dump_json()
    if is_dataclass(told):
        return [getattr(told, each.name) for each in fields(told)]
    if isinstance(told, frozenset):
        return sorted(told)
    return str(told)

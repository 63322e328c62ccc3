"""Terms: how a project, and a storyboard, have words said that voices do not know."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

from pydantic import RootModel, ValidationError

from storycast.errors import StorycastError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["FILE", "read_terms"]

FILE = "lexicon.toml"
"""Beside the storyboards: a table for each language, of words and how they are said."""

_EVERY = "all"


class _Lexicon(RootModel[dict[str, dict[str, str]]]):
    pass


def read_terms(folder: Path, language: str, own: Mapping[str, str]) -> dict[str, str]:
    """Return the words that are said otherwise than they are written, and how.

    Those of ``lexicon.toml`` in ``folder`` hold for all of its storyboards; a storyboard's ``own``
    go before them. Raises `StorycastError` where one is no single word, or the file is
    damaged.
    """
    path = folder / FILE
    language = language.lower().replace("_", "-").partition("-")[0]
    tables = _read(path)
    terms = {**tables.get(_EVERY, {}), **tables.get(language, {}), **own}
    for word in terms:
        if len(word.split()) != 1:
            raise StorycastError(
                f"The lexicon has the entry {word!r}, which is not one word.",
                f"Give each word an entry of its own, in {path} or the storyboard's metadata.",
            )
    return terms


def _read(path: Path) -> dict[str, dict[str, str]]:
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise StorycastError(f"{path} cannot be read: {error}.") from error
    try:
        return _Lexicon.model_validate(tomllib.loads(text)).root
    except tomllib.TOMLDecodeError as error:
        raise StorycastError(f"{path} is no TOML file: {error}.") from error
    except ValidationError as error:
        place = ".".join(str(part) for part in error.errors()[0]["loc"])
        raise StorycastError(
            f"{path}: {place} is not a word and how it is said.",
            'Write a table for each language, such as [en], and lines such as PyPI = "pie P I".',
        ) from error

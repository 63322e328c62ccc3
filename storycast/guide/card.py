"""The card: what a library tells of a published guide, and searches in it, without opening it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from storycast.errors import StorycastError

__all__ = ["CARD", "Card", "Change", "Passage", "read_card"]

CARD = "guide.json"


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Passage(_Model):
    """A piece of the guide that can be found and led to.

    ``anchor`` is its name in ``guide.html`` (``step-3``); ``text`` is plain; ``at_ms`` is where the
    film shows it (None: it does not).
    """

    anchor: str
    title: str
    text: str
    at_ms: int | None = None


class Change(_Model):
    """What was approved of a change of the application: when, and a sentence for each change."""

    on: date
    sentences: tuple[str, ...]
    comment: str = ""


class Card(_Model):
    """What is known of one edition of a guide, published beside it as ``guide.json``.

    ``board`` is the storyboard's name, which all its editions share; ``edition`` tells one from the
    others ("" for the storyboard's own, else such as ``fr``). ``goal`` is one line, in plain text:
    the storyboard's, or what the guide begins with.
    ``filmed_on`` is the day on which the application was first found as it is shown and
    ``application`` is its version, where the stage tells it. ``film``, ``poster`` and ``forms`` (by
    their names) are paths in the guide's folder.
    """

    version: Literal[1] = 1
    board: str
    edition: str = ""
    title: str
    language: str
    spoken_language: str
    direction: Literal["ltr", "rtl"] = "ltr"
    theme: str = "light"
    goal: str = ""
    tags: tuple[str, ...] = ()
    steps: int
    film_ms: int = 0
    filmed_on: date | None = None
    application: str = ""
    browser: str = ""
    film: str = ""
    poster: str = ""
    forms: dict[str, str] = {}
    passages: tuple[Passage, ...] = ()
    transcript: tuple[tuple[int, str], ...] = ()
    changes: tuple[Change, ...] = ()


def read_card(folder: Path) -> Card:
    """The card of the guide published in ``folder``.

    Raises ``FileNotFoundError`` where there is none, `StorycastError` where it cannot be read.
    """
    path = folder / CARD
    try:
        return Card.model_validate_json(path.read_bytes())
    except ValidationError as error:
        raise StorycastError(
            f"{path} is damaged, or of another version.", "Publish again: 'storycast publish'."
        ) from error

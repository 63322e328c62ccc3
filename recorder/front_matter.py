"""Front matter: what a storyboard says in its notebook's metadata under ``storycast``."""

from __future__ import annotations

import re
from datetime import datetime
from difflib import get_close_matches
from enum import StrEnum
from typing import Annotated, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    Field,
    ValidationError,
    model_validator,
)

from recorder.fence.host import check_host
from recorder.setting import CLOSED, Pattern, explain_setting
from recorder.stage.settings import StageSettings

__all__ = [
    "COLOUR",
    "ActorSettings",
    "BrowserKind",
    "ColorScheme",
    "FilmSettings",
    "FrontMatter",
    "HighlightStyle",
    "Motion",
    "PinSettings",
    "StageSettings",
    "VoiceSettings",
    "Zoom",
    "read_front_matter",
]

COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
"""How a colour is written."""


_LEAST_PIXELS, _MOST_PIXELS = 200, 4096


def _side(pixels: int) -> int:
    if not _LEAST_PIXELS <= pixels <= _MOST_PIXELS:
        raise ValueError(
            f"{pixels} is not from {_LEAST_PIXELS} to {_MOST_PIXELS} (CSS pixels); "
            "a page that is larger is scrolled"
        )
    return pixels


_Pixels = Annotated[int, AfterValidator(_side)]


class _Model(BaseModel):
    model_config = CLOSED


class HighlightStyle(StrEnum):
    """How a target is pointed out."""

    RING = "ring"
    SPOTLIGHT = "spotlight"
    ARROW = "arrow"
    NUMBER = "number"
    NONE = "none"


class Zoom(StrEnum):
    """How near the film goes to what a step is about."""

    OFF = "off"
    CALM = "calm"
    CLOSE = "close"


class FilmSettings(_Model):
    """How the film looks.

    ``theme`` is ``light``, ``dark`` or the path of a theme file beside the storyboard; ``cards``
    shows the title and each scene's heading on a card of its own; ``end_card`` is the text of a
    card at the end (none where it is empty). ``music`` and ``click`` are files of sound beside the
    storyboard: one to be heard below the speech, one for each press of the pointer.
    """

    theme: str = "light"
    zoom: Zoom = Zoom.CALM
    highlight: HighlightStyle = HighlightStyle.RING
    cards: bool = True
    end_card: str = ""
    music: str = ""
    click: str = ""


class VoiceSettings(_Model):
    """A voice that is no engine of ours: a program, or a person.

    ``command`` is run for each sentence, never by a shell; ``{text}``, ``{path}``, ``{language}``
    and ``{rate}`` in it are filled in. ``recorded`` is a folder beside the storyboard with a file
    for each sentence; what has none is spoken by the voice ``otherwise``.
    """

    command: tuple[str, ...] = ()
    recorded: str = ""
    otherwise: str = "pyttsx3"

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if bool(self.command) == bool(self.recorded):
            raise ValueError("needs either 'command' or 'recorded'")
        return self


def _time_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        close = get_close_matches(name, available_timezones(), n=1)
        such = f"the nearest is {close[0]}" if close else "one is Europe/Berlin"
        raise ValueError(f"{name!r} is no time zone; {such}") from None
    return name


def _moment(given: object) -> object:
    """A moment as ISO 8601 writes it; pydantic would take numbers, too."""
    if given is None or isinstance(given, datetime):
        return given
    try:
        return datetime.fromisoformat(str(given))
    except ValueError:
        raise ValueError(f"{given!r} is no moment, such as 2026-05-04T09:30:00") from None


def _locale(tag: str) -> str:
    if tag and not _TAG.fullmatch(tag):
        raise ValueError(f"{tag!r} is no language tag, such as de or pt-BR")
    return tag


def _colour(text: str) -> str:
    if text and not COLOUR.fullmatch(text):
        raise ValueError(f"{text!r} is no colour, such as #1d4ed8")
    return text


_UTC = "UTC"
_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


class ColorScheme(StrEnum):
    """Which colours pages are told that their reader prefers."""

    LIGHT = "light"
    DARK = "dark"


class Motion(StrEnum):
    """How much motion pages are told that their reader prefers."""

    NO_PREFERENCE = "no-preference"
    REDUCE = "reduce"


class PinSettings(_Model):
    """What pages are told, whatever the machine that films is set to.

    ``locale`` is the application's language where it is empty. ``clock`` is when the page's clock
    starts, in ``time_zone`` unless it says another; ``random`` is what its random numbers are made
    of. Without them both are real.
    """

    time_zone: Annotated[str, AfterValidator(_time_zone)] = _UTC
    locale: Annotated[str, AfterValidator(_locale)] = ""
    color_scheme: ColorScheme = ColorScheme.LIGHT
    reduced_motion: Motion = Motion.NO_PREFERENCE
    clock: Annotated[datetime | None, BeforeValidator(_moment)] = None
    random: Annotated[int, Field(ge=0, lt=2**32, strict=True)] | None = None

    @property
    def start(self) -> datetime | None:
        """When the page's clock starts, with its time zone."""
        if self.clock is None or self.clock.tzinfo is not None:
            return self.clock
        return self.clock.replace(tzinfo=ZoneInfo(self.time_zone))


class BrowserKind(StrEnum):
    """The browsers that film."""

    CHROMIUM = "chromium"
    FIREFOX = "firefox"


class ActorSettings(_Model):
    """What readers read of an actor, and the colour of the pointer (``#rrggbb``).

    What is empty is as the code says it.
    """

    name: str = ""
    colour: Annotated[str, AfterValidator(_colour)] = ""


class FrontMatter(_Model):
    """A storyboard's settings; every key has a default.

    ``viewport`` is width and height in CSS pixels, ``scale`` the device pixels of a shot to each;
    ``masks`` are CSS selectors of areas that differ from take to take, ``text_masks`` regular
    expressions of text that does; ``hidden`` are CSS selectors of areas that nobody may see,
    ``hidden_text`` regular expressions of text that nobody may read; ``browser`` is the kind that
    films; ``hosts`` are those that may be visited besides the stage's (`recorder.fence`); ``pins``
    are what pages are told of the machine; ``lexicon`` are words and how they are said; ``voices``
    are who speaks its translations, by their languages; ``rate`` is words a minute, ``pitch`` how
    high the voice is, in percent of its own.

    ``goal`` is what the reader wants, ``needs`` what they must have before they begin, ``outcome``
    what they have at the end: sentences, in Markdown. ``actors`` tells of people by
    their keys. ``tags`` are what a library sorts by, ``forms`` the forms that the guide is
    published in; with ``raw_html`` HTML in the prose is HTML.
    """

    title: str = ""
    goal: str = ""
    needs: tuple[str, ...] = ()
    outcome: str = ""
    tags: tuple[str, ...] = ()
    forms: tuple[str, ...] = ("html", "markdown", "notebook")
    raw_html: Annotated[bool, Field(strict=True)] = False
    language: str = "en"
    voice: str | VoiceSettings = "pyttsx3"
    voices: dict[str, str | VoiceSettings] = {}
    rate: Annotated[int, Field(ge=60, le=400)] = 165
    pitch: Annotated[int, Field(ge=50, le=150)] = 100
    lexicon: dict[str, str] = {}
    viewport: tuple[_Pixels, _Pixels] = (1280, 720)
    scale: Annotated[int, Field(ge=1, le=4)] = 2
    masks: tuple[str, ...] = ()
    text_masks: tuple[Pattern, ...] = ()
    hidden: tuple[str, ...] = ()
    hidden_text: tuple[Pattern, ...] = ()
    stage: StageSettings | None = None
    browser: BrowserKind = BrowserKind.CHROMIUM
    hosts: tuple[Annotated[str, AfterValidator(check_host)], ...] = ()
    pins: PinSettings = PinSettings()
    film: FilmSettings = FilmSettings()
    actors: dict[str, ActorSettings] = {}


def read_front_matter(metadata: object, where: str) -> FrontMatter:
    """Check ``metadata``, the value of the notebook metadata's key ``storycast``.

    Raises `StoryboardError`, which names the place and the nearest known key; ``where`` names the
    storyboard.
    """
    try:
        return FrontMatter.model_validate(metadata)
    except ValidationError as error:
        raise explain_setting(
            error, FrontMatter, where=where, what="metadata key", root="storycast"
        ) from error

"""The guide: what it says and shows, before it is written in any format."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from recorder.front_matter import HighlightStyle
from recorder.take import Box, Moment
from storycast.timeline import Person

__all__ = [
    "About",
    "Beside",
    "Chapter",
    "Entry",
    "Figure",
    "Guide",
    "GuideStep",
    "Line",
    "Mark",
    "Scene",
    "Speech",
]


@dataclass(frozen=True)
class Mark:
    """A thing pointed out in a picture, and how; ``number`` is None where it needs none."""

    box: Box
    label: str
    number: int | None = None
    style: HighlightStyle = HighlightStyle.RING


@dataclass(frozen=True)
class Beside:
    """The screen of another person beside a picture's own: at its right, unless it ``is_left``."""

    moment: Moment
    person: Person | None
    is_left: bool


@dataclass(frozen=True)
class Figure:
    """A picture: the page at ``moment`` with its marks.

    ``area`` is the part of the screen that it shows (None: all of it), in whole CSS pixels; the
    rest is at hand. ``alt`` says in words what the picture shows, ``caption`` (or "") what else is
    said of it: below it, or above it where ``is_result``, which shows what came of the step.
    ``anchor`` is its name in the guide. ``person`` is whose screen it is (None: nobody's), and
    ``beside`` what another person's shows at its side.
    """

    anchor: str
    moment: Moment
    marks: tuple[Mark, ...]
    alt: str
    caption: str = ""
    area: Box | None = None
    is_result: bool = False
    person: Person | None = None
    beside: Beside | None = None


@dataclass(frozen=True)
class Entry:
    """What the reader enters: a ``text``, or ``keys`` pressed together ``times`` times.

    ``literal`` texts are to be typed as they stand; others name a thing on the page.
    """

    label: str
    text: str = ""
    keys: tuple[str, ...] = ()
    literal: bool = False
    times: int = 1


@dataclass(frozen=True)
class GuideStep:
    """One thing that the reader does; without ``number`` one that is only read.

    ``summary`` names the step in one line; ``prose`` is Markdown; ``start_ms`` is where the film
    shows the step (None: it does not). ``pressed`` are the names of the keys that it presses,
    ``people`` those who do it, where they have names.
    """

    number: int | None
    title: str
    summary: str
    prose: str
    entries: tuple[Entry, ...]
    figures: tuple[Figure, ...]
    start_ms: int | None
    pressed: tuple[str, ...] = ()
    people: tuple[Person, ...] = ()

    @property
    def anchor(self) -> str:
        """Its name in the guide; "" where it has no number."""
        return "" if self.number is None else f"step-{self.number}"


@dataclass(frozen=True)
class Scene:
    """What stands under one heading; ``number`` counts from 1."""

    number: int
    title: str
    steps: tuple[GuideStep, ...]

    @property
    def anchor(self) -> str:
        """Its name in the guide."""
        return f"scene-{self.number}"


@dataclass(frozen=True)
class Chapter:
    """A scene's place in the film, and the numbered steps that it shows."""

    title: str
    start_ms: int
    steps: tuple[GuideStep, ...]


@dataclass(frozen=True)
class Line:
    """A sentence of the transcript, and when the film says it."""

    at_ms: int
    text: str


@dataclass(frozen=True)
class Speech:
    """The transcript of one scene."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class About:
    """Where a guide comes from: of which storyboard, when and with what it was filmed.

    ``filmed_on`` is the day on which the application was first found as it is shown;
    ``application`` is its version; ``film_ms`` is how long the film is (0 without one).
    """

    storyboard: str = ""
    filmed_on: date | None = None
    application: str = ""
    browser: str = ""
    film_ms: int = 0
    tags: tuple[str, ...] = ()


@dataclass(frozen=True)
class Guide:
    """A whole guide; ``viewport`` is the size of the screen in CSS pixels.

    ``introduction`` is what is read before the first scene. ``spoken_language`` is the
    transcript's, which may differ from the prose's. ``goal``, ``needs`` and ``outcome`` are
    Markdown: what the reader wants, must have before, and has at the end. ``allows_html`` tells
    whether HTML in the prose is HTML; ``people`` are those who do its steps.
    """

    title: str
    language: str
    spoken_language: str
    viewport: tuple[int, int]
    introduction: tuple[GuideStep, ...]
    scenes: tuple[Scene, ...]
    chapters: tuple[Chapter, ...]
    transcript: tuple[Speech, ...]
    goal: str = ""
    needs: tuple[str, ...] = ()
    outcome: str = ""
    about: About = About()
    allows_html: bool = False
    people: tuple[Person, ...] = ()

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Every picture, in order."""
        scenes = (step for scene in self.scenes for step in scene.steps)
        return tuple(figure for step in (*self.introduction, *scenes) for figure in step.figures)

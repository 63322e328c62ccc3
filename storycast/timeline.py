"""The timeline: what is seen and heard when; pure data, as it stands on disk."""

from __future__ import annotations

import math
from enum import StrEnum
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from recorder.front_matter import HighlightStyle
from recorder.take import Box, Point

__all__ = [
    "GRID_MS",
    "BurntCaption",
    "CameraMove",
    "CaptionPlace",
    "Card",
    "CardKind",
    "Chapter",
    "Clip",
    "Corner",
    "CursorShape",
    "Drag",
    "Glide",
    "KeyCaps",
    "Mark",
    "Menu",
    "Neighbour",
    "Person",
    "Picture",
    "Press",
    "PressKind",
    "Prompt",
    "Roll",
    "Seat",
    "Speech",
    "Timeline",
    "read_timeline",
]

GRID_MS = 200
"""Clips last multiples of this: whole frames at 10, 15, 20, 25, 30, 50 and 60 a second."""


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Picture(_Model):
    """A shot that is seen from ``at_ms`` on; it fades in over ``fade_ms`` (0 is a cut).

    With ``box`` it is laid there over what is seen; without one it is all that is seen.
    """

    at_ms: int
    shot: str
    fade_ms: int = 0
    box: Box | None = None


class Roll(_Model):
    """Content that glides through ``box``, by scrolling, from ``start_ms`` to ``end_ms``.

    Offsets are how far it is scrolled. ``shots`` are pictures with the offset at which each was
    taken, in their order; neighbours overlap. ``fixed`` are boxes that stay where they are.
    """

    start_ms: int
    end_ms: int
    box: Box
    shots: tuple[tuple[Point, str], ...]
    fixed: tuple[Box, ...] = ()


class CursorShape(StrEnum):
    """How the pointer looks."""

    ARROW = "arrow"
    HAND = "hand"
    TEXT = "text"


class Glide(_Model):
    """The pointer's way from one place to another; it rests at the end until the next.

    A glide without length (``start_ms`` equal to ``end_ms``) puts the pointer there. ``shape`` is
    how the pointer looks once it has arrived. ``bend`` is how far its way leaves the straight line
    in the middle, to the right of it as seen from above, in parts of its length. A ``hidden``
    pointer is not seen from the end of its way on.
    """

    start_ms: int
    end_ms: int
    origin: Point
    goal: Point
    shape: CursorShape = CursorShape.ARROW
    bend: float = 0.0
    hidden: bool = False

    def point(self, part: float) -> Point:
        """Where the pointer is after ``part`` (0 to 1) of its way."""
        across, down = self.goal.x - self.origin.x, self.goal.y - self.origin.y
        away = self.bend * math.sin(math.pi * part)
        return Point(
            x=self.origin.x + across * part - down * away,
            y=self.origin.y + down * part + across * away,
        )


class PressKind(StrEnum):
    """Which press of the pointer is shown."""

    SINGLE = "single"
    DOUBLE = "double"
    CONTEXT = "context"


class Press(_Model):
    """The moment at which the pointer is pressed."""

    at_ms: int
    point: Point
    kind: PressKind = PressKind.SINGLE


class Drag(_Model):
    """What the pointer takes along: the picture of ``box``, seen through; it took it at ``origin``.

    No shot shows this: a browser draws it where its window is.
    """

    start_ms: int
    end_ms: int
    box: Box
    origin: Point


class Mark(_Model):
    """What points at ``box`` from ``start_ms`` to ``end_ms``; ``number`` is its number's text."""

    start_ms: int
    end_ms: int
    box: Box
    style: HighlightStyle = HighlightStyle.RING
    number: str = ""


class KeyCaps(_Model):
    """Keys that are pressed together, drawn as caps; ``keys`` is what is printed on them."""

    start_ms: int
    end_ms: int
    keys: tuple[str, ...]


class Menu(_Model):
    """The list of a native ``<select>`` at ``box``; ``places`` says when which option is lit."""

    start_ms: int
    end_ms: int
    box: Box
    options: tuple[str, ...]
    disabled: tuple[int, ...] = ()
    places: tuple[tuple[int, int | None], ...]


class PromptKind(StrEnum):
    """What a browser's own dialog is for."""

    ALERT = "alert"
    CONFIRM = "confirm"
    PROMPT = "prompt"
    LEAVE = "leave"
    FILE = "file"


class Prompt(_Model):
    """One of the browser's own dialogs; ``pressed_ms`` is when its button is pressed.

    ``title`` and ``buttons`` (from left to right) are what the browser says itself.
    ``answers`` says from when on what stands in its field. ``accepted`` tells which button it was.
    One that chooses files has their names as its ``text``, a line each; from its last answer on
    they are chosen.
    """

    start_ms: int
    end_ms: int
    kind: PromptKind
    title: str = ""
    text: str
    buttons: tuple[str, ...] = ()
    answers: tuple[tuple[int, str], ...] = ()
    pressed_ms: int | None = None
    accepted: bool = True


class CardKind(StrEnum):
    """What a card announces."""

    TITLE = "title"
    SCENE = "scene"
    END = "end"


class Card(_Model):
    """A card over the whole film; it fades in and out over ``fade_ms`` where they are not 0."""

    start_ms: int
    end_ms: int
    kind: CardKind
    heading: str
    line: str = ""
    fade_in_ms: int = 0
    fade_out_ms: int = 0


class CaptionPlace(StrEnum):
    """Where in the picture a caption stands; a raised one leaves room for key caps below."""

    LOW = "low"
    RAISED = "raised"
    HIGH = "high"


class BurntCaption(_Model):
    """A caption that is part of the picture."""

    start_ms: int
    end_ms: int
    lines: tuple[str, ...]
    place: CaptionPlace = CaptionPlace.LOW


class CameraMove(_Model):
    """The camera goes from what it frames to ``goal``, a box of the viewport's shape."""

    start_ms: int
    end_ms: int
    origin: Box
    goal: Box


class Person(_Model):
    """A person of the film: what their name tag says, and its colour (``#rrggbb``)."""

    name: str
    colour: str


class Corner(StrEnum):
    """Where in the picture a name tag stands."""

    TOP_RIGHT = "top right"
    TOP_LEFT = "top left"
    BOTTOM_RIGHT = "bottom right"
    BOTTOM_LEFT = "bottom left"


class Neighbour(_Model):
    """The screen of another person, beside the one that is acted on, where nothing is done.

    ``shot`` is what it shows, ``pointer`` where its pointer rests (None: it is not seen). It is the
    right one of both, unless it ``is_left``.
    """

    person: Person | None = None
    shot: str
    pointer: Point | None = None
    shape: CursorShape = CursorShape.ARROW
    is_left: bool = False


class Seat(_Model):
    """Whose screen is seen from ``at_ms`` on (None: of nobody who has a name), and what beside it.

    The name tag stands in ``corner``; from ``called_ms`` on the name is shown large for a while.
    """

    at_ms: int
    person: Person | None = None
    corner: Corner = Corner.TOP_RIGHT
    called_ms: int | None = None
    beside: Neighbour | None = None


class Speech(_Model):
    """A cue that is heard from ``at_ms`` on: its place in the track, and its sound's name."""

    at_ms: int
    cue: int
    audio: str


class Clip(_Model):
    """A stretch of film that is made by itself: one step.

    All times in it are milliseconds from its own start; places are CSS pixels of the viewport.
    ``start_ms`` and ``duration_ms`` are multiples of `GRID_MS`. ``pictures`` starts at 0.
    Before its first glide the pointer rests at ``pointer`` (None: it is not in the picture; nor is
    it where it is ``hidden``), and before its first move the camera frames ``framed`` (None: the
    whole viewport). All but ``seats`` tells of the screen that is acted on.
    """

    step: int
    start_ms: int
    duration_ms: int
    pictures: tuple[Picture, ...]
    pointer: Point | None = None
    shape: CursorShape = CursorShape.ARROW
    hidden: bool = False
    glides: tuple[Glide, ...] = ()
    presses: tuple[Press, ...] = ()
    drags: tuple[Drag, ...] = ()
    marks: tuple[Mark, ...] = ()
    rolls: tuple[Roll, ...] = ()
    caps: tuple[KeyCaps, ...] = ()
    menus: tuple[Menu, ...] = ()
    prompts: tuple[Prompt, ...] = ()
    cards: tuple[Card, ...] = ()
    captions: tuple[BurntCaption, ...] = ()
    framed: Box | None = None
    moves: tuple[CameraMove, ...] = ()
    seats: tuple[Seat, ...] = ()
    speech: tuple[Speech, ...] = ()


class Chapter(_Model):
    """A scene's place in the film, in milliseconds from its start."""

    title: str
    start_ms: int
    end_ms: int


class Timeline(_Model):
    """The whole film; clips follow one another without a gap."""

    version: Literal[1] = 1
    title: str
    language: str
    viewport: tuple[int, int]
    clips: tuple[Clip, ...]
    chapters: tuple[Chapter, ...]

    @property
    def duration_ms(self) -> int:
        """How long the film lasts."""
        return sum(clip.duration_ms for clip in self.clips)


def read_timeline(path: Path) -> Timeline:
    """Read a timeline from ``path``.

    Raises ``FileNotFoundError`` where there is none, ``pydantic.ValidationError`` where it is of
    another version or damaged.
    """
    return Timeline.model_validate_json(path.read_bytes())

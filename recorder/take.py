"""The take: one recorded run of a storyboard, as it stands on disk."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict

from recorder.secrecy import HIDDEN

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "MANIFEST",
    "Action",
    "ActionKind",
    "Actor",
    "Beside",
    "Box",
    "Browser",
    "Choice",
    "Dialog",
    "DialogKind",
    "Frame",
    "Keystroke",
    "Locator",
    "Moment",
    "Patch",
    "Point",
    "Scroll",
    "Step",
    "Take",
    "Target",
    "read_take",
    "shot_path",
]

MANIFEST = "take.json"


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Point(_Model):
    """A place in the viewport, in CSS pixels from its top left corner."""

    x: float
    y: float


class Box(_Model):
    """A rectangle in the viewport, in CSS pixels from its top left corner."""

    x: float
    y: float
    width: float
    height: float

    @property
    def centre(self) -> Point:
        """The point in the middle."""
        return Point(x=self.x + self.width / 2, y=self.y + self.height / 2)

    def holds(self, point: Point) -> bool:
        """Whether ``point`` lies in it."""
        across, down = point.x - self.x, point.y - self.y
        return 0 <= across <= self.width and 0 <= down <= self.height


class Locator(_Model):
    """How the storyboard found an element, as written: strategy ``by`` and ``value``."""

    by: str
    value: str

    def __str__(self) -> str:
        return f"{self.by}={self.value}"


class Healing(_Model):
    """How an element was found again that the storyboard's own locator finds no more.

    ``locator`` finds it now; ``reason`` says by what it was known; ``score`` is how like it is to
    what it was (0 to 1), ``margin`` by how much it is ahead of the next best.
    """

    locator: Locator
    reason: str
    score: float
    margin: float


class Target(_Model):
    """The element that an action is done to, as it was just before the action.

    ``role`` and ``name`` are the computed ARIA role and accessible name; ``text`` is the visible
    text, cut at 200 characters; ``cursor`` is the computed CSS cursor; ``locator`` is the
    storyboard's, ``healed`` tells where that was not what found the element.
    """

    box: Box
    role: str
    name: str
    text: str
    tag: str
    cursor: str = "auto"
    locator: Locator | None = None
    healed: Healing | None = None
    attributes: dict[str, str] = {}


class DialogKind(StrEnum):
    """Which of the browser's own dialogs is open."""

    ALERT = "alert"
    CONFIRM = "confirm"
    PROMPT = "prompt"
    LEAVE = "beforeunload"


class Dialog(_Model):
    """An alert, confirm or prompt that is open; a shot does not show it.

    ``answer`` is what stands in a prompt's field.
    """

    text: str
    kind: DialogKind = DialogKind.ALERT
    answer: str = ""


class Patch(_Model):
    """A part of a picture that replaces what the one before showed there; ``shot`` is its name."""

    shot: str
    box: Box


class Keystroke(_Model):
    """A field while it is typed into: ``text`` is all that has been typed until then.

    ``patch`` is what changed in the picture since the keystroke before (for the first one, since
    the action's ``before``); None where nothing did.
    """

    text: str
    patch: Patch | None = None


class Frame(_Model):
    """What moved by itself, ``at_ms`` after the first: what changed since the frame before."""

    at_ms: int
    patch: Patch | None = None


class Scroll(_Model):
    """Content that was scrolled.

    ``box`` is the part of the viewport that shows it; ``origin`` and ``goal`` are scroll offsets
    before and after. ``shots`` are whole pictures on the way with their offsets, close enough that
    neighbours overlap in ``box``. ``fixed`` are boxes that stay where they are meanwhile.
    """

    box: Box
    origin: Point
    goal: Point
    shots: tuple[tuple[Point, str], ...] = ()
    fixed: tuple[Box, ...] = ()


class Choice(_Model):
    """The list of a ``<select>``, which a shot does not show: its labels, by their places.

    ``disabled`` are places of options that cannot be chosen. ``before`` and ``after`` are missing
    where nothing is chosen.
    """

    options: tuple[str, ...]
    before: int | None = None
    after: int | None = None
    disabled: tuple[int, ...] = ()


class Download(_Model):
    """A file that the browser saved: its name there, and how many bytes it has.

    ``file`` is its name in the take's folder ``downloads``.
    """

    name: str
    file: str
    size: int


class Moment(_Model):
    """What the page showed at one moment.

    ``shot`` and ``snapshot`` are names in the take's folders (see `shot_path`); the address is
    relative to the stage where it lies on it. ``settled`` is false where the page was still
    changing when the time to wait was over. ``hidden`` are boxes in which the picture does not show
    what nobody may see. ``actor`` is the key of whose browser it was, empty of the one that is
    nobody's.
    """

    shot: str
    snapshot: str
    address: str
    title: str
    scroll: Point = Point(x=0, y=0)
    settled: bool = True
    dialog: Dialog | None = None
    masks: tuple[Box, ...] = ()
    hidden: tuple[Box, ...] = ()
    actor: str = ""


class Beside(_Model):
    """The other actor's page, which is seen beside the one that an action is done to.

    ``before`` and ``after`` are what it showed meanwhile; it is the right one of both, unless it
    ``is_left``.
    """

    before: Moment
    after: Moment
    is_left: bool = False


class ActionKind(StrEnum):
    """What was done to the page."""

    OPEN = "open"
    BACK = "back"
    FORWARD = "forward"
    REFRESH = "refresh"
    CLICK = "click"
    DOUBLE_CLICK = "double_click"
    CONTEXT_CLICK = "context_click"
    HOVER = "hover"
    DRAG = "drag"
    TYPE = "type"
    KEY = "key"
    CLEAR = "clear"
    UPLOAD = "upload"
    CHOOSE = "choose"
    SUBMIT = "submit"
    SCROLL = "scroll"
    SCRIPT = "script"
    ANSWER = "answer"
    WINDOW = "window"
    ACCEPT = "accept"
    DISMISS = "dismiss"
    HIGHLIGHT = "highlight"
    HOLD = "hold"
    ZOOM = "zoom"


class Action(_Model):
    """One thing done to the page.

    ``point`` is where the pointer pressed or rested, ``to`` where a drag ended; ``text`` is what
    was typed, chosen or answered, ``keys`` the names of the keys pressed together ("Control", "s");
    ``say`` a sentence spoken besides the prose; ``seconds`` how long a hold lasts; ``style`` how a
    highlight is drawn (as the storyboard's others where it is empty). ``keystrokes`` are a field's
    states while it was typed into, ``scroll`` what was scrolled, ``choice`` the list that was
    chosen from, ``frames`` what moved by itself afterwards, where that was filmed; ``downloads``
    are the files that it saved. A zoom without a target goes back to the whole page. ``implied``
    marks what the browser did by itself (scrolling a target into view), ``focused`` what was typed
    to where the focus was already.
    ``before`` is missing where nothing was open yet. ``beside`` is what is seen at the side of it.
    """

    kind: ActionKind
    cell: int
    line: int | None = None
    target: Target | None = None
    point: Point | None = None
    to: Point | None = None
    text: str = ""
    keys: tuple[str, ...] = ()
    say: str = ""
    seconds: float = 0.0
    style: str = ""
    keystrokes: tuple[Keystroke, ...] = ()
    scroll: Scroll | None = None
    choice: Choice | None = None
    frames: tuple[Frame, ...] = ()
    downloads: tuple[Download, ...] = ()
    implied: bool = False
    focused: bool = False
    before: Moment | None = None
    after: Moment
    beside: Beside | None = None

    @property
    def actor(self) -> str:
        """The key of who did it; empty of the browser that is nobody's."""
        return self.after.actor

    @property
    def moments(self) -> tuple[Moment, ...]:
        """What was seen before and after it, and beside it."""
        beside = (self.beside.before, self.beside.after) if self.beside else ()
        return (*((self.before,) if self.before else ()), self.after, *beside)


class Step(_Model):
    """One thing that the reader does: prose (Markdown) and the actions done meanwhile.

    ``cells`` are the storyboard's code cells, by their place in the notebook (0 is the first cell).
    ``end`` is what the page showed when the last of them had ended; it is missing where the step
    has no code, or ran before anything was open.
    """

    number: int
    scene: str
    title: str
    prose: str
    cells: tuple[int, ...] = ()
    actions: tuple[Action, ...] = ()
    end: Moment | None = None


class Browser(_Model):
    """What filmed: the browser's name and version, and the fonts of text that names none."""

    name: str
    version: str
    fonts: tuple[str, ...] = ()


class Actor(_Model):
    """A person of the storyboard with a browser of their own.

    ``key`` is what the code calls them, ``name`` what readers read (as the key where it is empty),
    ``colour`` that of their pointer, as ``#rrggbb`` (the look's where it is empty).
    """

    key: str
    name: str = ""
    colour: str = ""


class Take(_Model):
    """One recorded run; steps in order, prose-only steps among them.

    ``viewport`` is width and height in CSS pixels; a shot has ``scale`` device pixels to each.
    ``code`` is a name for the storyboard's code as it was filmed; ``application`` is the version of
    what was filmed, where the stage tells it. ``actors`` are its people, in the order in which they
    came.
    """

    version: Literal[1] = 1
    storyboard: str
    code: str = ""
    title: str
    language: str
    viewport: tuple[int, int]
    scale: int
    browser: Browser
    application: str = ""
    parameters: dict[str, str] = {}
    actors: tuple[Actor, ...] = ()
    steps: tuple[Step, ...]

    def was_given(self, parameters: Mapping[str, str]) -> bool:
        """Whether it was filmed with these parameters; what it hides of them is not asked."""
        told = self.parameters
        return told.keys() == parameters.keys() and all(
            told[name] == value or HIDDEN in told[name] for name, value in parameters.items()
        )

    @property
    def moments(self) -> tuple[Moment, ...]:
        """Every moment, in the order of filming."""
        found: list[Moment] = []
        for step in self.steps:
            for action in step.actions:
                found += action.moments
            if step.end is not None:
                found.append(step.end)
        return tuple(found)

    @property
    def downloads(self) -> tuple[Download, ...]:
        """Every file that was saved, in the order of filming."""
        actions = (action for step in self.steps for action in step.actions)
        return tuple(saved for action in actions for saved in action.downloads)

    @property
    def shots(self) -> frozenset[str]:
        """The name of every picture: of moments, keystrokes, frames and scrolling."""
        names = {moment.shot for moment in self.moments}
        for action in (action for step in self.steps for action in step.actions):
            changes: tuple[Keystroke | Frame, ...] = (*action.keystrokes, *action.frames)
            names |= {change.patch.shot for change in changes if change.patch is not None}
            if action.scroll is not None:
                names |= {shot for _, shot in action.scroll.shots}
        return frozenset(names)


def read_take(folder: Path) -> Take:
    """Read the finished take in ``folder``.

    Raises ``FileNotFoundError`` where there is none, ``pydantic.ValidationError`` where it is of
    another version or damaged.
    """
    return Take.model_validate_json((folder / MANIFEST).read_bytes())


def shot_path(folder: Path, moment: Moment) -> Path:
    """Where the take in ``folder`` keeps the shot of ``moment``: a PNG, viewport times scale."""
    return folder / "shots" / f"{moment.shot}.png"

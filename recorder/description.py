"""Describes the elements that gestures are done to, wherever on the page they are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from selenium.common.exceptions import WebDriverException
from selenium.webdriver.remote.command import Command

from recorder.devtools import DevTools
from recorder.gesture import ELEMENT_KEY, Place
from recorder.page_script import run_in_frame
from recorder.readable_name import readable_name, readable_text
from recorder.take import Box, Choice, Locator, Point, Target

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from recorder.page_script import Executor

__all__ = ["Describer", "Description"]

# Selenium sends these two as CSS selectors.
_AS_WRITTEN = re.compile(r'^\[(id|name)="(.*)"\]$')

_WINDOW: tuple[float, float, float] = (0, 0, 1)
"""How the window shows its own document: x and y of its corner, scale."""


@dataclass(frozen=True)
class Description:
    """An element as it is now.

    ``id`` is WebDriver's for it; ``press`` is where WebDriver clicks it; ``place`` is where it lies
    in its own document's view, and ``moves`` tells that something runs there that could move it;
    ``origin`` is the corner of that document and ``scale`` how large it is shown; ``moved`` tells
    that the element had to be scrolled into view; ``chosen`` is the label of the option that was
    meant, where the element is its list; ``choice`` is that list as it is, its ``after`` the place
    of that option; ``secret`` and ``file`` tell fields for passwords and files.
    """

    id: str
    target: Target
    press: Point
    place: tuple[float, float]
    moves: bool
    origin: Point
    scale: float
    moved: bool
    chosen: str | None
    choice: Choice | None
    secret: bool
    file: bool

    @property
    def has_size(self) -> bool:
        """Whether there is anything to point at."""
        return self.target.box.width > 0 or self.target.box.height > 0

    def point(self, place: Place | None) -> Point:
        """Where in the window a pointer is that is at ``place``; without one it presses."""
        if place is None:
            return self.press
        start = self.origin if place.element is None else self.press
        return Point(x=start.x + place.x * self.scale, y=start.y + place.y * self.scale)


class Describer:
    """Knows how elements were found and through which frames the driver looks.

    ``last_locator`` is the one used last. ``tell`` gives an element's role and name (Chromium's
    driver does, if not given).
    """

    def __init__(
        self, execute: Executor, tell: Callable[[str], tuple[str, str] | None] | None = None
    ) -> None:
        self._tell = tell or DevTools(execute).tell
        self.last_locator = ""
        self._execute = execute
        self._locators: dict[str, Locator] = {}
        self._frames: list[Any] = []

    def look_for(self, using: str, value: str) -> Locator:
        """A locator as the storyboard writes it."""
        short = _AS_WRITTEN.match(value) if using == "css selector" else None
        locator = Locator(by=short[1], value=short[2]) if short else Locator(by=using, value=value)
        self.last_locator = str(locator)
        return locator

    def remember(self, locator: Locator, elements: Iterable[str]) -> None:
        """Keep how the elements of these ids were found."""
        self._locators.update((element, locator) for element in elements)

    def frame(self, frame: Any) -> Any:
        """The element of a frame that the driver is about to look into; None for the top.

        ``frame`` is what WebDriver is given: the element, its number, or None.
        """
        return run_in_frame(self._execute, "frame", frame) if isinstance(frame, int) else frame

    def enter_frame(self, frame: Any) -> None:
        """The driver looks into a frame, as `frame` returned it."""
        if frame is None:
            self._frames.clear()
        else:
            self._frames.append(frame)

    def leave_frame(self) -> None:
        """The driver looks into the parent frame again."""
        del self._frames[-1:]

    def find_again(self, element: str) -> tuple[dict[str, Any], Locator | None]:
        """How an element is found once more (see ``whereabouts.js``), and its locator."""
        locator = self._locators.get(element)
        by, value = (locator.by, locator.value) if locator else ("", "")
        facts: dict[str, Any] = run_in_frame(
            self._execute, "whereabouts", {ELEMENT_KEY: element}, by, value
        )
        return facts, locator

    def describe(self, element: str | None, *, reveal: bool = False) -> Description | None:
        """The element of this id, or the one that has the focus; None where it is gone.

        With ``reveal`` it is scrolled into view first where a reader would have to.
        """
        return self._describe(element and {ELEMENT_KEY: element}, None, reveal=reveal)

    def has_moved(self, found: Description) -> bool:
        """Whether ``found``, on a page where something moves, is no longer where it was."""
        if not found.moves:
            return False
        try:
            here = run_in_frame(self._execute, "place", {ELEMENT_KEY: found.id})
        except WebDriverException:  # it is gone: the command that is sent next says so
            return False
        return any(abs(now - then) > 1 for now, then in zip(here, found.place, strict=True))

    def chosen(self, found: Description) -> Choice | None:
        """The list of ``found`` after something was done to it; None where it is no list."""
        if found.choice is None:
            return None
        try:
            place = run_in_frame(self._execute, "chosen", {ELEMENT_KEY: found.id})
        except WebDriverException:  # the page was left
            return found.choice
        return found.choice.model_copy(update={"after": place})

    def describe_place(self, place: Place, *, reveal: bool = False) -> Description | None:
        """The element at ``place``."""
        if place.element is not None:
            return self.describe(place.element, reveal=reveal)
        return self._describe(None, (place.x, place.y), reveal=False)

    def _describe(
        self, element: object, point: tuple[float, float] | None, *, reveal: bool
    ) -> Description | None:
        try:
            facts = self._facts(element, point, reveal=reveal)
            if facts is not None and facts["shut"]:
                facts = self._facts_of_focus(facts)
            if facts is None:
                return None
        except WebDriverException:
            return None
        shown = facts["element"].id
        given = element.get(ELEMENT_KEY, "") if isinstance(element, dict) else ""
        locator = self._locators.get(shown) or self._locators.get(given)
        if locator:
            self.last_locator = str(locator)
        told = facts["ticked"].id if facts["ticked"] is not None else shown  # what a label ticks
        role, name = self._tell(told) or (facts["role"], facts["name"])
        name = readable_name(name, facts["attributes"].get("title", ""))
        return _read(facts, role, name, locator)

    def _facts_of_focus(self, host: dict[str, Any]) -> dict[str, Any]:
        """What has the focus in the closed shadow tree of ``host``; itself where there is none."""
        try:
            root = self._execute(Command.GET_SHADOW_ROOT, {"id": host["element"].id})
            focused = self._execute(
                Command.FIND_ELEMENT_FROM_SHADOW_ROOT,
                {"shadowId": root.id, "using": "css selector", "value": ":focus"},
            )
        except WebDriverException:
            return host
        facts = self._facts({ELEMENT_KEY: focused.id}, None, reveal=False)
        return facts or host

    def _facts(
        self, element: object, point: tuple[float, float] | None, *, reveal: bool
    ) -> dict[str, Any] | None:
        facts: dict[str, Any] | None
        facts = run_in_frame(self._execute, "target", element, point, _WINDOW, reveal)
        if facts is None or facts["reachable"]:
            return facts
        corner, moved = self._walk(reveal=reveal)
        again = run_in_frame(self._execute, "target", element, point, corner, False)
        return again and {**again, "moved": moved or facts["moved"]}

    def _walk(self, *, reveal: bool) -> tuple[tuple[float, float, float], bool]:
        """How the outermost frame is shown that the driver's frame can ask; whether any scrolled.

        A document cannot tell where it lies in one of another origin: every frame on the way is
        asked, from the top.
        """
        corner = _WINDOW
        moved = False
        self._execute(Command.SWITCH_TO_FRAME, {"id": None})
        for frame in self._frames:
            facts = run_in_frame(self._execute, "target", frame, None, corner, reveal)
            moved = moved or facts["moved"]
            if facts["foreign"]:
                corner = tuple(facts["inside"])
            self._execute(Command.SWITCH_TO_FRAME, {"id": frame})
        return corner, moved


def _read(facts: dict[str, Any], role: str, name: str, locator: Locator | None) -> Description:
    target = Target(
        box=Box(**facts["box"]),
        role=role,
        name=name,
        text="" if facts["secret"] else readable_text(facts["text"], facts["icons"]),
        tag=facts["tag"],
        cursor=facts["cursor"],
        locator=locator,
        attributes=facts["attributes"],
    )
    x, y, scale = facts["origin"]
    return Description(
        id=facts["element"].id,
        target=target,
        press=Point(**facts["press"]),
        moves=facts["moves"],
        place=tuple(facts["lies"]),
        origin=Point(x=x, y=y),
        scale=scale,
        moved=facts["moved"],
        chosen=facts["chosen"],
        choice=Choice(**facts["list"], after=facts["place"]) if facts["list"] else None,
        secret=facts["secret"],
        file=facts["file"],
    )

"""Healing: finds an element again that the storyboard's own locator does not find any more.

What the element was is known to a `Healer`, which the recorder is given; without one nothing is
healed.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Protocol

from selenium.common.exceptions import WebDriverException

from recorder.errors import TakeError
from recorder.gesture import ELEMENT_KEY
from recorder.page_script import run_in_frame
from recorder.take import Healing, Locator

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

    from recorder.camera import Camera
    from recorder.description import Description
    from recorder.gesture import Gesture
    from recorder.page_script import Executor
    from recorder.snapshot import Snapshot
    from recorder.take import Action, Target

__all__ = ["Candidate", "Finder", "Healer", "Wanted"]

_PATIENCE_S = 10.0
"""So long a wait of the storyboard's own goes on before it is helped."""

_PAUSE_S = 4.0
_LAST_S = 1.5  # before a wait is over
_WAITS = "selenium.webdriver.support.wait"
_FOR_ABSENCE = ("until_not", "invisibility_of", "staleness_of")


@dataclass(frozen=True)
class Wanted:
    """What a locator found when the storyboard was approved: an action's target, and its page."""

    action: Action
    page: Snapshot


@dataclass(frozen=True)
class Candidate:
    """A node of a snapshot, by its place in it, that may be what is wanted (see `Healing`)."""

    node: int
    reason: str
    score: float
    margin: float


class Healer(Protocol):
    """Knows what the storyboard's locators found when it was approved."""

    def wanted(self, cell: int, locator: Locator, count: int, actor: str) -> Wanted | None:
        """What ``locator`` found for ``actor`` in this cell, ``count`` times before.

        None where nobody knows.
        """

    def fits(self, wanted: Wanted, target: Target) -> bool:
        """Whether ``target`` may be what is wanted, as it is called now."""

    def find(self, wanted: Wanted, page: Snapshot) -> Candidate | None:
        """What is wanted, on ``page``; None where it is gone, or several could be it."""

    def is_other(self, wanted: Wanted, target: Target, page: Snapshot) -> bool:
        """Whether ``target`` is known to be something else."""


class Finder:
    """Finds elements in place of locators that fail, with what a healer knows."""

    def __init__(self, healer: Healer, execute: Executor, camera: Camera) -> None:
        self._healer = healer
        self._execute = execute
        self._camera = camera
        self._counts: Counter[tuple[int, str]] = Counter()
        self._healed: dict[str, Healing] = {}
        self._tried: dict[tuple[int, str], float] = {}

    def count(self, action: Action) -> None:
        """An action was done: what its locator finds next is the next thing."""
        if action.target is not None and action.target.locator is not None:
            self._counts[action.cell, str(action.target.locator)] += 1

    def find(self, cell: int, locator: Locator, again: Callable[[], Any]) -> Any:
        """The element that ``locator`` found once; None where it cannot be told, or not yet.

        ``again`` looks by the locator itself, once the page has settled.
        """
        key = cell, str(locator)
        wanted = self._wanted(cell, locator)
        if wanted is None or not self._is_due(key):
            return None
        self._camera.forget()
        self._camera.moment()
        found = again()
        if found:
            return found
        element, healing = self.search(wanted) or (None, None)
        if element is not None and healing is not None:
            self._healed[element.id] = healing
        return element

    def correct(self, gesture: Gesture, found: Description, cell: int) -> Gesture:
        """The gesture, done to what is meant where ``found`` is clearly something else.

        Raises `TakeError` where what is meant is gone.
        """
        locator = found.target.locator
        if locator is None or gesture.element is None or found.id in self._healed:
            return gesture
        wanted = self._wanted(cell, locator)
        if wanted is None or self._healer.fits(wanted, found.target):
            return gesture
        element, healing = self.search(wanted) or (None, None)
        if element is not None and healing is not None and element.id != found.id:
            self._healed[element.id] = healing
            params = {**gesture.params, "id": element.id}
            return replace(gesture, element=element.id, params=params)
        if element is None:
            page = self._camera.structure().snapshot
            if self._healer.is_other(wanted, found.target, page):
                meant, now = wanted.action.target, found.target
                assert meant is not None  # noqa: S101 - what is wanted was acted on
                raise TakeError(
                    f"{locator} finds the {now.role} “{now.name}” now, and not the {meant.role} "
                    f"“{meant.name}”, which is gone"
                )
        return gesture

    def tell(self, element: str) -> Healing | None:
        """How an element was found that the storyboard's locator did not find."""
        return self._healed.get(element)

    def _wanted(self, cell: int, locator: Locator) -> Wanted | None:
        """What the locator found when as much was done in this browser as now."""
        count = self._counts[cell, str(locator)]
        return self._healer.wanted(cell, locator, count, self._camera.actor)

    def _is_due(self, key: tuple[int, str]) -> bool:
        """Whether it is time to help: at once, or when a wait of the storyboard's has been long."""
        wait = _find_wait()
        if wait is None:
            return True
        if wait.is_for_absence:
            return False
        now = time.monotonic()
        first = self._tried.setdefault(key, now + min(_PATIENCE_S, wait.left_s / 2))
        if now < first and wait.left_s > _LAST_S:
            return False
        self._tried[key] = now + _PAUSE_S
        return True

    def search(self, wanted: Wanted) -> tuple[Any, Healing] | None:
        """The element that is wanted, on the page as it is; None where nobody can tell which."""
        structure = self._camera.structure()
        candidate = self._healer.find(wanted, structure.snapshot)
        if candidate is None:
            return None
        try:
            element = self._element(structure.numbers[candidate.node])
            by = element and run_in_frame(self._execute, "locator", {ELEMENT_KEY: element.id})
        except WebDriverException:  # it is gone, or in a frame that the driver does not look into
            return None
        if not by:
            return None
        return element, Healing(
            locator=Locator(**by),
            reason=candidate.reason,
            score=round(candidate.score, 3),
            margin=round(candidate.margin, 3),
        )

    def _element(self, number: int) -> Any:
        """WebDriver's element for a node that the inspector knows by ``number``."""
        path = self._camera.inspector.path_of(number)
        return run_in_frame(self._execute, "follow", path)


@dataclass(frozen=True)
class _Wait:
    """A `WebDriverWait` that is under way: the seconds left of it, and what it is for."""

    left_s: float
    is_for_absence: bool


def _find_wait() -> _Wait | None:
    """The wait of the storyboard's own that asks now; None where none does."""
    frame: FrameType | None = sys._getframe()
    is_for_absence = False
    while frame is not None:
        name = frame.f_code.co_qualname
        is_for_absence = is_for_absence or any(word in name for word in _FOR_ABSENCE)
        if frame.f_globals.get("__name__") == _WAITS:
            end = frame.f_locals.get("end_time")
            return _Wait(end - time.monotonic() if end else 0.0, is_for_absence)
        frame = frame.f_back
    return None

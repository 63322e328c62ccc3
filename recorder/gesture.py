"""Gestures: one thing done to the page, as far as the WebDriver command alone tells it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from recorder.take import ActionKind

__all__ = ["ELEMENT_KEY", "Gesture", "Place"]

ELEMENT_KEY = "element-6066-11e4-a52e-4f735466cecf"
"""How WebDriver names an element in JSON (W3C WebDriver, section 12.1)."""


@dataclass(frozen=True)
class Place:
    """Where a pointer is: from an element's centre, or from the viewport's corner (CSS pixels)."""

    element: str | None
    x: float
    y: float


@dataclass(frozen=True)
class Gesture:
    """One action, as far as its command tells; ``command`` and ``params`` do it.

    ``element`` is the id of the element it is done to; ``place`` and ``to`` are where the pointer
    acts and where a drag ends.
    """

    kind: ActionKind
    command: str
    params: Mapping[str, Any] = field(default_factory=dict)
    element: str | None = None
    place: Place | None = None
    to: Place | None = None
    text: str = ""
    keys: tuple[str, ...] = ()

"""A difference: what has become of one element of a page."""

from __future__ import annotations

from dataclasses import dataclass

from recorder.take import Box
from storycast.drift.comparison.element import Element
from storycast.drift.model import Kind

__all__ = ["Difference"]


@dataclass(frozen=True, eq=False)
class Difference:
    """What has become of one element.

    ``old`` is missing where it is new, ``new`` where it is gone. ``what`` names the property and
    ``before`` and ``after`` its values, where it is about such; ``along`` are elements that go with
    it: what it holds, and what moved for the same reason. ``area`` is where it looks different.
    ``more`` are further properties that have changed, each with its values before and now.
    """

    kind: Kind
    old: Element | None
    new: Element | None
    what: str = ""
    before: str = ""
    after: str = ""
    along: tuple[Element, ...] = ()
    area: Box | None = None
    more: tuple[tuple[str, str, str], ...] = ()

    @property
    def element(self) -> Element:
        """The element as it is now, or as it was."""
        found = self.new or self.old
        assert found is not None  # noqa: S101 - one of both is there
        return found

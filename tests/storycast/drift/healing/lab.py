"""A browser in which locators are broken on purpose, and what they found is looked for."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

from selenium.webdriver.remote.command import Command

from recorder.description import Describer
from recorder.healing import Candidate, Finder, Wanted
from recorder.snapshot import Snapshot
from recorder.take import Action, ActionKind, Locator, Moment, Target
from storycast.drift.healing.search import find_again
from tests.storycast.drift.healing.locators import Break
from tests.storycast.drift.lab import Lab, open_kind
from tests.storycast.drift.mutations.mutation import Page

__all__ = ["Healed", "HealingLab", "open_healing_lab"]

_ANY = Page(told=(), quiet=())


@dataclass(frozen=True)
class Healed:
    """What came of looking for an element whose locator was broken; ``truth`` is what it is now.

    A case that is not ``is_broken`` proves nothing: its locator finds the element all the same.
    """

    case: Break
    is_broken: bool
    found: Any
    truth: Any

    @property
    def is_right(self) -> bool:
        """Whether just that was found which should be: nothing, where it is gone."""
        return bool(self.found == self.truth)

    @property
    def is_wrong(self) -> bool:
        """Whether something else was taken for it."""
        return self.found is not None and not self.is_right


class _Healer:
    """A healer that knows of no storyboard, and looks in earnest."""

    def wanted(self, _cell: int, _locator: Locator, _count: int, _actor: str) -> Wanted | None:
        """Nothing is known of any locator."""
        return None

    def fits(self, _wanted: Wanted, _target: Target) -> bool:
        """Nothing is wrong."""
        return True

    def is_other(self, _wanted: Wanted, _target: Target, _page: Snapshot) -> bool:
        """Nothing is known to be another."""
        return False

    def find(self, wanted: Wanted, page: Snapshot) -> Candidate | None:
        """As a storyboard's baseline would find it."""
        assert wanted.action.target is not None
        return find_again(wanted.action.target, wanted.page, page)


class HealingLab(Lab):
    """A lab in which locators are broken."""

    def ask(self, css: str, script: str) -> Any:
        """Run a script on the element of a CSS selector, which it knows as ``el``."""
        return self._given(f"const el = document.querySelector(arguments[0]); {script}", css)

    def heal(self, case: Break) -> Healed:
        """Break a locator of the open page, and look for what it found."""
        given = self.browser.find_element(case.by, case.value)
        moment = self._moment()
        described = Describer(self.browser.ask).describe(given.id)
        assert described is not None
        action = Action(
            kind=ActionKind.CLICK, cell=0, target=described.target, before=moment, after=moment
        )
        truth = self._given(f"const el = arguments[0]; {case.script}", given)
        left = self.browser.find_elements(case.by, case.value)
        self._moment()
        finder = Finder(_Healer(), self.browser.ask, self.camera)
        found = finder.search(Wanted(action, self.snapshot(moment)))
        return Healed(case, truth not in left[:1], found[0] if found else None, truth)

    def _moment(self) -> Moment:
        self.camera.forget()
        moment = self.camera.moment()
        assert moment is not None
        return moment

    def _given(self, code: str, *given: object) -> Any:
        return self.browser.ask(Command.W3C_EXECUTE_SCRIPT, {"script": code, "args": list(given)})


def open_healing_lab(page: Page = _ANY) -> AbstractContextManager[HealingLab]:
    """Open a browser, and close it at the end."""
    return open_kind(HealingLab, page)

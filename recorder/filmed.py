"""Filmed gestures: what is known of one, told as an action."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from recorder.secrecy import DOTS
from recorder.take import Action, ActionKind

if TYPE_CHECKING:
    from recorder.description import Description
    from recorder.gesture import Gesture
    from recorder.take import Choice, Frame, Keystroke, Moment, Scroll

__all__ = ["Filmed"]

_PRESSES = (ActionKind.CLICK, ActionKind.DOUBLE_CLICK)


@dataclass(frozen=True)
class Filmed:
    """A gesture that was done: where in the storyboard, to what, and what was seen of it.

    ``found`` is the element it was done to, ``goal`` the one at which a drag ended; ``choice`` is
    the element's list afterwards, ``files`` are the names of what was chosen in the dialog for
    files that it opened.
    """

    gesture: Gesture
    cell: int
    line: int | None
    found: Description | None
    goal: Description | None
    before: Moment | None
    keystrokes: tuple[Keystroke, ...] = ()
    frames: tuple[Frame, ...] = ()
    scroll: Scroll | None = None
    choice: Choice | None = None
    files: tuple[str, ...] = ()

    def tell(self, after: Moment) -> Action:
        """The action that led to ``after``."""
        gesture, found = self.gesture, self.found
        kind = self._kind(after)
        if self.files and gesture.kind not in _PRESSES:
            found = None  # opened by a key or a script: nothing is pointed at
        return Action(
            kind=kind,
            cell=self.cell,
            line=self.line,
            target=found.target if found else None,
            point=found.point(gesture.place) if found and found.has_size else None,
            to=self.goal.point(gesture.to) if self.goal else None,
            text=self._text(after),
            keys=() if found and found.secret else gesture.keys,
            keystrokes=self.keystrokes,
            scroll=self.scroll,
            choice=self.choice if kind is ActionKind.CHOOSE else None,
            frames=self.frames,
            focused=kind is ActionKind.TYPE and gesture.element is None,
            before=self.before,
            after=after,
        )

    def _kind(self, after: Moment) -> ActionKind:
        gesture, found, before = self.gesture, self.found, self.before
        if (found and found.chosen is not None) or self._chosen_by_key is not None:
            return ActionKind.CHOOSE
        if self.files or (gesture.kind is ActionKind.TYPE and found and found.file):
            return ActionKind.UPLOAD
        if gesture.kind is ActionKind.SCRIPT:
            scrolled = before is not None and before.scroll != after.scroll
            if scrolled or "scroll" in gesture.params["script"].lower():
                return ActionKind.SCROLL
        return gesture.kind

    def _text(self, after: Moment) -> str:
        gesture, found = self.gesture, self.found
        if self.files:
            return "\n".join(self.files)
        if gesture.kind is ActionKind.OPEN:
            return after.address
        if found is None:
            return gesture.text
        if found.chosen is not None:
            return found.chosen
        if self._chosen_by_key is not None:
            return self._chosen_by_key
        if found.secret:
            return gesture.text and DOTS
        if found.file:
            return "\n".join(re.split(r"[\\/]", path)[-1] for path in gesture.text.splitlines())
        return gesture.text

    @property
    def _chosen_by_key(self) -> str | None:
        """The label that keys have chosen from a list."""
        choice = self.choice
        if self.gesture.kind not in (ActionKind.TYPE, ActionKind.KEY) or choice is None:
            return None
        if choice.after is None or choice.after == choice.before:
            return None
        return choice.options[choice.after]

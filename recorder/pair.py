"""Side by side: two browsers that are seen together, each as it changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recorder.errors import RecorderError
from recorder.take import Beside

if TYPE_CHECKING:
    from recorder.observer import Observer
    from recorder.take import Action, Moment

__all__ = ["Pair"]


class Pair:
    """Two browsers that are seen beside each other, the ``left`` one and the ``right`` one."""

    def __init__(self, left: Observer, right: Observer) -> None:
        self.sides = (left, right)
        self._seen = {observer: _look(observer) for observer in self.sides}
        self._has_begun = False

    def accompany(self, action: Action, observer: Observer) -> Action:
        """``action``, done in the browser of ``observer``, with what the other one shows."""
        left, right = self.sides
        if observer not in self.sides:
            return action
        other = right if observer is left else left
        before = self._seen[other]
        self._seen[other] = after = _look(other)
        self._seen[observer] = action.after
        self._has_begun = True
        beside = Beside(before=before, after=after, is_left=other is left)
        return action.model_copy(update={"beside": beside})

    def catch_up(self, action: Action) -> Action:
        """``action``, with what the other one has become when the storyboard goes on."""
        if action.beside is None or not self._has_begun:
            return action
        other = self.sides[0 if action.beside.is_left else 1]
        self._seen[other] = after = _look(other)
        beside = action.beside.model_copy(update={"after": after})
        return action.model_copy(update={"beside": beside})


def _look(observer: Observer) -> Moment:
    moment = observer.look()
    if moment is None:
        whose = f"The browser of {observer.actor}" if observer.actor else "A browser"
        raise RecorderError(
            f"{whose} shows nothing yet that could be seen beside another.",
            "Open a page in it first.",
        )
    return moment

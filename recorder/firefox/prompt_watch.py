"""The prompt watch: hears from Firefox which dialogs open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from recorder.dialog_watch import DialogWatch
from recorder.take import Dialog, DialogKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from recorder.firefox.bidi import Bidi

__all__ = ["PromptWatch"]


class PromptWatch(DialogWatch):
    """Listens to all windows of a browser at once."""

    def __init__(self, bidi: Bidi) -> None:
        super().__init__("")
        self._bidi = bidi
        bidi.listen("browsingContext.userPromptOpened", self._keep)

    def listen(self, window: str) -> None:
        """Nothing has to be done: events are of all windows."""
        self._windows[window] = None

    def close(self) -> None:
        """Listen no more."""
        self._windows.clear()

    def _hear(self, window: str, wait_s: float) -> None:  # noqa: ARG002 - all windows are heard
        self._bidi.hear(wait_s)

    def _keep(self, told: Mapping[str, Any]) -> None:
        self._opened[told["context"]] = Dialog(
            text=told.get("message", ""),
            kind=DialogKind(told["type"]),
            answer=told.get("defaultValue", ""),
        )

"""The dialog watch: hears from the browser which dialogs open, which WebDriver does not tell."""

from __future__ import annotations

import json
import select
import time
from typing import Any

import websocket

from recorder.take import Dialog, DialogKind

__all__ = ["DialogWatch"]

_OPENS = "Page.javascriptDialogOpening"
_CONNECT_LIMIT_S = 5.0
_EVENT_LIMIT_S = 0.5


class DialogWatch:
    """Listens to a browser's windows beside chromedriver, over the DevTools protocol.

    ``address`` is the host and port that chromedriver tells as ``debuggerAddress``; without one
    nothing is heard, and every dialog is told as an alert.
    """

    def __init__(self, address: str) -> None:
        self.address = address
        self._windows: dict[str, Any] = {}
        self._opened: dict[str, Dialog] = {}

    def listen(self, window: str) -> None:
        """Hear of dialogs that open in this window (WebDriver's handle) from now on."""
        if not self.address or window in self._windows:
            return
        address = f"ws://{self.address}/devtools/page/{window}"
        try:
            # Chromium lets no page connect, and tells pages by their origin.
            connection = websocket.create_connection(
                address, suppress_origin=True, timeout=_CONNECT_LIMIT_S
            )
            connection.send(json.dumps({"id": 1, "method": "Page.enable"}))
        except (OSError, websocket.WebSocketException):
            return
        self._windows[window] = connection

    def read(self, window: str, text: str) -> Dialog:
        """The dialog with this text that is open in a window."""
        deadline = time.monotonic() + _EVENT_LIMIT_S
        while window in self._windows:
            wait = deadline - time.monotonic()
            known = self._opened.get(window)
            self._hear(window, 0 if known and known.text == text else max(0.0, wait))
            known = self._opened.get(window)
            if known and known.text == text:
                return known
            if wait <= 0:
                break
        return Dialog(text=text)

    def answer(self, window: str, text: str) -> None:
        """A prompt's field was filled in."""
        known = self._opened.get(window)
        if known is not None:
            self._opened[window] = known.model_copy(update={"answer": text})

    def catch_up(self, window: str) -> None:
        """Read what a window has told meanwhile."""
        if window in self._windows:
            self._hear(window, 0)

    def close(self) -> None:
        """Listen no more."""
        while self._windows:
            self._windows.popitem()[1].shutdown()

    def _hear(self, window: str, wait_s: float) -> None:
        connection = self._windows[window]
        try:
            while select.select([connection.sock], [], [], wait_s)[0]:
                self._note(window, json.loads(connection.recv()))
                wait_s = 0
        except (OSError, ValueError, websocket.WebSocketException):  # the window was closed
            self._windows.pop(window).shutdown()

    def _note(self, window: str, event: dict[str, Any]) -> None:
        if event.get("method") == _OPENS:
            told = event["params"]
            self._opened[window] = Dialog(
                text=told["message"],
                kind=DialogKind(told["type"]),
                answer=told.get("defaultPrompt", ""),
            )

"""WebDriver BiDi: the connection over which Firefox is looked into, beside its driver."""

from __future__ import annotations

import contextlib
import itertools
import json
import re
import select
import time
from typing import TYPE_CHECKING, Any

import websocket
from selenium.common.exceptions import JavascriptException, WebDriverException

from recorder.errors import BrowserError, TakeError
from recorder.filmed_driver import UNANSWERED_HINT

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["Bidi"]

_OPENED, _CLOSED = "browsingContext.userPromptOpened", "browsingContext.userPromptClosed"
_LEAVES = "browsingContext.navigationCommitted"
_OF_PAGES = ("script.", "browsingContext.captureScreenshot", "browsingContext.activate")
_CLOSE_LIMIT_S = 0.3
_CONNECT_LIMIT_S = 10.0
_ANSWER_LIMIT_S = 20.0
"""Longer than any of the recorder's own scripts is waited for."""

# What Firefox answers where a document was left while it was asked.
_LEFT = re.compile(
    r"no such (frame|node|handle)|AbortError|destroyed|discarded|inactive|navigat|JSWindowActor",
    re.IGNORECASE,
)


class Bidi:
    """Sends commands to one browser, which listens at ``address`` (ws://…), and hears its events.

    ``abandon`` is called where it does not answer any more. Raises `BrowserError` where it cannot
    be reached.
    """

    def __init__(self, address: str, abandon: Callable[[], None]) -> None:
        self._numbers = itertools.count(1)
        self._abandon = abandon
        self._heard: dict[str, Callable[[Mapping[str, Any]], None]] = {}
        self._prompts: set[str] = set()
        try:
            # Firefox takes no connection of a page, and tells pages by their origin.
            self._socket: Any = websocket.create_connection(
                address, suppress_origin=True, timeout=_CONNECT_LIMIT_S
            )
        except (OSError, websocket.WebSocketException) as error:
            raise BrowserError(f"Firefox cannot be looked into: {error}.") from error
        self.send("session.subscribe", events=[_OPENED, _CLOSED, _LEAVES])

    def send(self, method: str, **params: object) -> dict[str, Any]:
        """Send a command; return its result.

        Raises ``JavascriptException`` where a page was left or a dialog opened meanwhile,
        ``WebDriverException`` where it is refused otherwise, `TakeError` where no answer comes.
        """
        self.hear(0)
        context = _context(params)
        if method.startswith(_OF_PAGES):
            self._require_closed(method, context)
        number = next(self._numbers)
        deadline = time.monotonic() + _ANSWER_LIMIT_S
        try:
            self._socket.send(json.dumps({"id": number, "method": method, "params": params}))
            while True:
                self._socket.settimeout(max(0.01, deadline - time.monotonic()))
                message = json.loads(self._socket.recv())
                if message.get("id") == number:
                    return _result(method, message)
                self._note(message)
                if message.get("method") == _OPENED:
                    raise _interrupted(method)
                if message.get("method") == _LEAVES and message["params"]["context"] == context:
                    # A document that was left does not always answer.
                    raise JavascriptException(f"{method}: the page was left")
        except websocket.WebSocketTimeoutException as error:
            self._abandon()
            raise TakeError(
                "The page does not come to rest: the browser gave no answer "
                f"for {_ANSWER_LIMIT_S:.0f} seconds.",
                UNANSWERED_HINT,
            ) from error
        except (OSError, websocket.WebSocketException) as error:
            raise WebDriverException(f"{method}: the browser has ended") from error

    def listen(self, event: str, act: Callable[[Mapping[str, Any]], None]) -> None:
        """Call ``act`` with what each event of this name tells, from now on.

        Events of dialogs are told; others would have to be subscribed to.
        """
        self._heard[event] = act

    def hear(self, wait_s: float) -> None:
        """Note the events that have come; wait so long for the first."""
        with contextlib.suppress(OSError, ValueError, websocket.WebSocketException):
            while select.select([self._socket.sock], [], [], wait_s)[0]:
                self._socket.settimeout(_CONNECT_LIMIT_S)
                self._note(json.loads(self._socket.recv()))
                wait_s = 0

    def close(self) -> None:
        """Send no more."""
        self._socket.shutdown()

    def _require_closed(self, method: str, context: str) -> None:
        """A page whose dialog is open would never answer; one that was answered is told late."""
        deadline = time.monotonic() + _CLOSE_LIMIT_S
        while context in self._prompts and (left := deadline - time.monotonic()) > 0:
            self.hear(left)
        if context in self._prompts:
            raise _interrupted(method)

    def _note(self, message: Mapping[str, Any]) -> None:
        event = message.get("method", "")
        if event == _OPENED:
            self._prompts.add(message["params"]["context"])
        elif event == _CLOSED:
            self._prompts.discard(message["params"]["context"])
        act = self._heard.get(event)
        if act is not None:
            act(message["params"])


def _context(params: Mapping[str, Any]) -> str:
    """The window or frame that a command is about; "" for none."""
    context: str = params.get("context") or params.get("target", {}).get("context", "")
    return context


def _interrupted(method: str) -> JavascriptException:
    return JavascriptException(f"{method} was interrupted by a dialog")


def _result(method: str, message: Mapping[str, Any]) -> dict[str, Any]:
    if message.get("type") == "success":
        result: dict[str, Any] = message["result"]
        return result
    told = f"{message.get('error', '')}: {message.get('message', '')}"
    kind = JavascriptException if _LEFT.search(told) else WebDriverException
    raise kind(f"{method}: {told}")

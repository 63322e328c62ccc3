"""Pinning: time zone, locale, colours, motion, size, clock and random numbers of a browser."""

from __future__ import annotations

import contextlib
import http.client
import itertools
import json
import socket
import threading
import time
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import websocket

from recorder.errors import BrowserError
from recorder.front_matter import ColorScheme, Motion, PinSettings
from recorder.page_script import script_call

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Pinner", "Pins"]

_CONNECT_LIMIT_S = 5.0
_PIN_LIMIT_S = 10.0
_PAGES = [{"type": "page"}, {"type": "iframe"}]

# Blink's PreferredColorScheme. As a setting it holds in every window and frame.
_SCHEMES = {ColorScheme.DARK: 0, ColorScheme.LIGHT: 1}
_BARS_PX = 87
"""How much higher windows of Chromium are than their pages, without the bar that tells of tests."""
_ENGLISH = "en"
"""What Chromium speaks where nobody asks for anything else."""


@dataclass(frozen=True)
class Pins:
    """What the browsers of one take have in common, whatever machine films.

    ``language`` is the application's; ``viewport`` the pages' width and height in CSS pixels, which
    windows have from the first: pages measure themselves while they load. ``scale`` is device
    pixels to each of those: where Chromium has another of its own than the one that is emulated, it
    takes the pointer now and then to be where it would be at that one. The clock is one for all
    browsers: it starts when it is asked for first.
    """

    settings: PinSettings = field(default_factory=PinSettings)
    language: str = _ENGLISH
    viewport: tuple[int, int] | None = None
    scale: int = 1

    @property
    def environment(self) -> Mapping[str, str]:
        """Variables for the browser's process."""
        return {"TZ": self.settings.time_zone, "LANGUAGE": self.locale or _ENGLISH}

    @property
    def locale(self) -> str:
        """The locale that pages are told; empty where it is the browser's own English."""
        asked = self.settings.locale or self.language
        return "" if asked == _ENGLISH else asked

    @property
    def flags(self) -> tuple[str, ...]:
        """Flags for the browser's command line."""
        flags = [f"--blink-settings=preferredColorScheme={_SCHEMES[self.settings.color_scheme]}"]
        if self.settings.reduced_motion is Motion.REDUCE:
            flags.append("--force-prefers-reduced-motion")
        if self.locale:
            flags.append(f"--accept-lang={self.locale}")
        if self.viewport is not None:
            width, height = self.viewport
            flags += (f"--window-size={width},{height + _BARS_PX}", "--disable-infobars")
            flags.append(f"--force-device-scale-factor={self.scale}")
        return tuple(flags)

    @cached_property
    def script(self) -> str:
        """What runs in each document before its own scripts; empty where nothing has to."""
        start, seed = self.settings.start, self.settings.random
        if start is None and seed is None:
            return ""
        offset_ms = None if start is None else round((start.timestamp() - time.time()) * 1000)
        return script_call("pins", offset_ms, seed)


class Pinner:
    """Pins each document that a browser opens, before the document's own scripts run.

    It listens beside chromedriver, over the DevTools protocol at ``address`` (host and port): what
    opens, a window or a frame of another origin, waits until it is pinned. A ``time_zone`` is given
    for a browser whose process has not been told it.
    """

    def __init__(self, address: str, pins: Pins, *, time_zone: str = "") -> None:
        self._pins = pins
        self._time_zone = time_zone
        self._numbers = itertools.count(1)
        self._pending: set[int] = set()
        self._pinned = threading.Event()
        try:
            self._connection = _connect(address)
            self._attach()
        except (OSError, ValueError, http.client.HTTPException, websocket.WebSocketException) as e:
            raise BrowserError(f"The browser's pages could not be pinned: {e}.") from e
        threading.Thread(target=self._listen, daemon=True).start()
        if not self._pinned.wait(_PIN_LIMIT_S):
            self.close()
            raise BrowserError("The browser's pages could not be pinned: it gave no answer.")

    def close(self) -> None:
        """Pin no more."""
        connected = self._connection.sock
        if connected is not None:
            with contextlib.suppress(OSError):
                connected.shutdown(socket.SHUT_RDWR)  # who listens to it ends

    def _listen(self) -> None:
        try:
            while True:
                self._hear(json.loads(self._connection.recv()))
        except (OSError, ValueError, websocket.WebSocketException):  # the browser has ended
            self._connection.shutdown()

    def _hear(self, message: Mapping[str, Any]) -> None:
        if message.get("method") == "Target.attachedToTarget":
            self._pin(message["params"]["sessionId"])
        self._pending.discard(message.get("id", 0))
        if not self._pending:
            self._pinned.set()

    def _pin(self, session: str) -> None:
        self._send("Page.enable", session)
        if self._time_zone:
            self._send("Emulation.setTimezoneOverride", session, timezoneId=self._time_zone)
        if self._pins.locale:
            # Refused where another page of the same process has been told already.
            self._send("Emulation.setLocaleOverride", session, locale=self._pins.locale)
        if self._pins.script:
            self._send(
                "Page.addScriptToEvaluateOnNewDocument",
                session,
                source=self._pins.script,
                runImmediately=True,
            )
        self._attach(session)
        self._send("Runtime.runIfWaitingForDebugger", session)

    def _attach(self, session: str | None = None) -> None:
        """Be told of what opens, and have it wait."""
        self._send(
            "Target.setAutoAttach",
            session,
            autoAttach=True,
            waitForDebuggerOnStart=True,
            flatten=True,
            filter=_PAGES,
        )

    def _send(self, method: str, session: str | None, **params: object) -> None:
        number = next(self._numbers)
        self._pending.add(number)
        message = {"id": number, "method": method, "params": params}
        self._connection.send(json.dumps(message | ({"sessionId": session} if session else {})))


def _connect(address: str) -> Any:
    """Connect to the browser itself, which tells where by HTTP."""
    asking = http.client.HTTPConnection(address, timeout=_CONNECT_LIMIT_S)
    try:
        asking.request("GET", "/json/version")
        told = json.loads(asking.getresponse().read())
    finally:
        asking.close()
    connection = websocket.create_connection(
        told["webSocketDebuggerUrl"], suppress_origin=True, timeout=_CONNECT_LIMIT_S
    )
    connection.settimeout(None)
    return connection

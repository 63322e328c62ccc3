"""Remote browsers: those of a Selenium Grid or any other WebDriver server."""

from __future__ import annotations

from recorder.remote.connection import Connection
from recorder.remote.log_watch import LogWatch, ask_for_log
from recorder.remote.server import ADDRESS_VARIABLE, REMOTE_VARIABLE, Server, find_server
from recorder.remote.session import RemoteSession
from recorder.remote.window_pins import WindowPins

__all__ = [
    "ADDRESS_VARIABLE",
    "REMOTE_VARIABLE",
    "Connection",
    "LogWatch",
    "RemoteSession",
    "Server",
    "WindowPins",
    "ask_for_log",
    "find_server",
]

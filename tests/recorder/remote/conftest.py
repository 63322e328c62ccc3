"""A chromedriver that is a server, as a Grid's node is."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPConnection

import pytest

from recorder.chromium import find_programs
from recorder.chromium_options import environment
from recorder.errors import BrowserError
from recorder.remote import Server


@dataclass(frozen=True)
class Driver:
    """Where it listens."""

    url: str

    def sessions(self) -> list[str]:
        """The sessions that are open."""
        with closing(HTTPConnection(self.url.removeprefix("http://"))) as asking:
            asking.request("GET", "/sessions")
            told = json.loads(asking.getresponse().read())["value"]
        return [each["id"] for each in told]

    def await_none(self) -> None:
        """Return when no session is open any more."""
        while self.sessions():
            time.sleep(0.1)


@pytest.fixture(scope="session")
def chromedriver() -> Iterator[Driver]:
    """A server on this machine."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [str(find_programs().driver), f"--port={port}"], env=os.environ | environment()
    )
    url = f"http://127.0.0.1:{port}"
    while True:
        try:
            Server(url).require_ready()
            break
        except BrowserError:
            time.sleep(0.1)
    yield Driver(url)
    process.terminate()
    process.wait()

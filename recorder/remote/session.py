"""A session of a server: it does not outlive the process that began it."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

from recorder.remote import session_end

if TYPE_CHECKING:
    from pathlib import Path

    from recorder.remote.server import Server

__all__ = ["RemoteSession"]

_END_LIMIT_S = 40.0


class RemoteSession:
    """Ends the session ``identifier`` of ``server`` when it is told to, or this process ends.

    Then ``folder`` is removed, too.
    """

    def __init__(self, server: Server, identifier: str, folder: Path | None) -> None:
        url, headers = server.session_request(identifier)
        self._process = subprocess.Popen(
            [sys.executable, "-I", session_end.__file__],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        told = {"url": url, "headers": headers, "folder": str(folder) if folder else ""}
        # By a pipe: what stands on a command line, anybody on the machine can read.
        if self._process.stdin is not None:
            self._process.stdin.write(json.dumps(told).encode() + b"\n")
            self._process.stdin.flush()

    def end(self) -> None:
        """End the session; return when it is gone."""
        if self._process.stdin is not None and not self._process.stdin.closed:
            self._process.stdin.close()
        try:
            self._process.wait(_END_LIMIT_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

"""A line to a stage that can be cut: what goes through it is passed on until then."""

from __future__ import annotations

import contextlib
import json
import select
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

__all__ = ["Line", "open_line"]

_STORYCAST = str(Path(sys.executable).parent / "storycast")
_PATIENCE_S = 0.2
_CHUNK = 1 << 16


@dataclass
class Line:
    """A port whose connections lead to ``goal``, the stage's own; none where that is 0."""

    goal: int
    _gate: socket.socket = field(default_factory=socket.socket)
    _is_cut: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        if self.goal:
            self._gate.bind(("127.0.0.1", 0))
            self._gate.listen()
            threading.Thread(target=self._serve, daemon=True).start()

    @property
    def address(self) -> str:
        """Where the stage is found through this line; "" where it leads nowhere."""
        return f"http://127.0.0.1:{self._gate.getsockname()[1]}" if self.goal else ""

    def cut(self) -> None:
        """End all connections, and take no new ones."""
        self._is_cut.set()
        with contextlib.suppress(OSError):
            self._gate.shutdown(socket.SHUT_RDWR)
        self._gate.close()

    def _serve(self) -> None:
        while not self._is_cut.is_set():
            try:
                near, _ = self._gate.accept()
            except OSError:
                return
            threading.Thread(target=self._pass_on, args=(near,), daemon=True).start()

    def _pass_on(self, near: socket.socket) -> None:
        with near, socket.create_connection(("127.0.0.1", self.goal)) as far:
            other = {near: far, far: near}
            while not self._is_cut.is_set():
                ready, _, _ = select.select([near, far], [], [], _PATIENCE_S)
                for side in ready:
                    with contextlib.suppress(OSError):
                        if data := side.recv(_CHUNK):
                            other[side].sendall(data)
                            continue
                    return


@contextlib.contextmanager
def open_line(board: Path | None) -> Iterator[Line]:
    """A line to the stage of ``board``, which is up meanwhile; without one it leads nowhere."""
    if board is None:
        yield Line(0)
        return
    command = [_STORYCAST, "stage", "up", str(board), "--json"]
    told = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    line = Line(urlsplit(told["base_url"]).port or 0)
    try:
        yield line
    finally:
        line.cut()
        subprocess.run([_STORYCAST, "stage", "down", str(board)], check=True, capture_output=True)

"""A relay: a port that a remote browser finds, and that leads to one of this machine's own."""

from __future__ import annotations

import contextlib
import socket
import threading
from socketserver import BaseRequestHandler, ThreadingTCPServer

from recorder.listening import listen
from recorder.stage.place import HOST

__all__ = ["Relay"]

_PIECE = 65536


class _Relaying(BaseRequestHandler):
    server: _Server

    def handle(self) -> None:
        with contextlib.suppress(OSError), socket.create_connection((HOST, self.server.to)) as end:
            back = threading.Thread(target=_pour, args=(end, self.request), daemon=True)
            back.start()
            _pour(self.request, end)
            back.join()


class _Server(ThreadingTCPServer):
    daemon_threads = True
    to: int


class Relay:
    """Leads what comes to ``address`` to ``port`` of this machine; ``own_port`` is where."""

    def __init__(self, address: str, port: int) -> None:
        self._server = listen(_Server, _Relaying, address)
        self._server.to = port
        self.own_port: int = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        """Lead nowhere any more."""
        self._server.shutdown()
        self._server.server_close()


def _pour(source: socket.socket, target: socket.socket) -> None:
    """Send on all that comes, and then that no more will."""
    with contextlib.suppress(OSError):
        while piece := source.recv(_PIECE):
            target.sendall(piece)
    with contextlib.suppress(OSError):
        target.shutdown(socket.SHUT_WR)

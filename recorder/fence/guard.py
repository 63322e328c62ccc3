"""The guard: where browsers send what lies beyond the fence, which is refused and counted."""

from __future__ import annotations

import re
import threading
from collections import Counter
from socketserver import StreamRequestHandler, ThreadingTCPServer
from typing import TYPE_CHECKING

from recorder.fence.blocked import Blocked, BlockedHost
from recorder.fence.host import host_of
from recorder.listening import listen
from recorder.stage.place import HOST

if TYPE_CHECKING:
    from recorder.fence.host import Fence

__all__ = ["Guard"]

_LINE_LIMIT = 8192
_PATIENCE_S = 10.0
_REFUSAL = b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"

_ACCOUNTS = "accounts.invalid"
_OF_THE_BROWSER = re.compile(
    re.escape(_ACCOUNTS) + r"|clients\d*\.google\.com|(android\.clients|mtalk)\.google\.com(:\d+)?"
    r"|([\w-]+-pa|content-autofill|safebrowsing\w*|update)\.googleapis\.com|[\w.]+\.gvt1\.com"
    r"|[\w.-]+\.(services|cdn)\.mozilla\.(com|net)|(addons|aus5|detectportal)\.(mozilla\.org|firefox\.com)"
)
"""What browsers ask for by themselves, whatever page they show; nobody needs to hear of it."""


class _Refusing(StreamRequestHandler):
    """Reads what is asked for, in the first line of a proxy's request, and refuses it."""

    server: _Server
    timeout = _PATIENCE_S

    def handle(self) -> None:
        try:
            words = self.rfile.readline(_LINE_LIMIT).decode("latin-1").split(" ")
        except OSError:  # a connection on which nothing was asked
            return
        if len(words) < 2:
            return
        is_tunnel = words[0] == "CONNECT"
        scheme = "http" if words[1].endswith(":80") else "https"
        self.server.guard.count(f"{scheme}://{words[1]}" if is_tunnel else words[1])
        if is_tunnel:
            # To a plain request an answer would be the page: that one is left without any.
            self.wfile.write(_REFUSAL)


class _Server(ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    guard: Guard


class Guard:
    """Browsers reach what is inside of ``fence`` directly, and for the rest take this as proxy.

    So nothing costs anything that is allowed. ``seen`` counts what was refused.
    """

    def __init__(self, fence: Fence) -> None:
        self.fence = fence
        self.seen = 0
        self._hosts: Counter[str] = Counter()
        self._lock = threading.Lock()
        self._servers: dict[str, _Server] = {}

    def port(self, address: str = HOST) -> int:
        """The port of this proxy for browsers that find this machine at ``address``."""
        if address not in self._servers:
            self._servers[address] = self._serve(address)
        port: int = self._servers[address].server_address[1]
        return port

    def flags(self, address: str = HOST) -> tuple[str, ...]:
        """Flags for the command line of a Chromium that finds this machine at ``address``."""
        port = self.port(address)
        # It reaches this machine past any proxy unless it is told not to.
        direct = ["<-loopback>", *self.fence.hosts]
        return (
            f"--proxy-server=http://{address}:{port}",
            f"--proxy-bypass-list={';'.join(direct)}",
            "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
            # Or it asks for the reader's account every few seconds, where pages might, too.
            f"--gaia-url=http://{_ACCOUNTS}",
        )

    @property
    def blocked(self) -> Blocked:
        """What was refused so far, by host."""
        with self._lock:
            found = sorted(self._hosts.items())
        return Blocked(hosts=tuple(BlockedHost(host=host, requests=n) for host, n in found))

    def count(self, address: str) -> None:
        """Note that ``address`` was asked for."""
        try:
            host = host_of(address)
        except ValueError:  # nothing that a browser asks for
            return
        if not host or _OF_THE_BROWSER.fullmatch(host):
            return
        with self._lock:
            self._hosts[host] += 1
            self.seen += 1

    def close(self) -> None:
        """Refuse no more."""
        while self._servers:
            server = self._servers.popitem()[1]
            server.shutdown()
            server.server_close()

    def _serve(self, address: str) -> _Server:
        server = listen(_Server, _Refusing, address)
        server.guard = self
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return server

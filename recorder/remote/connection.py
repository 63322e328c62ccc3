"""The connection to a server: what makes the stage of this machine one that its browsers find."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from recorder.fence.host import THIS_MACHINE
from recorder.remote.relay import Relay

if TYPE_CHECKING:
    from collections.abc import Iterable

    from recorder.remote.server import Server

__all__ = ["Connection"]


class Connection:
    """Leads browsers of ``server`` to what is at ``addresses`` on this machine.

    They are told other places for the same addresses. So what is filmed has the address that it has
    anywhere, and applications that look at it (or at cookies) see nothing else.
    """

    def __init__(self, server: Server, addresses: Iterable[str]) -> None:
        self.server = server
        self._relays: dict[int, Relay] = {}
        if server.is_here:
            return
        for address in addresses:
            split = urlsplit(address)
            if split.hostname in THIS_MACHINE and split.port and split.port not in self._relays:
                self._relays[split.port] = Relay(server.own_address, split.port)

    @property
    def flags(self) -> tuple[str, ...]:
        """Flags for Chromium's command line."""
        rules = [
            f"MAP {name}:{port} {self.server.own_address}:{relay.own_port}"
            for port, relay in self._relays.items()
            for name in THIS_MACHINE
        ]
        return (f"--host-resolver-rules={','.join(rules)}",) if rules else ()

    def close(self) -> None:
        """Lead nowhere any more."""
        while self._relays:
            self._relays.popitem()[1].close()

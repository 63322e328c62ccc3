"""Hosts: those that a storyboard may visit, and whether an address is at one of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self
from urllib.parse import SplitResult, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["EVERY", "Fence", "check_host", "host_of"]

EVERY = "*"
"""Stands for every host: there is no fence."""

_HOST = re.compile(r"(?P<host>\*|(?:\*\.)?[a-z0-9_.-]+|\[[0-9a-f:.]+\])(?::(?P<port>\d{1,5}))?")
_PORTS = {"http": 80, "ws": 80, "https": 443, "wss": 443, "ftp": 21}
"""The schemes of addresses that have a host, and their ports; other addresses are not fenced."""

_THIS_MACHINE = ("127.0.0.1", "localhost", "*.localhost", "[::1]")
"""One and the same: applications and their pages name it in each of these ways."""


def check_host(text: str) -> str:
    """A host as it is compared: in small letters, international names in ASCII.

    ``text`` is a name, ``*.`` and a name for all names below it, or a number, each with a port or
    without one. Raises ``ValueError`` where it is none of these.
    """
    if "/" in text:
        host = _split(text).netloc or text.partition("/")[0]
        raise ValueError(f"{text!r} is an address; what is wanted is its host: {host!r}")
    try:
        plain = text.strip().rstrip(".").encode("idna").decode().lower()
    except UnicodeError:
        plain = ""
    if not _HOST.fullmatch(plain):
        raise ValueError(f"{text!r} is no host, such as example.org, *.example.org or [::1]:8080")
    return plain


@dataclass(frozen=True)
class Fence:
    """What may be visited: ``hosts`` as `check_host` returns them.

    A host without a port stands for all its ports. This machine's names stand for each other.
    """

    hosts: tuple[str, ...]

    @classmethod
    def around(cls, addresses: Iterable[str], hosts: Iterable[str]) -> Self:
        """A fence around the stage at ``addresses`` and other ``hosts``.

        A stage on this machine is its port and no other: what else listens here is not its own.
        """
        own = [_stage_host(_split(address)) for address in addresses if address]
        known = [check_host(host) for host in (*own, *hosts)]
        return cls(tuple(dict.fromkeys(wide for host in known for wide in _widen(host))))

    @property
    def is_open(self) -> bool:
        """Whether everything may be visited."""
        return EVERY in self.hosts

    def allows(self, address: str) -> bool:
        """Whether ``address`` may be visited; what has no host (a file, ``data:``) may be."""
        split = _split(address)
        if split.scheme not in _PORTS or self.is_open:
            return True
        name, port = _name(split), str(_port(split))
        return any(
            _matches(name, found["host"]) and found["port"] in (None, port)
            for found in map(_HOST.fullmatch, self.hosts)
            if found is not None
        )


def host_of(address: str) -> str:
    """The host of an address, with its port where that is not the scheme's own."""
    split = _split(address)
    port = _port(split)
    return _name(split) if port == _PORTS.get(split.scheme) else f"{_name(split)}:{port}"


def _split(address: str) -> SplitResult:
    return urlsplit(address.strip().removeprefix("view-source:"))


def _stage_host(split: SplitResult) -> str:
    name = _name(split)
    return f"{name}:{_port(split)}" if _is_here(name) else name


def _name(split: SplitResult) -> str:
    name = (split.hostname or "").rstrip(".")
    if ":" in name:
        return f"[{name}]"
    try:
        return name.encode("idna").decode()
    except UnicodeError:
        return name


def _port(split: SplitResult) -> int:
    try:
        return split.port or _PORTS.get(split.scheme, 0)
    except ValueError:  # none that there is
        return 0


def _matches(name: str, host: str) -> bool:
    return name == host or (host.startswith("*.") and name.endswith(host[1:]))


def _is_here(name: str) -> bool:
    return any(_matches(name, each) for each in _THIS_MACHINE)


def _widen(host: str) -> tuple[str, ...]:
    """The names of one machine where ``host`` is this one."""
    found = _HOST.fullmatch(host)
    if found is None or not _is_here(found["host"]):
        return (host,)
    port = f":{found['port']}" if found["port"] else ""
    return tuple(f"{name}{port}" for name in _THIS_MACHINE)

"""Listening: small servers of the recorder's own, each on a port that is free."""

from __future__ import annotations

from socketserver import BaseRequestHandler, ThreadingTCPServer
from typing import TypeVar

__all__ = ["listen"]

_S = TypeVar("_S", bound=ThreadingTCPServer)


def listen(kind: type[_S], handler: type[BaseRequestHandler], address: str) -> _S:
    """A server at ``address``, or at all of this machine's where it has not got that itself."""
    try:
        return kind((address, 0), handler)
    except OSError:  # such as the name that a container calls its host
        return kind(("", 0), handler)

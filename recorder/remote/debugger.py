"""The debugger: whether a remote browser's own protocol can be spoken from this machine."""

from __future__ import annotations

import http.client
import json

__all__ = ["is_within_reach"]

_LIMIT_S = 2.0


def is_within_reach(address: str, window: str) -> bool:
    """Whether a browser with this window (WebDriver's handle) listens at ``address``.

    A driver tells that address as its own machine knows it; something else may listen there on
    this one.
    """
    asking = http.client.HTTPConnection(address, timeout=_LIMIT_S)
    try:
        asking.request("GET", "/json/list")
        told = json.loads(asking.getresponse().read())
        return any(target["id"] == window for target in told)
    except (OSError, ValueError, KeyError, TypeError, http.client.HTTPException):
        return False
    finally:
        asking.close()

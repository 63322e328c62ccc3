"""Cookies: as BiDi tells them, and as they are kept, which is how DevTools tells them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["read_cookie", "write_cookie"]

_SAME = ("name", "domain", "path", "secure", "httpOnly")


def read_cookie(told: Mapping[str, Any]) -> dict[str, Any]:
    """A cookie of BiDi's as DevTools would tell it."""
    kept = {name: told[name] for name in _SAME} | {"value": told["value"]["value"]}
    if told.get("sameSite") in ("strict", "lax", "none"):
        kept["sameSite"] = told["sameSite"].capitalize()
    return kept | ({"expires": told["expiry"]} if "expiry" in told else {"session": True})


def write_cookie(kept: Mapping[str, Any]) -> dict[str, Any]:
    """A cookie that was kept, as BiDi takes it."""
    told = {name: kept[name] for name in _SAME if name in kept}
    told["value"] = {"type": "string", "value": kept["value"]}
    if "sameSite" in kept:
        told["sameSite"] = kept["sameSite"].lower()
    if "expires" in kept:
        told["expiry"] = round(kept["expires"])
    return told

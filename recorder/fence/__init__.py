"""The fence: which hosts a storyboard's browsers may visit; all others are refused and named."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from recorder.fence.blocked import FILE, Blocked, BlockedHost, read_blocked, write_blocked
    from recorder.fence.gate import Gate
    from recorder.fence.guard import Guard
    from recorder.fence.host import Fence, check_host

__all__ = [
    "FILE",
    "Blocked",
    "BlockedHost",
    "Fence",
    "Gate",
    "Guard",
    "check_host",
    "read_blocked",
    "write_blocked",
]

_HOMES = {
    "blocked": (
        "FILE",
        "Blocked",
        "BlockedHost",
        "read_blocked",
        "write_blocked",
    ),
    "gate": ("Gate",),
    "guard": ("Guard",),
    "host": (
        "Fence",
        "check_host",
    ),
}
"""Which names each module has: they are imported when they are first asked for."""


def __getattr__(name: str) -> object:
    for module, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"recorder.fence.{module}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

"""The fence: which hosts a storyboard's browsers may visit; all others are refused and named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recorder.lazy import lazy_names

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
"""Which names each module has."""

__getattr__ = lazy_names(__name__, _HOMES)

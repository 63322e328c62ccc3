"""Priority: what gives way to other work where there are few cores."""

from __future__ import annotations

import os
import sys
import threading

__all__ = ["give_way"]

_NICE = 10


def give_way() -> None:
    """Let this thread, and what it starts from now on, run where others leave a core free."""
    if sys.platform == "linux":  # elsewhere a thread has no priority of its own
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICE)
